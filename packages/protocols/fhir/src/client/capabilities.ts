import type { CapabilityStatement } from "../index.ts";
import { readContent } from "./answer.ts";
import { fhirErrors } from "./errors.ts";
import { asResource } from "./fhir-answer.ts";
import { getResource } from "./get-resource.ts";
import type { ReadOptions } from "./reading.ts";
import type { Site } from "./site.ts";

/** Reads the server's CapabilityStatement. */
export async function capabilities(
  site: Site,
  { maxAgeSeconds, signal }: ReadOptions = {},
): Promise<CapabilityStatement> {
  const purpose = { interaction: "capabilities" } as const;
  const url = site.addresses.of(["metadata"]);
  const kept = maxAgeSeconds === undefined ? undefined : site.cache.get(url, maxAgeSeconds * 1000);
  const content = kept === undefined ? undefined : readContent(kept);
  const resource = content?.shape === "fhir" ? asResource(content.resource) : await fetched();
  if (resource.resourceType === "CapabilityStatement") return resource;
  throw fhirErrors.notFhir({ ...purpose, answer: "no CapabilityStatement" });

  async function fetched() {
    const got = await getResource(site, { url, purpose, signal });
    site.cache.set(url, got.text);
    return got.resource;
  }
}
