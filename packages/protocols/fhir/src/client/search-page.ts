import type { Bundle, BundleEntry, FhirResource } from "../index.ts";
import type { Dialect } from "./dialect.ts";
import { isOutcome, issuesOf } from "./issues.ts";
import { type Notice, type SearchPart, noticeOf } from "./notices.ts";

/** One page of a search, sorted by what its entries are. */
export interface SearchPage<T> {
  readonly matches: readonly T[];
  /** Resources that came along by `_include` or `_revinclude`. */
  readonly included: readonly FhirResource[];
  readonly notices: readonly Notice[];
  /** How many match the whole search, where the server says that; `count` asks for it anywhere. */
  readonly total?: number;
  /** The part of a search that was made in parts. */
  readonly part?: SearchPart;
  /** Whether the server has a further page. */
  readonly hasNext: boolean;
}

/** How a page is read. */
export interface PageReading {
  readonly type: string;
  readonly dialect: Dialect;
  readonly part?: SearchPart | undefined;
}

/**
 * Sorts a Bundle. An entry without a mode is an outcome or a match by its type, and came along
 * otherwise. An OperationOutcome in place of the Bundle is a page without entries.
 */
export function readPage<T>(
  resource: FhirResource,
  { type, dialect, part }: PageReading,
): { readonly page: SearchPage<T>; readonly next: string | undefined } {
  const bundle: Partial<Bundle<FhirResource>> = isOutcome(resource)
    ? { entry: [{ resource }] }
    : (resource as Bundle<FhirResource>);
  const matches: T[] = [];
  const included: FhirResource[] = [];
  const notices: Notice[] = [];
  for (const { resource, search } of bundle.entry ?? noEntries) {
    if (resource === undefined) continue;
    if (isOutcome(resource)) {
      for (const issue of issuesOf(resource)) notices.push(noticeOf(issue, dialect, part));
    } else if (isMatch(search?.mode, resource.resourceType === type)) {
      matches.push(resource as T);
    } else included.push(resource);
  }
  const next = bundle.link?.find(({ relation }) => relation === "next")?.url;
  const page = {
    matches,
    included,
    notices,
    hasNext: next !== undefined,
    ...(bundle.total === undefined || dialect.totalCounts === "page"
      ? {}
      : { total: bundle.total }),
    ...(part === undefined ? {} : { part }),
  };
  return { page, next };
}

function isMatch(mode: string | undefined, isOfType: boolean): boolean {
  return mode === undefined ? isOfType : mode === "match";
}

const noEntries: readonly BundleEntry<FhirResource>[] = [];
