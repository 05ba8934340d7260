import type { Reading } from "./fill.ts";
import { inside, isBeyond, isWritten } from "./part.ts";
import { placeOf } from "./place.ts";
import type { Condition, Place } from "./row.ts";

/** Something is written at the place, or in that component of the data type. */
export function has(place: string | number): Condition {
  const at = placeOf(place);
  return marked((reading) => isValued(reading, at), at.segment !== "");
}

/** Nothing is written there, or the HL7 null. */
export function lacks(place: string | number): Condition {
  return not(has(place));
}

/** The text at the place is one of these. */
export function isOneOf(place: string, ...texts: readonly string[]): Condition {
  const at = placeOf(place);
  return marked(({ scope }) => {
    const found = scope.find(at);
    return found.parts.length > 0 && texts.includes(found.text ?? "");
  }, true);
}

/** The part at hand stands in that field, such as `PID-11`. */
export function isIn(field: string): Condition {
  return ({ part }) => part?.at.startsWith(field) === true;
}

export function allOf(...conditions: readonly Condition[]): Condition {
  return marked((reading, object) => {
    for (const holds of conditions) if (!holds(reading, object)) return false;
    return true;
  }, conditions.some(looksAtFields));
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  return marked((reading, object) => {
    for (const holds of conditions) if (holds(reading, object)) return true;
    return false;
  }, conditions.some(looksAtFields));
}

export function not(condition: Condition): Condition {
  return marked((reading, object) => !condition(reading, object), looksAtFields(condition));
}

/** No row before this one wrote `key`, or one of the choices of `key` such as `valueString`. */
export function without(key: string): Condition {
  return (_reading, object) => {
    for (const written in object) if (written.startsWith(key)) return false;
    return true;
  };
}

/** Whether a condition made here looks at fields of the message, and not at the part at hand alone. */
export function looksAtFields(condition: Condition): boolean {
  return ofFields.has(condition);
}

function marked(condition: Condition, isOfFields: boolean): Condition {
  if (isOfFields) ofFields.add(condition);
  return condition;
}

function isValued({ scope, part }: Reading, place: Place): boolean {
  if (place.segment !== "") return scope.find(place).parts.length > 0;
  if (part === undefined || isBeyond(part, place.component)) return false;
  return isWritten(inside(part, place.component));
}

const ofFields = new WeakSet<Condition>();
