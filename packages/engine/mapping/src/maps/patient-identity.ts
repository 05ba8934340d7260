import { cxShape } from "../datatypes/cx.ts";
import { identifierSystem } from "../datatypes/identifier-system.ts";
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
      const value = textIn(part, patientShape.value);
      if (value === undefined) continue;
      const { system, rank } = identifierSystem(part, scope, patientShape);
      const key = `${system}|${value}`;
      found.push({ value: key, part, rank: rank ?? rankByType(part, scope) });
    }
  }
  const [first] = found.length < 2 ? found : found.toSorted((a, b) => a.rank - b.rank);
  return first && { first, all: [...new Set(found.map(({ value }) => value))] };
}

/** Behind all that the site ranks. */
function rankByType(part: Part, scope: Scope): number {
  const { tables } = scope.draft.site;
  const row = tables.find("identifier-types", textIn(part, 5) ?? "");
  return unlisted + (row === undefined ? unlisted : tables.rows("identifier-types").indexOf(row));
}

/** More rows than a table of identifiers has. */
const unlisted = 1_000_000;
