import { TrestleError } from "@trestle/base";
import type { FhirResource } from "../index.ts";
import { type SearchParameters, type SearchValue, checkedType, queryOf } from "./addresses.ts";
import { fhirErrors, kindOf } from "./errors.ts";
import { resourceIn } from "./fhir-answer.ts";
import { getResource } from "./get-resource.ts";
import { mergedStreams } from "./merged-streams.ts";
import type { SearchPart } from "./notices.ts";
import type { Outgoing } from "./outgoing.ts";
import type { ResourceOf, ResourceType } from "./resources.ts";
import { type Search, searchOf } from "./search.ts";
import { type SearchPage, readPage } from "./search-page.ts";
import { partsOf, refusedPage, withoutRepeats } from "./search-parts.ts";
import type { CallOptions, Site } from "./site.ts";

/** How a search is made. */
export interface SearchOptions extends CallOptions {
  /** Parts that are searched at a time, where the server needs a search in parts. */
  readonly concurrency?: number;
}

/** One search at one site. */
interface Searching {
  readonly site: Site;
  readonly type: string;
  readonly parameters: SearchParameters;
  readonly options: SearchOptions;
}

/** A search of one type. Nothing is sent before it is read. */
export function search<T extends ResourceType>(
  site: Site,
  { type, parameters }: { readonly type: T; readonly parameters: SearchParameters },
  options: SearchOptions = {},
): Search<ResourceOf<T>> {
  const searching = { site, type: checkedType(type), parameters, options };
  return searchOf<ResourceOf<T>>(() => {
    const parts = partsOf(type, parameters, site.dialect);
    return parts === undefined ? pagesOf(searching) : pagesOfParts(searching, parts);
  });
}

/**
 * How many match, by `_summary=count`, which counts the whole search at every server.
 *
 * @throws {TrestleError} `fhir.notFhir` where the server gives no number.
 */
export async function count(
  site: Site,
  { type, parameters }: { readonly type: string; readonly parameters: SearchParameters },
  { signal }: CallOptions = {},
): Promise<number> {
  const url = site.addresses.of([checkedType(type)], {
    ...resolved(site, parameters),
    _summary: "count",
  });
  const purpose = { interaction: "count", type } as const;
  const { resource } = await getResource(site, { url, purpose, signal });
  const total = resource.resourceType === "Bundle" ? resource.total : undefined;
  if (total === undefined) throw fhirErrors.notFhir({ ...purpose, answer: "no total" });
  return total;
}

async function* pagesOf<T>(
  { site, type, parameters, options }: Searching,
  part?: SearchPart,
): AsyncGenerator<SearchPage<T>, void> {
  const purpose = { interaction: "search", type } as const;
  const reading = { type, dialect: site.dialect, part };
  const { signal } = options;
  let outgoing = firstOf({ site, type, parameters, options });
  for (let pages = 1; ; pages += 1) {
    const { page, next } = readPage<T>(await bundleFrom(site, outgoing), reading);
    yield page;
    // Only a missing link ends a search: a page may be empty, and the same address may come again
    // where the server keeps the place.
    if (next === undefined) return;
    if (pages >= site.settings.maxPages) throw fhirErrors.tooManyPages({ ...purpose, pages });
    outgoing = { purpose, method: "GET", url: site.addresses.follow(next), signal };
  }
}

async function bundleFrom(site: Site, outgoing: Outgoing): Promise<FhirResource> {
  const resource =
    outgoing.method === "GET"
      ? (await getResource(site, outgoing)).resource
      : resourceIn(await site.sender.send(outgoing), outgoing);
  if (resource.resourceType === "Bundle" || resource.resourceType === "OperationOutcome") {
    return resource;
  }
  throw fhirErrors.notFhir({ ...outgoing.purpose, answer: "no Bundle" });
}

/** Searches each part. A refused part is a notice; that every part is refused is an error. */
async function* pagesOfParts<T>(
  searching: Searching,
  parts: readonly SearchPart[],
): AsyncGenerator<SearchPage<T>, void> {
  const refusals: TrestleError[] = [];
  const streams = parts.map(
    (part) =>
      async function* streamOf(): AsyncGenerator<SearchPage<T>, void> {
        const parameters = { ...searching.parameters, [part.parameter]: part.value };
        try {
          yield* pagesOf<T>({ ...searching, parameters }, part);
        } catch (error) {
          if (!(error instanceof TrestleError) || kindOf(error) !== "permission") throw error;
          refusals.push(error);
          if (refusals.length === parts.length) throw error;
          yield refusedPage<T>(part, error);
        }
      },
  );
  const fresh = withoutRepeats();
  const concurrency = searching.options.concurrency ?? DEFAULT_CONCURRENCY;
  for await (const page of mergedStreams(streams, concurrency)) yield fresh(page);
}

function firstOf({ site, type, parameters, options: { signal } }: Searching): Outgoing {
  const { addresses, dialect, settings } = site;
  const purpose = { interaction: "search", type } as const;
  const all = { _count: settings.pageSize, ...resolved(site, parameters) };
  const url = addresses.of([type], all);
  if (url.length <= settings.maxUrlBytes) return { purpose, method: "GET", url, signal };
  if (!dialect.searchesByPost) {
    throw fhirErrors.searchTooLong({
      ...purpose,
      bytes: url.length,
      maxUrlBytes: settings.maxUrlBytes,
    });
  }
  return {
    purpose,
    method: "POST",
    url: addresses.of([type, "_search"]),
    body: queryOf(all),
    contentType: "application/x-www-form-urlencoded",
    signal,
  };
}

/** The same search for the survivors of patients that are known to be merged. */
function resolved({ aliases }: Site, parameters: SearchParameters): SearchParameters {
  if (aliases.isEmpty) return parameters;
  const survivor = (value: SearchValue) => {
    const text = String(value);
    return text.startsWith("Patient/")
      ? `Patient/${aliases.resolve(text.slice(8))}`
      : aliases.resolve(text);
  };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      if (!ofPatients.has(name) || value === undefined) return [name, value];
      return [name, Array.isArray(value) ? value.map(survivor) : survivor(value as SearchValue)];
    }),
  );
}

const ofPatients: ReadonlySet<string> = new Set(["patient", "subject", "beneficiary"]);

const DEFAULT_CONCURRENCY = 4;
