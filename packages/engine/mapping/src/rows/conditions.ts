import type { Reading } from "./fill.ts";
import { inside } from "./part.ts";
import type { Condition } from "./row.ts";

/** Something is written at the place, or in that component of the data type. */
export function has(place: string | number): Condition {
  return (reading) => valued(reading, place);
}

/** Nothing is written there, or the HL7 null. */
export function lacks(place: string | number): Condition {
  return (reading) => !valued(reading, place);
}

/** The text at the place is one of these. */
export function isOneOf(place: string, ...texts: readonly string[]): Condition {
  return ({ scope }) => texts.includes(scope.text(place) ?? "");
}

/** The part at hand stands in that field, such as `PID-11`. */
export function isIn(field: string): Condition {
  return ({ part }) => part?.at.startsWith(field) === true;
}

export function all(...conditions: readonly Condition[]): Condition {
  return (reading, object) => conditions.every((holds) => holds(reading, object));
}

export function any(...conditions: readonly Condition[]): Condition {
  return (reading, object) => conditions.some((holds) => holds(reading, object));
}

export function not(condition: Condition): Condition {
  return (reading, object) => !condition(reading, object);
}

/** No row before this one wrote `key`, or one of the choices of `key` such as `valueString`. */
export function without(key: string): Condition {
  return (_reading, object) => !Object.keys(object).some((written) => written.startsWith(key));
}

function valued({ scope, part }: Reading, place: string | number): boolean {
  if (typeof place === "string") return scope.part(place) !== undefined;
  if (part === undefined) return false;
  const { raw } = inside(part, place);
  return raw !== "" && raw !== '""';
}
