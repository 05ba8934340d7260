import type { CodeableConcept, Reference } from "@trestle/fhir";
import type { Converter } from "../rows/row.ts";

/** What somebody did, beside the reference to them; several may have done different things. */
export function inFunction(is: CodeableConcept, as: Converter): Converter {
  return (part, scope, lookup) => {
    const made = as(part, scope, lookup) as Reference | undefined;
    if (made === undefined) return undefined;
    const said = { url: performerFunction, valueCodeableConcept: is };
    const reference: Reference = { ...made, extension: [said] };
    scope.draft.trace?.note(said, "url", { rule: "constant" });
    return reference;
  };
}

const performerFunction = "http://hl7.org/fhir/StructureDefinition/event-performerFunction";
