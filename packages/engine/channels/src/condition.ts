import type { Hl7Message, Repetition } from "@trestle/hl7v2";
import { type ValueSets, isInSet } from "@trestle/mapping";
import type { MessageCondition } from "./condition-settings.ts";

/**
 * Whether a condition holds of a whole message: a field counts wherever a segment of its name, or a
 * repetition, has it. A field that is not there has no text, and its code is in no set.
 */
export function holds(
  condition: MessageCondition,
  message: Hl7Message,
  sets: ValueSets = {},
): boolean {
  const { has = [], lacks = [], oneOf = {}, inSet = {}, not, any } = condition;
  return (
    has.every((place) => textsAt(message, place).length > 0) &&
    lacks.every((place) => textsAt(message, place).length === 0) &&
    Object.entries(oneOf).every(([place, texts]) =>
      textsAt(message, place).some((text) => texts.includes(text)),
    ) &&
    Object.entries(inSet).every(([place, name]) =>
      textsAt(message, place).some((code) => isInSet(sets, name, code)),
    ) &&
    (not === undefined || !holds(not, message, sets)) &&
    (any === undefined || any.some((each) => holds(each, message, sets)))
  );
}

/** What is written at `PV1-2.1`, or first in `PV1-2`, once for each place; an HL7 null is nothing. */
function textsAt(message: Hl7Message, place: string): readonly string[] {
  const [field = 0, component] = place.slice(4).split(".").map(Number);
  return message
    .all(place.slice(0, 3))
    .flatMap((segment) => segment.field(field).repetitions)
    .map((repetition) => textIn(repetition, component))
    .filter((text) => text !== "" && text !== '""');
}

function textIn(repetition: Repetition, component: number | undefined): string {
  const part = component === undefined ? repetition : repetition.component(component);
  return part.text ?? part.raw;
}
