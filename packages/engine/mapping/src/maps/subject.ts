import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Scope } from "../rows/scope.ts";

/** The patient, as a piece of the key of what is only unique within one. */
export function thePatient({ scope }: Reading): KeyValue | undefined {
  const [found] = scope.references("patient");
  const value = found?.reference.reference;
  return value === undefined ? undefined : { value, name: "the id of the patient" };
}

/** The encounter, as a piece of a key. */
export function theEncounter({ scope }: Reading): KeyValue | undefined {
  const [found] = scope.references("encounter");
  const value = found?.reference.reference;
  return value === undefined ? undefined : { value, name: "the id of the encounter" };
}

/** The name in an XPN is the patient's own, by family and first given name. */
export function isNamedAsPatient(scope: Scope, place: string): boolean {
  return [1, 2].every((component) => {
    const name = scope.text(`${place}.${component}`)?.toLowerCase();
    return name !== undefined && name === scope.text(`PID-5.${component}`)?.toLowerCase();
  });
}

/** A field beside a code describes it better than the code's own text: CWE.9 alone comes first. */
export function hasBetterText(code: Part, scope: Scope, place: string): boolean {
  return textIn(code, 9) === undefined && scope.part(place) !== undefined;
}
