import type { CodeableConcept, Reference } from "@trestle/fhir";
import { type Part, isBeyond, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { cwe } from "./cwe.ts";

/**
 * CWE where FHIR wants a reference, such as a manufacturer or a device: by its code as an
 * identifier, and by its name.
 */
export const codedReference: Converter = (part, scope) => {
  const made = cwe(part, scope, {}) as CodeableConcept | undefined;
  const { system, code } = made?.coding?.[0] ?? {};
  const display = nameIn(part);
  const reference: Reference = {
    ...(system !== undefined && code !== undefined && { identifier: { system, value: code } }),
    ...(display !== undefined && { display }),
  };
  return Object.keys(reference).length === 0 ? undefined : reference;
};

function nameIn(part: Part): string | undefined {
  return isBeyond(part, 2) ? undefined : (textIn(part, 9) ?? textIn(part, 2));
}
