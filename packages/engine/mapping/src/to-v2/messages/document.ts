import { formOf, linesOf } from "../datatypes/content.ts";
import { type MessagePart, forEach } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Sight } from "../rows/sight.ts";
import { obxOfFile, obxOfLine, txa } from "../segments/document.ts";
import { evn, msh } from "../segments/header.ts";
import { pid } from "../segments/patient.ts";
import { pv1 } from "../segments/visit.ts";

/** @see HL7 v2.5.1, chapters 9.6.2 (MDM^T02), 9.6.6 (T06), 9.6.8 (T08) and 9.6.10 (T10) */
export const document: readonly MessagePart[] = [
  msh,
  evn,
  pid,
  pv1,
  forEach("DocumentReference", "Focus", {
    also: { Replaced: "DocumentReference.relatesTo.target" },
    parts: [
      txa,
      forEach("Attachment", "DocumentReference.content.attachment", {
        parts: [
          forEach("Line", lines, { parts: [obxOfLine] }),
          forEach("File", files, { parts: [obxOfFile] }),
        ],
      }),
    ],
  }),
];

/** Plain text goes out line by line, as people read it on the other side. */
function lines(sight: Sight): readonly Node[] {
  const attachment = sight.named("Attachment");
  if (attachment === undefined || formOf(attachment, sight) !== "text") return [];
  return linesOf(attachment, sight);
}

function files(sight: Sight): readonly Node[] {
  const attachment = sight.named("Attachment");
  if (attachment === undefined || formOf(attachment, sight) === "text") return [];
  return [attachment];
}
