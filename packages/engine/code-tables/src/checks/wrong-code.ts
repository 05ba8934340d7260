import { codesOf } from "@trestle/fhir/code-systems";
import type { CodeRow } from "@trestle/mapping";
import type { RowFinding } from "./finding.ts";
import { publishedSystems } from "./published-systems.ts";

/** Tables whose rows name systems, so that their codes are no codes of these. */
export function namesSystems(table: string): boolean {
  return ofSystems.has(table);
}

/**
 * Why the code of a row can surely not be one of its system: its check digit or its shape is wrong,
 * or it is none of FHIR's own, which are fixed for R4. Undefined where it can.
 */
export function wrongCode({ system, code, status }: CodeRow): RowFinding | undefined {
  if (status === "not mapped on purpose") return undefined;
  const published = publishedSystems.get(system);
  if (published !== undefined) {
    const { name, canBe, hint } = published;
    return canBe(code) ? undefined : finding(`“${code}” cannot be a code of ${name}.`, hint);
  }
  const codes = system.startsWith(fhirOwn) ? codesOf(system) : undefined;
  if (codes === undefined || codes.size === 0 || codes.has(code)) return undefined;
  return finding(`“${code}” is none of FHIR's own codes for this.`, `It has ${listed(codes)}.`);
}

function finding(text: string, hint: string): RowFinding {
  return { column: "code", code: "tables.wrongCode", text, hint };
}

function listed(codes: ReadonlySet<string>): string {
  const first = [...codes].slice(0, maxListed).join(", ");
  return codes.size > maxListed ? `${first} and ${codes.size - maxListed} more` : first;
}

const ofSystems: ReadonlySet<string> = new Set([
  "code-systems",
  "identifiers",
  "identifier-systems",
]);
const fhirOwn = "http://hl7.org/fhir/";
const maxListed = 12;
