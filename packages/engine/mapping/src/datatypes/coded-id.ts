import type { CodeableConcept } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import type { Converter } from "../rows/row.ts";
import { asToken } from "./code.ts";

/**
 * ID as a concept of its HL7 table.
 *
 * @param table Its number, such as `0085`.
 */
export function codedId(table: string): Converter {
  const system = `http://terminology.hl7.org/CodeSystem/v2-${table}`;
  return composite<CodeableConcept>(`ID.${table}`, [
    {
      to: "coding[].code",
      from: 0,
      as: asToken,
      with: [{ to: "system", from: 0, as: () => system }],
    },
  ]);
}
