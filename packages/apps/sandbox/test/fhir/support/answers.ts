import type { GotJson } from "./site.ts";

/** A resource or a page as it was received, as far as tests ask. */
export interface Received {
  readonly resourceType: string;
  readonly id: string;
  readonly total?: number;
  readonly type?: string;
  readonly issue: OneOrMore<Issue>;
  readonly entry?: OneOrMore<Entry>;
  readonly link?: OneOrMore<Link>;
  readonly meta?: { readonly security: readonly { readonly code: string }[] };
  readonly category?: OneOrMore<Concept>;
  readonly code: Concept;
  readonly verificationStatus: Concept;
  readonly subject: { readonly reference: string };
  readonly author: OneOrMore<{ readonly display: string }>;
  readonly name: OneOrMore<{ readonly prefix?: readonly string[] }>;
  readonly content?: unknown;
  readonly context?: unknown;
  readonly description?: unknown;
  readonly encounter?: unknown;
  readonly onsetDateTime?: unknown;
  readonly recordedDate?: unknown;
  readonly valueQuantity?: unknown;
  readonly output?: readonly File[];
  readonly error?: readonly File[];
}

/** One issue of an outcome, as far as tests ask. */
export interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly details: {
    readonly text: string;
    readonly coding: readonly [{ readonly code: string; readonly system: string }];
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
  readonly link: OneOrMore<Link>;
  readonly fullUrl: string;
  readonly search: { readonly mode: string };
}

interface Link {
  readonly relation: string;
  readonly url: string;
}

interface Concept {
  readonly coding: OneOrMore<{ readonly code: string }>;
  readonly text?: string;
}

/** A file of an export. */
export interface File {
  readonly type: string;
  readonly url: string;
}

type OneOrMore<Item> = readonly [Item, ...Item[]];

/** Issues that an answer holds, wherever they are. */
export function issues({ json }: GotJson): readonly Issue[] {
  if (json.resourceType === "OperationOutcome") return json.issue;
  return (json.entry ?? []).flatMap(({ resource }) => resource.issue ?? []);
}

/** Their codes, in order. */
export function codes(got: GotJson): readonly string[] {
  return issues(got).map(({ details }) => details.coding[0].code);
}

/** Ids of the matches of a page. */
export function matches({ json }: GotJson): readonly string[] {
  return (json.entry ?? [])
    .filter(({ search }) => search.mode === "match")
    .map(({ resource }) => resource.id);
}

/** Mode and type of each entry: `include Patient`. */
export function kinds({ json }: GotJson): readonly string[] {
  return (json.entry ?? []).map(
    ({ search, resource }) => `${search.mode} ${resource.resourceType}`,
  );
}

/** Where a link of a page leads. */
export function link({ json }: GotJson, relation: string): string | undefined {
  return (json.link ?? []).find((each) => each.relation === relation)?.url;
}

/** Relations of the links of a page, in order. */
export function relations({ json }: GotJson): readonly string[] {
  return (json.link ?? []).map(({ relation }) => relation);
}
