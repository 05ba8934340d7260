import type { Attachment } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import { segmentOf } from "../datatypes/beside.ts";
import { attachment } from "../datatypes/ed.ts";
import { dateTime } from "../datatypes/ts.ts";
import { type Part, inside, isWritten, textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { unlessWithdrawn } from "./withdrawn.ts";

/**
 * A file that a report presents: titled by OBX-3, made when OBX-19 or OBX-14 says. The document of
 * an order stands for itself.
 */
export const reportFile: Converter = unlessWithdrawn((part, scope, lookup) => {
  if (scope.group.holderOf(segmentOf(part))?.name === "orderDocument") return undefined;
  const made = attachment(part, scope, lookup) as Attachment | undefined;
  if (made === undefined) return undefined;
  const segment = segmentOf(part);
  const time = writtenIn(segment, 19) ?? writtenIn(segment, 14);
  const creation = time && dateTime(time, scope, lookup);
  if (time === undefined || typeof creation !== "string") return titled(made, segment, scope);
  const whole = titled({ ...made, creation }, segment, scope);
  scope.draft.trace?.note(whole, "creation", { part: time });
  return whole;
});

/** A file with OBX-3 as its title, where it has none of its own. */
export function titled(made: Attachment, segment: Segment, scope: Scope): Attachment {
  const title = made.title === undefined ? titleOf(segment) : undefined;
  const words = title && textOf(title);
  if (title === undefined || words === undefined) return made;
  const whole = { title: words, ...made };
  scope.draft.trace?.note(whole, "title", { part: title });
  return whole;
}

/** The words of OBX-3, else its code. */
function titleOf(segment: Segment): Part | undefined {
  const code = writtenIn(segment, 3);
  return code && inside(code, textIn(code, 2) === undefined ? 1 : 2);
}

function writtenIn(segment: Segment, field: number): Part | undefined {
  return segment.field(field).repetitions.find(isWritten);
}
