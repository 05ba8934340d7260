import type { Problem } from "@trestle/base";
import type { Hl7Message, Segment } from "@trestle/hl7v2";
import { type MessageKind, familyOf } from "./kinds.ts";
import { problems } from "./problems.ts";
import { requiredFields } from "./required-fields.ts";

/** Everything that a message lacks and must not leave without; empty where it may leave. */
export function checkBeforeItLeaves(message: Hl7Message, kind: MessageKind): readonly Problem[] {
  const { segments, fields } = requiredFields[familyOf(kind)];
  const shown = message.type;
  const absent = segments.filter((segment) => message.all(segment).length === 0);
  const empty = fields.flatMap((choices) => {
    const places = [choices].flat();
    const name = places[0]?.slice(0, 3) ?? "";
    return message.all(name).flatMap((segment) => {
      if (places.some((place) => isFilled(segment, place))) return [];
      return [problems.missingField({ kind: shown, field: fieldOf(segment, places) })];
    });
  });
  return [...absent.map((segment) => problems.missingSegment({ kind: shown, segment })), ...empty];
}

function isFilled(segment: Segment, place: string): boolean {
  const [field = "", component] = place.slice("PID-".length).split(".");
  const found = segment.field(Number(field));
  if (component === undefined) return !found.isEmpty && !found.isNull;
  return found.component(Number(component)).text !== undefined;
}

/** `OBX[2]-3.1` */
function fieldOf(segment: Segment, places: readonly string[]): string {
  const fields = places.map((place) => place.slice("PID-".length)).join(" or ");
  return `${segment.at}-${fields}`;
}
