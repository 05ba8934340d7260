import { cwe } from "./cwe.ts";
import { extension } from "./extension.ts";

/** The code as it was sent, beside the one of FHIR's own list. */
export const alternateCode = extension(
  "http://hl7.org/fhir/StructureDefinition/alternate-codes",
  "valueCodeableConcept",
  cwe,
);
