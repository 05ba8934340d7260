import type { Bundle } from "@trestle/fhir";

/** The JSON of a mapped bundle. Decimals have every digit that the message gave them. */
export function printBundle(bundle: Bundle): string {
  return JSON.stringify(bundle);
}
