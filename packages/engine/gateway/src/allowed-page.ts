import { TrestleError } from "@trestle/base";
import type { FhirResource } from "@trestle/fhir";
import { type SearchPage, type SearchPart, kindOf } from "@trestle/fhir/client";
import type { QueryPart } from "@trestle/smart";
import { matchesQuery } from "./matches-query.ts";

/** A search, as far as it decides what of its pages is given. */
export interface Allowed {
  readonly type: string;
  /** What all matches must match. */
  readonly query: readonly QueryPart[];
  readonly isNew: (resource: FhirResource) => boolean;
}

/**
 * A page with those matches that the search allows. What a server calls a match and is of another
 * type came along, as with `_include`: its own scope decides about it.
 */
export function allowedPage(
  page: SearchPage<FhirResource>,
  { type, query, isNew }: Allowed,
): SearchPage<FhirResource> {
  const { own = [], other = [] } = Object.groupBy(page.matches, ({ resourceType }) =>
    resourceType === type ? "own" : "other",
  );
  const matches = own.filter((each) => matchesQuery(each, query) && isNew(each));
  return { ...page, matches, included: [...page.included, ...other] };
}

/** Whether a resource was not met before; ids are kept only where several searches may meet it. */
export function firstTimeOnly(searches: number): (resource: FhirResource) => boolean {
  if (searches === 1) return () => true;
  const seen = new Set<string>();
  return ({ id }) => {
    if (id === undefined) return true;
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew;
  };
}

/** Whether a site refused what it may grant otherwise. */
export function isRefusal(error: unknown): error is TrestleError {
  return error instanceof TrestleError && kindOf(error) === "permission";
}

/** The query of a scope as the part of a search that it is. */
export function partOf(query: readonly QueryPart[]): SearchPart {
  const [{ name, values } = { name: "", values: [] }, ...rest] = query;
  const more = rest.map((each) => `&${each.name}=${each.values.join(",")}`);
  return { parameter: name, value: values.join(",") + more.join("") };
}
