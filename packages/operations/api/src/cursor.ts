import type { UnmappedCodePlace } from "@trestle/code-tables/store";
import { z } from "zod";

/** An opaque cursor of a list that goes down by number. */
export function numberCursor(number: number): string {
  return Buffer.from(String(number)).toString("base64url");
}

/** @returns The number; undefined where the text is no cursor of ours. */
export function readNumberCursor(cursor: string): number | undefined {
  return readPositiveNumber(Buffer.from(cursor, "base64url").toString("latin1"));
}

/** Where a page of patients ended. */
export interface PatientPlace {
  readonly heardAt: number;
  readonly id: string;
}

/** An opaque cursor of a list of patients. Holds a time and our own id. */
export function patientCursor({ heardAt, id }: PatientPlace): string {
  return Buffer.from(`${heardAt} ${id}`).toString("base64url");
}

/** @returns The place; undefined where the text is no cursor of ours. */
export function readPatientCursor(cursor: string): PatientPlace | undefined {
  const [time = "", id = "", ...rest] = Buffer.from(cursor, "base64url").toString().split(" ");
  const heardAt = readPositiveNumber(time);
  return heardAt === undefined || id === "" || rest.length > 0 ? undefined : { heardAt, id };
}

/** An opaque cursor of a list of codes without a row. */
export function codeCursor({ site, table, local, count, lastSeenAt }: UnmappedCodePlace): string {
  return Buffer.from(JSON.stringify([count, lastSeenAt, site, table, local])).toString("base64url");
}

/** @returns The place; undefined where the text is no cursor of ours. */
export function readCodeCursor(cursor: string): UnmappedCodePlace | undefined {
  const found = codePlace.safeParse(parsed(Buffer.from(cursor, "base64url").toString()));
  if (!found.success) return undefined;
  const [count, lastSeenAt, site, table, local] = found.data;
  return { count, lastSeenAt, site, table, local };
}

const codePlace = z.tuple([z.int(), z.int(), z.string(), z.string(), z.string()]);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A whole number from 0 without sign or leading zeros, as our ids are written. */
export function readPositiveNumber(text: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,15})$/u.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}
