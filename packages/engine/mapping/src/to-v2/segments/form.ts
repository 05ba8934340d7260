import { formOf } from "../datatypes/content.ts";
import type { Condition } from "../rows/row.ts";

/** The attachment at hand, or the first of the document, is sent in that form. */
export function isForm(form: "text" | "content" | "address"): Condition {
  return ({ sight }) => {
    const attachment =
      sight.named("Attachment") ?? sight.nodes("DocumentReference.content.attachment")[0];
    return attachment !== undefined && formOf(attachment, sight) === form;
  };
}
