import { type OutcomeIssue, subTypesOf } from "@trestle/epic";
import { type OfferedType, offeredTypes } from "../capability/resource-types.ts";
import { parseQuery } from "../http/ask.ts";
import type { Visit } from "../http/visit.ts";
import { isSince } from "../../site/release.ts";
import { type Matches, matcher } from "../search/matcher.ts";
import { readRequest } from "../search/request.ts";
import { subTypeFilter } from "../search/sub-type-filter.ts";

/** What an export holds, and what it does not and why. */
export interface ExportTypes {
  readonly types: readonly ExportType[];
  readonly issues: readonly OutcomeIssue[];
  readonly hasProvenance: boolean;
}

export interface ExportType {
  readonly type: string;
  readonly isTaken: Matches;
}

/**
 * Reads what an export is asked to hold.
 *
 * @throws {Refused} 59136 for a type that is not known, or `_typeFilter` without `_type`.
 */
export function exportTypes(visit: Visit): ExportTypes {
  const { access, outcomes } = visit;
  const named = valuesOf(visit, "_type").flatMap((value) => value.split(","));
  const filters = isFilterKnown(visit)
    ? valuesOf(visit, "_typeFilter").flatMap((value) => value.split(betweenFilters))
    : [];
  if (filters.length > 0 && named.length === 0) {
    throw outcomes.refusal("59136", { diagnostics: "_typeFilter requires _type." });
  }
  const asked = named.length === 0 ? everyType(visit) : named.map((name) => typeNamed(visit, name));
  const issues: OutcomeIssue[] = [];
  const types = asked.flatMap((offered) => {
    const { type } = offered;
    if (!access.mayUse({ type, operation: "Search" })) {
      const diagnostics = `Client not authorized for ${type}. Search results of this type have not been included.`;
      issues.push(outcomes.issue("59204", { diagnostics }));
      return [];
    }
    const subTypes = subTypeFilter(visit, type, subTypesOf(type));
    issues.push(...subTypes.notes);
    const isMatch = filterOf(visit, offered, filters);
    const isTaken: Matches = (filed) => subTypes.isShown(filed) && isMatch(filed);
    return [{ type, isTaken }];
  });
  const hasProvenance = valuesOf(visit, "includeAssociatedData").includes(
    "LatestProvenanceResources",
  );
  return { types, issues, hasProvenance };
}

/** Older releases ignore it, as they do everything that they do not know. */
export function isFilterKnown({ switches }: Visit): boolean {
  return isSince(switches.release, "November 2023");
}

/** Without a wish: whatever the client may search. A Binary only comes where it is named. */
function everyType({ access }: Visit): readonly OfferedType[] {
  return offeredTypes.filter(
    ({ type }) => !onlyNamed.has(type) && access.mayUse({ type, operation: "Search" }),
  );
}

function typeNamed({ outcomes }: Visit, name: string): OfferedType {
  const found = offeredTypes.find(({ type }) => type.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  throw outcomes.refusal("59136", {
    diagnostics: `Unknown resource type: ${name}`,
    element: "_type",
  });
}

/** Filters of one type are alternatives. */
function filterOf({ server }: Visit, offered: OfferedType, filters: readonly string[]): Matches {
  const own = filters
    .map((filter) => filter.split(/\?(?<query>.*)/su))
    .filter(([type]) => type === offered.type)
    .map(([, query = ""]) => {
      const { native, postFiltered } = readRequest(offered, parseQuery(query));
      return matcher(offered.type, [...native, ...postFiltered], server.offsetMs);
    });
  return own.length === 0 ? () => true : (filed) => own.some((isMatch) => isMatch(filed));
}

function valuesOf({ ask }: Visit, name: string): readonly string[] {
  return ask.query.filter(([each]) => each === name).map(([, value]) => value);
}

/** A comma in front of a type parts two filters; others part the values of one. */
const betweenFilters = /,(?=[A-Z][A-Za-z]*\?)/u;

const onlyNamed: ReadonlySet<string> = new Set(["Binary", "Group"]);
