import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";

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
