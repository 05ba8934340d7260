import type { GotJson } from "./site.ts";

/** One issue of an outcome, as far as tests ask. */
export interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly details: {
    readonly text: string;
    readonly coding: readonly [{ readonly code: string }];
  };
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

interface Entry {
  readonly resource: {
    readonly resourceType: string;
    readonly id: string;
    readonly issue?: readonly Issue[];
  };
  readonly search: { readonly mode: string };
}

/** Issues that an answer holds, wherever they are. */
export function issues({ json }: GotJson): readonly Issue[] {
  if (json.resourceType === "OperationOutcome") return json.issue as readonly Issue[];
  return entries(json).flatMap(({ resource }) => resource.issue ?? []);
}

/** Their codes, in order. */
export function codes(got: GotJson): readonly string[] {
  return issues(got).map(({ details }) => details.coding[0].code);
}

/** Ids of the matches of a page. */
export function matches({ json }: GotJson): readonly string[] {
  return entries(json)
    .filter(({ search }) => search.mode === "match")
    .map(({ resource }) => resource.id);
}

/** Mode and type of each entry: `include Patient`. */
export function kinds({ json }: GotJson): readonly string[] {
  return entries(json).map(({ search, resource }) => `${search.mode} ${resource.resourceType}`);
}

/** Where a link of a page leads. */
export function link({ json }: GotJson, relation: string): string | undefined {
  return links(json).find((each) => each.relation === relation)?.url;
}

/** Relations of the links of a page, in order. */
export function relations({ json }: GotJson): readonly string[] {
  return links(json).map(({ relation }) => relation);
}

function entries(json: GotJson["json"]): readonly Entry[] {
  return (json.entry ?? []) as readonly Entry[];
}

function links(
  json: GotJson["json"],
): readonly { readonly relation: string; readonly url: string }[] {
  return json.link as readonly { readonly relation: string; readonly url: string }[];
}
