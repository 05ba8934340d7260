import type { Duration } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { type Part, inside, textIn, textOf } from "../rows/part.ts";
import type { Scope } from "../rows/scope.ts";
import { warnings } from "../warnings.ts";
import { findRow, lookUp } from "./code.ts";

/** The UCUM code of a unit of time, as the table time-units gives it. */
export function timeUnit(part: Part, scope: Scope): string | undefined {
  const row = lookUp(part, scope, { table: "time-units" });
  return row?.status === "not mapped on purpose" ? undefined : row?.code;
}

/** An amount of time. */
export interface Span {
  readonly value: number;
  /** A UCUM unit of time, such as `d`. */
  readonly unit: string;
}

/** CQ as an amount of time, `3^D` or `3^&day`; undefined, with a warning, where it is none. */
export function spanOf(part: Part, scope: Scope): Span | undefined {
  const value = decimal(textIn(part, 1) ?? "");
  const row = findRow(inside(part, 2), scope, "time-units");
  const unit = row?.status === "not mapped on purpose" ? undefined : row?.code;
  if (value !== undefined && unit !== undefined) return { value, unit };
  scope.draft.warn(warnings.badDuration(part.at));
  return undefined;
}

/**
 * TQ.3 as an amount of time, `D10`: ten days.
 *
 * @see HL7 v2.5.1, chapter 2.A.81.3: S seconds, M minutes, H hours, D days, W weeks, L months
 */
export function oldSpanOf(part: Part): Span | undefined {
  const { letter, digits } = /^(?<letter>[SMHDWL])(?<digits>\d{1,5})$/u.exec(textOf(part) ?? "")
    ?.groups ?? { letter: undefined, digits: undefined };
  const unit = letter === undefined ? undefined : unitOfLetter[letter];
  return unit === undefined ? undefined : { value: Number(digits), unit };
}

/** An amount of time as FHIR writes it. */
export function durationOf({ value, unit }: Span): Duration {
  return { value, unit, system: "http://unitsofmeasure.org", code: unit };
}

/** Milliseconds; undefined for months and years, which differ in length. */
export function millisecondsOf({ value, unit }: Span): number | undefined {
  const milliseconds = millisecondsPer[unit];
  return milliseconds === undefined ? undefined : Number(JSON.stringify(value)) * milliseconds;
}

/** HL7's letters for units of time in a repeat pattern or a duration. */
export const unitOfLetter: Readonly<Record<string, string>> = {
  S: "s",
  M: "min",
  H: "h",
  D: "d",
  W: "wk",
  L: "mo",
};

const millisecondsPer: Readonly<Record<string, number>> = {
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  wk: 604_800_000,
};
