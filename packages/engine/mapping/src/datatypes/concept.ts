import type { CodeableConcept } from "@trestle/fhir";

/** A code of FHIR's own, by the last step of the address of its code system. */
export function concept(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}
