import { codeSystem, cwe } from "../datatypes/cwe.ts";
import { inside, isBeyond, isWritten } from "../rows/part.ts";
import { recurring } from "../rows/recurring.ts";

/**
 * What is ordered or observed, as OBR-4 and OBX-3 name it: through the row's table, unless the
 * sender gave a code that everyone knows. A code system of the site's own needs the table.
 */
export const testCode = recurring((part, scope, lookup) => {
  const system = isBeyond(part, 3) ? undefined : inside(part, 3);
  const isStandard =
    system !== undefined && isWritten(system) && standard.has(codeSystem(system, scope, {}));
  return cwe(part, scope, isStandard ? {} : lookup);
});

const standard: ReadonlySet<string> = new Set([
  "http://loinc.org",
  "http://snomed.info/sct",
  "http://www.ama-assn.org/go/cpt",
  "http://dicom.nema.org/resources/ontology/DCM",
  "urn:iso:std:iso:11073:10101",
]);
