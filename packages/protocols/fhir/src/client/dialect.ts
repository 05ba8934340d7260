import type { FailureName } from "./errors.ts";
import type { NoticeKind } from "./notices.ts";

/** What a code of the server's own says, where it fails a request and where it only remarks. */
export interface CodeMeaning {
  readonly error?: FailureName;
  /** What it says instead where the answer has such words: some codes stand for several things. */
  readonly errorBy?: { readonly words: RegExp; readonly error: FailureName };
  readonly notice?: NoticeKind;
  /** What it tells at this kind of server, for who looks at one answer; beside what it is judged as. */
  readonly meaning?: string;
}

/** A search that the server answers only for one value of a parameter at a time. */
export interface FanOut {
  readonly parameter: string;
  /** One search each. */
  readonly values: readonly string[];
  /** With one of these the server needs no value, so that one search is enough. */
  readonly unlessGiven: readonly string[];
}

/** The names by which people at such a server's sites grant access. */
export interface AccessNames {
  /** Those that let an application search a type; with a category, those alone that hold it. */
  toSearch(type: string, category?: string): readonly string[];
  /** Those that are missing by the words of a remark; none where the words name nothing known. */
  missingBy(words: string): readonly string[];
}

/**
 * In what a server differs from plain FHIR R4, so that its users need not know.
 *
 * A dialect is data: the client does what it says, and knows no server by name.
 */
export interface Dialect {
  readonly name: string;
  /** Added to the query of every address that the client makes, such as the practice of a tenant. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Added to every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** By `issue.details.coding.code`. What is not here is judged by status and issue type. */
  readonly codes: Readonly<Record<string, CodeMeaning>>;
  /** A failure told in a body that is JSON but not FHIR; undefined leaves it to the status. */
  readonly judgeForeignBody?: (status: number, body: unknown) => FailureName | undefined;
  /** By resource type. */
  readonly fanOut: Readonly<Record<string, FanOut>>;
  /** Whether `POST {type}/_search` can be relied on when an address grows too long. */
  readonly searchesByPost: boolean;
  /** Whether a create with `If-None-Exist` is kept to. Without it the client looks first. */
  readonly createsConditionally: boolean;
  /** Types whose creates do not show in searches at once, so that looking proves nothing. */
  readonly hidesCreated: readonly string[];
  /** Whether `Bundle.total` counts the matches of the page or of the whole search. */
  readonly totalCounts: "page" | "search";
  /** Left out where access is granted by scopes alone. */
  readonly accessNames?: AccessNames;
  /** A limit that the server sets for everybody; the client never exceeds it. */
  readonly requestsPerMinute?: number;
}

/** FHIR R4 as the specification has it. */
export const plainDialect: Dialect = {
  name: "FHIR R4",
  parameters: {},
  headers: {},
  codes: {},
  fanOut: {},
  searchesByPost: true,
  createsConditionally: true,
  hidesCreated: [],
  totalCounts: "search",
};
