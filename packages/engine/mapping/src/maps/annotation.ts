import type { Annotation } from "@trestle/fhir";
import { writtenBeside } from "../datatypes/beside.ts";
import { note } from "../datatypes/nte.ts";
import { dateTime } from "../datatypes/ts.ts";
import type { Converter } from "../rows/row.ts";
import { practitioner } from "./practitioner.ts";

/**
 * NTE-3 with who wrote it (NTE-5) and when (NTE-6).
 *
 * @see HL7 v2.8.2, chapter 2.14.10 (NTE)
 */
export const annotation: Converter = (part, scope, lookup) => {
  const made = note(part, scope, lookup) as Annotation | undefined;
  if (made === undefined) return undefined;
  const author = writtenBeside(part, 5);
  const moment = writtenBeside(part, 6);
  const authorReference = author && practitioner(author, scope, {});
  const time = moment && dateTime(moment, scope, {});
  const found = {
    ...(authorReference !== undefined && { authorReference }),
    ...(time !== undefined && { time }),
    ...made,
  };
  const { trace } = scope.draft;
  if (author !== undefined) trace?.note(found, "authorReference", { part: author });
  if (moment !== undefined) trace?.note(found, "time", { part: moment });
  return found;
};
