import type { CodeTables } from "../code-tables.ts";
import { cxShape } from "../datatypes/cx.ts";
import { identifierSystem } from "../datatypes/identifier-system.ts";
import { keyOf } from "../datatypes/identifier.ts";
import { type Part, textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Scope } from "../rows/scope.ts";

/** Where a message names the patient. PID-2 and PID-4 are from before version 2.3.1. */
export const patientPlaces = ["PID-3", "PID-2", "PID-4"];

/** What the patient identifiers at some places say: all keys, and the one that the site ranks first. */
export interface PatientKeys {
  readonly first: { readonly value: string; readonly part: Part };
  readonly all: readonly string[];
}

/** PI: what a patient's number is where its type is not said. */
export const patientShape = cxShape("PI");

/**
 * Ranks patient identifiers: first those with a row in the site's table `identifiers`, in the order
 * of its rows; then by type, in the order of the table `identifier-types`; then as written.
 */
export function patientKeys(scope: Scope, places: readonly string[]): PatientKeys | undefined {
  return scope.group.derive(places, () => findKeys(scope, places));
}

function findKeys(scope: Scope, places: readonly string[]): PatientKeys | undefined {
  const found: { value: string; part: Part; rank: number }[] = [];
  for (const place of places) {
    for (const part of scope.parts(placeOf(place))) {
      const value = keyOf(part, scope, patientShape);
      if (value !== undefined) found.push({ value, part, rank: rankOf(part, scope) });
    }
  }
  const [first] = found.length < 2 ? found : found.toSorted((a, b) => a.rank - b.rank);
  return first && { first, all: [...new Set(found.map(({ value }) => value))] };
}

function rankOf(part: Part, scope: Scope): number {
  const { rank } = identifierSystem(part, scope, patientShape);
  return rank ?? unlisted + rankOfType(textIn(part, 5) ?? "", scope.draft.site.tables);
}

function rankOfType(type: string, tables: CodeTables): number {
  const row = tables.find("identifier-types", type);
  return row === undefined ? unlisted : tables.rows("identifier-types").indexOf(row);
}

/** More rows than a table of identifiers has. */
const unlisted = 1_000_000;
