import type { Row } from "../rows/row.ts";
import { annotation } from "./annotation.ts";

/** NTE as a note of a resource that R4 gives no element for notes. */
export const noteExtension: Row<"extension"> = {
  to: "extension[].valueAnnotation",
  id: "note",
  from: "NTE-3",
  as: annotation,
  with: [{ to: "url", is: "http://hl7.org/fhir/StructureDefinition/note" }],
};
