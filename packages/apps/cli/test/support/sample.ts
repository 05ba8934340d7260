import { fileURLToPath } from "node:url";

/** The integration folder that comes with the product. */
export const sampleIntegration = fileURLToPath(
  new URL("../../../../../integrations/sample", import.meta.url),
);

/** One of its messages, by name. */
export function sampleMessage(name: "adt-a08" | "oru-r01" | "siu-s12"): string {
  return `${sampleIntegration}/messages/${name}.hl7`;
}

/** One of its FHIR bundles, by name. */
export function sampleBundle(name: string): string {
  return `${sampleIntegration}/bundles/${name}.json`;
}
