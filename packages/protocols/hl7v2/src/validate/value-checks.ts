import { parseNumeric } from "../numeric.ts";
import { parseTimestamp } from "../timestamp.ts";
import type { Kind } from "./catalogue.ts";

/** Says what is wrong with a value, which is not empty and has no escapes. */
export type ValueCheck = (text: string) => Kind | undefined;

/**
 * The check of a data type without parts; undefined for those that any text fits.
 *
 * @see HL7 v2.5.1, chapters 2.A.20 (DT), 2.A.22 (DTM), 2.A.47 (NM), 2.A.70 (SI), 2.A.75 (TM)
 */
export function valueCheck(type: string): ValueCheck | undefined {
  return checks.get(type);
}

function checkDate(text: string): Kind | undefined {
  if (surelyDate.test(text)) return undefined;
  const stamp = parseTimestamp(text);
  if (stamp === undefined) return "notADate";
  const isDate = stamp.hour === undefined && stamp.offsetMinutes === undefined;
  return isDate ? undefined : "dateWithTime";
}

function checkTimestamp(text: string): Kind | undefined {
  if (surelyTimestamp.test(text) || parseTimestamp(text) !== undefined) return undefined;
  return "notATimestamp";
}

function matching(shape: RegExp, kind: Kind): ValueCheck {
  return (text) => (shape.test(text.trim()) ? undefined : kind);
}

// Most of them exist for sure, as each month has 28 days; only the others are taken apart.
const surelyDate = /^[12]\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])$/u;
const surelyTimestamp =
  /^[12]\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$/u;

const checks: ReadonlyMap<string, ValueCheck> = new Map([
  ["NM", (text) => (parseNumeric(text) === undefined ? "notANumber" : undefined)],
  ["SI", matching(/^\d+$/u, "notASequence")],
  ["DT", checkDate],
  ["DTM", checkTimestamp],
  [
    "TM",
    matching(
      /^(?:[01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,4})?)?)?(?:[+-][01]\d[0-5]\d)?$/u,
      "notATime",
    ),
  ],
]);
