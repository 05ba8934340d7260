import type { TrestleError } from "@trestle/base";
import type { SearchParameters } from "./addresses.ts";
import type { Dialect } from "./dialect.ts";
import { issuesBehind } from "./judge.ts";
import type { Notice, SearchPart } from "./notices.ts";
import type { SearchPage } from "./search-page.ts";

/** The parts that a server needs this search to be made in; undefined where one search is enough. */
export function partsOf(
  type: string,
  parameters: SearchParameters,
  dialect: Dialect,
): readonly SearchPart[] | undefined {
  const fanOut = dialect.fanOut[type];
  if (fanOut === undefined) return undefined;
  const { parameter, values, unlessGiven } = fanOut;
  // A modifier is part of the name: `code:text` gives a code.
  const given = new Set(Object.keys(parameters).map((name) => name.split(":", 1)[0] ?? name));
  if ([parameter, ...unlessGiven].some((name) => given.has(name))) return undefined;
  return values.map((value) => ({ parameter, value }));
}

/** The page that stands for a part which was refused. */
export function refusedPage<T>(part: SearchPart, error: TrestleError): SearchPage<T> {
  const [issue = { severity: "error" as const, type: "forbidden" }] = issuesBehind(error);
  const kind = error.code === "fhir.apiNotGranted" ? "applicationLacksAccess" : "userLacksAccess";
  const notice: Notice = { kind, mayMiss: true, issue, part };
  return { matches: [], included: [], notices: [notice], part, hasNext: false };
}

/** Leaves out what an earlier part gave already: a resource may belong to several. */
export function withoutRepeats(): <T>(page: SearchPage<T>) => SearchPage<T> {
  const seen = new Set<string>();
  const isNew = (resource: unknown) => {
    const { resourceType, id } = resource as { resourceType: string; id?: string };
    const key = `${resourceType}/${id}`;
    if (id === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  return (page) => ({
    ...page,
    matches: page.matches.filter(isNew),
    included: page.included.filter(isNew),
  });
}
