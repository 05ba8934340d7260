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
  const [title, time] = [titleOf(segment), writtenIn(segment, 19) ?? writtenIn(segment, 14)];
  const words = title && textOf(title);
  const creation = time && dateTime(time, scope, lookup);
  const whole: Attachment = {
    ...(words !== undefined && { title: words }),
    ...made,
    ...(typeof creation === "string" && { creation }),
  };
  note(whole, scope, { title: made.title === undefined ? title : undefined, creation: time });
  return whole;
});

/** The words of OBX-3, else its code. */
function titleOf(segment: Segment): Part | undefined {
  const code = writtenIn(segment, 3);
  return code && inside(code, textIn(code, 2) === undefined ? 1 : 2);
}

function writtenIn(segment: Segment, field: number): Part | undefined {
  return segment.field(field).repetitions.find(isWritten);
}

function note(
  whole: Attachment,
  scope: Scope,
  parts: Readonly<Record<string, Part | undefined>>,
): void {
  for (const [key, part] of Object.entries(parts)) {
    if (part !== undefined) scope.draft.trace?.note(whole, key, { part });
  }
}
