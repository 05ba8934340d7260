import { type ValueSets, isInSet } from "../value-sets.ts";
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
  const condition = marked(({ scope }: Reading) => {
    const found = scope.find(at);
    return found.parts.length > 0 && texts.includes(found.text ?? "");
  }, true);
  if (at.segment === "MSH") inKind.set(condition, (reading) => condition(reading, {}));
  return condition;
}

/** The code at the place is of a value set; its first component where none is named. */
export function isOfSet(place: string, name: string, sets: ValueSets): Condition {
  const whole = placeOf(place);
  const at = whole.component === 0 ? placeOf(`${place}.1`) : whole;
  return marked(({ scope }: Reading) => {
    const { parts, text } = scope.find(at);
    return parts.length > 0 && isInSet(sets, name, text ?? "");
  }, true);
}

/** The part at hand stands in that field, such as `PID-11`. */
export function isIn(field: string): Condition {
  return ({ part }) => part?.at.startsWith(field) === true;
}

export function allOf(...conditions: readonly Condition[]): Condition {
  const condition = marked((reading, object) => {
    for (const holds of conditions) if (!holds(reading, object)) return false;
    return true;
  }, conditions.some(looksAtFields));
  inKind.set(condition, (reading) => together(conditions, { decides: false, reading }));
  return condition;
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  const condition = marked((reading, object) => {
    for (const holds of conditions) if (holds(reading, object)) return true;
    return false;
  }, conditions.some(looksAtFields));
  inKind.set(condition, (reading) => together(conditions, { decides: true, reading }));
  return condition;
}

export function not(condition: Condition): Condition {
  const opposite: Condition = (reading, object) => !condition(reading, object);
  inKind.set(opposite, (reading) => {
    const holds = holdsInKind(condition, reading);
    return holds === undefined ? undefined : !holds;
  });
  return marked(opposite, looksAtFields(condition));
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

/** Whether a condition may hold in a message of this type, whatever stands in it. */
export function mayHold(condition: Condition, reading: Reading): boolean {
  return holdsInKind(condition, reading) !== false;
}

/** What MSH alone says of a condition; undefined where that depends on more. */
function holdsInKind(condition: Condition, reading: Reading): boolean | undefined {
  return inKind.get(condition)?.(reading);
}

/** @param how One that `decides` is enough, and else all of them have to be known. */
function together(
  conditions: readonly Condition[],
  { decides, reading }: { readonly decides: boolean; readonly reading: Reading },
): boolean | undefined {
  const known = new Set(conditions.map((each) => holdsInKind(each, reading)));
  if (known.has(decides)) return decides;
  return known.has(undefined) ? undefined : !decides;
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
const inKind = new WeakMap<Condition, (reading: Reading) => boolean | undefined>();
