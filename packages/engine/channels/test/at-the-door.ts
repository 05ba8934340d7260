import { systemClock } from "@trestle/base";
import { defaultLimits, parseMessage } from "@trestle/hl7v2";
import type { Journal } from "@trestle/journal";
import { type Door, receive } from "../src/index.ts";

/** What is different in an invented message. */
export interface Wishes {
  readonly id?: string;
  readonly at?: string;
  readonly type?: string;
  readonly sequence?: string;
  readonly commit?: string;
  readonly application?: string;
  /** Behind the header. */
  readonly segments?: readonly string[];
}

export function message(wishes: Wishes): string {
  const { id = "1", at = "20260115", type = "ADT^A08", sequence = "" } = wishes;
  const { commit = "", application = "", segments = ["EVN|A08"] } = wishes;
  const header = `MSH|^~\\&|S|SF|R|RF|${at}||${type}|${id}|T|2.5|${sequence}||${commit}|${application}`;
  return [header, ...segments, ""].join("\r");
}

export function frame(text: string) {
  return { payload: Buffer.from(text), remote: "127.0.0.1:5000" };
}

/** A door that takes ADT. */
export function doorTo(journal: Journal, acknowledge: "stored" | "processed" = "stored"): Door {
  return {
    journal,
    clock: systemClock,
    revision: "h-0",
    owner: { site: "lakeshore", channel: "adt-in" },
    closedBecause: () => undefined,
    limits: defaultLimits,
    stamp: () => ({ controlId: "A1", at: "20260115103016+0000" }),
    addresseeOf: ({ type }) =>
      type.startsWith("ADT^")
        ? { ok: true, value: { site: "lakeshore", channel: "adt-in", acknowledge } }
        : {
            ok: false,
            problem: { code: "integration.typeNotTaken", text: "No.", hint: "Ask.", at: "MSH-9" },
          },
  };
}

/** The codes of all answers, in their order. */
export async function said(text: string, door: Door): Promise<readonly string[]> {
  const { answer, later } = await receive(door, frame(text));
  return [codeOf(await answer), codeOf(await later)].filter((code) => code !== "");
}

export function codeOf(answer: Uint8Array | undefined): string {
  return fieldOf(answer, "MSA-1") ?? "";
}

export function fieldOf(answer: Uint8Array | undefined, path: string): string | undefined {
  if (answer === undefined) return undefined;
  const parsed = parseMessage(Buffer.from(answer).toString());
  return parsed.ok ? parsed.value.get(path) : undefined;
}
