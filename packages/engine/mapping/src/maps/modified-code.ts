import type { CodeableConcept } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/**
 * A code with its modifier, `44950:22`, in the system of the code.
 *
 * @param place The field of the code, `PR1-3`; the part is the modifier.
 */
export function modifiedCode(place: string): Converter {
  return (part, scope, lookup) => {
    const plain = scope.part(place);
    const code = plain && textIn(plain, 1);
    const modifier = textIn(part, 1) ?? textOf(part);
    if (plain === undefined || code === undefined || modifier === undefined) return undefined;
    const system = (cwe(plain, scope, lookup) as CodeableConcept | undefined)?.coding?.[0]?.system;
    return { ...(system !== undefined && { system }), code: `${code}:${modifier}` };
  };
}
