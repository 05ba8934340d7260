import type { TimingRepeat } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { type Part, inside, textIn } from "../rows/part.ts";
import type { Scope } from "../rows/scope.ts";
import { findRow, lookUp } from "./code.ts";
import { millisecondsOf, timeUnit, unitOfLetter } from "./time-unit.ts";

type Repeat = Partial<TimingRepeat>;

/**
 * RPT, or the RI before it, as how often: by its period where it names one, by the table
 * repeat-frequency (`2/1/d` is twice a day), or as `Q6H` is made.
 *
 * @see HL7 v2.8.2, chapter 2.A.64 (RPT) and table 0335
 */
export function repeatOf(part: Part, scope: Scope): Repeat {
  return { ...frequencyOf(part, scope), ...daysOf(part), ...eventOf(part, scope) };
}

function frequencyOf(part: Part, scope: Scope): Repeat {
  const period = decimal(textIn(part, 5) ?? "");
  const unit = inside(part, 6);
  const periodUnit = textIn(unit, 1) === undefined ? undefined : timeUnit(unit, scope);
  if (period !== undefined && periodUnit !== undefined) {
    return { frequency: 1, period, periodUnit: periodUnit as Repeat["periodUnit"] };
  }
  const code = inside(part, 1);
  const row = findRow(code, scope, "repeat-frequency")?.code ?? everySo(textIn(code, 1));
  const [times, length, of] = row?.split("/") ?? [];
  if (times === undefined || length === undefined || of === undefined) return {};
  return {
    frequency: Number(times),
    period: Number(length),
    periodUnit: of as Repeat["periodUnit"],
  };
}

/** `Q6H`: once in six hours; so it is of `PRNQ6H`, which is as needed. */
function everySo(code: string | undefined): string | undefined {
  const shape = /^(?:PRN)?Q(?<length>[1-9]\d{0,3})(?<letter>[SMHDWL])$/iu;
  const { length, letter } = shape.exec(code ?? "")?.groups ?? {};
  const unit = unitOfLetter[letter?.toUpperCase() ?? ""];
  return unit === undefined ? undefined : `1/${length}/${unit}`;
}

/** RPT.3 to RPT.4 as days of the week, where RPT.2 says that they are; 1 is Monday. */
function daysOf(part: Part): Repeat {
  const first = Number(textIn(part, 3) ?? Number.NaN);
  const last = Number(textIn(part, 4) ?? first);
  if (textIn(part, 2) !== "DW" || !(first >= 1 && last <= 7 && first <= last)) return {};
  return { dayOfWeek: days.slice(first - 1, last) };
}

/** RPT.8, such as before meals, and how many minutes from it. */
function eventOf(part: Part, scope: Scope): Repeat {
  const event = inside(part, 8);
  if (textIn(event, 1) === undefined) return {};
  const row = lookUp(event, scope, { table: "timing-event" });
  if (row === undefined || row.status === "not mapped on purpose") return {};
  const minutes = offsetOf(part, scope);
  const when = [row.code] as Repeat["when"];
  return { ...(when && { when }), ...(minutes !== undefined && { offset: minutes }) };
}

function offsetOf(part: Part, scope: Scope): number | undefined {
  const value = decimal(textIn(part, 9) ?? "");
  const unit = value === undefined ? undefined : timeUnit(inside(part, 10), scope);
  const milliseconds =
    value === undefined || unit === undefined ? undefined : millisecondsOf({ value, unit });
  const minutes = milliseconds === undefined ? undefined : milliseconds / 60_000;
  return minutes !== undefined && Number.isInteger(minutes) && minutes >= 0 ? minutes : undefined;
}

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
