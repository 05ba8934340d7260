import { TrestleError } from "@trestle/base";
import type { FhirResource, Patient } from "../index.ts";
import { checkedType } from "./addresses.ts";
import { readContent } from "./answer.ts";
import { fhirErrors } from "./errors.ts";
import { asResource } from "./fhir-answer.ts";
import { getResource } from "./get-resource.ts";
import { inOrder } from "./in-order.ts";
import type { ResourceOf, ResourceType } from "./resources.ts";
import type { CallOptions, Site } from "./site.ts";

/** How a resource is read. */
export interface ReadOptions extends CallOptions {
  /** Take an answer of this client that is no older. Left out: ask the server. */
  readonly maxAgeSeconds?: number;
}

/** What became of one of many reads. */
export type ReadOutcome =
  | { readonly ok: true; readonly reference: string; readonly resource: FhirResource }
  | { readonly ok: false; readonly reference: string; readonly error: TrestleError };

/**
 * Reads a resource by its id.
 *
 * A patient that was merged is followed to the survivor, and the alias remembered: look at the id of
 * what comes.
 */
export async function read<T extends ResourceType>(
  site: Site,
  { type, id }: { readonly type: T; readonly id: string },
  options: ReadOptions = {},
): Promise<ResourceOf<T>> {
  const resource =
    type === "Patient"
      ? await readPatient(site, id, options)
      : await readOnce(site, { type, id }, options);
  return resource as ResourceOf<T>;
}

/**
 * Reads what references name, at most `concurrency` at a time, in their order. One that fails does
 * not end the others.
 */
export function readMany(
  site: Site,
  references: Iterable<string> | AsyncIterable<string>,
  {
    concurrency = site.settings.maxConcurrent,
    ...options
  }: ReadOptions & { readonly concurrency?: number } = {},
): AsyncGenerator<ReadOutcome, void> {
  return inOrder(references, concurrency, async (reference): Promise<ReadOutcome> => {
    try {
      const resource = await readReference(site, reference, options);
      return { ok: true, reference, resource };
    } catch (error) {
      if (error instanceof TrestleError) return { ok: false, reference, error };
      throw error;
    }
  });
}

/** Reads what a reference to this server names. */
export async function readReference(
  site: Site,
  reference: string,
  options: ReadOptions = {},
): Promise<FhirResource> {
  const { type, id } = site.addresses.parts(reference);
  return read(site, { type: type as ResourceType, id }, options);
}

/** Follows merges that the record itself tells of; those that the address tells are followed below. */
async function readPatient(site: Site, id: string, options: ReadOptions): Promise<FhirResource> {
  let here = site.aliases.resolve(id);
  for (let hop = 0; hop <= MAX_MERGES; hop += 1) {
    const resource = await readOnce(site, { type: "Patient", id: here }, options);
    const survivor = resource.resourceType === "Patient" ? survivorOf(site, resource) : undefined;
    if (survivor === undefined) return resource;
    site.aliases.set(here, survivor);
    here = survivor;
  }
  throw fhirErrors.tooManyRedirects({ interaction: "read", type: "Patient" });
}

async function readOnce(
  site: Site,
  { type, id }: { readonly type: string; readonly id: string },
  { maxAgeSeconds, signal }: ReadOptions,
): Promise<FhirResource> {
  const url = site.addresses.of([checkedType(type), id]);
  const kept = maxAgeSeconds === undefined ? undefined : site.cache.get(url, maxAgeSeconds * 1000);
  const content = kept === undefined ? undefined : readContent(kept);
  if (content?.shape === "fhir") return asResource(content.resource);
  const purpose = { interaction: "read", type } as const;
  const got = await getResource(site, { url, purpose, signal });
  if (type === "Patient") rememberMerge(site, id, got.url);
  site.cache.set(url, got.text);
  return got.resource;
}

function rememberMerge(site: Site, id: string, url: string): void {
  const found = site.addresses.locate(url);
  if (found?.type === "Patient") site.aliases.set(id, found.id);
}

/** @see FHIR R4, Patient.link: `replaced-by` names the record to use instead. */
function survivorOf(site: Site, { link, active }: Patient): string | undefined {
  if (active === true) return undefined;
  const reference = link?.find(({ type }) => type === "replaced-by")?.other.reference;
  const found = reference === undefined ? undefined : site.addresses.locate(reference);
  return found?.type === "Patient" ? found.id : undefined;
}

const MAX_MERGES = 10;
