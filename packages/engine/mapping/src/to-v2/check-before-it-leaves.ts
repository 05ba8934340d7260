import type { Problem } from "@trestle/base";
import type { Hl7Message, Segment } from "@trestle/hl7v2";
import type { Validate } from "@trestle/hl7v2/validate";
import { type MessageKind, familyOf } from "./kinds.ts";
import { problems } from "./problems.ts";
import { requiredFields } from "./required-fields.ts";

/**
 * Everything that keeps a message back; empty where it may leave: what a message of its kind must not
 * lack, and what is an error by the standard and the site's profile.
 */
export function checkBeforeItLeaves(
  message: Hl7Message,
  kind: MessageKind,
  validate: Validate,
): readonly Problem[] {
  const lacking = whatItLacks(message, kind);
  // The standard would name the same fields once more.
  if (lacking.length > 0) return lacking;
  const errors = validate(message).findings.filter(({ level }) => level === "error");
  return errors.map(({ level: _level, ...problem }) => problem);
}

function whatItLacks(message: Hl7Message, kind: MessageKind): readonly Problem[] {
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
