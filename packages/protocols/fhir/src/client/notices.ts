import { reveal } from "@trestle/base";
import type { Dialect } from "./dialect.ts";
import type { Issue } from "./issues.ts";

/**
 * What a good answer remarks about itself.
 *
 * - `noMatches`: nothing was found, which the server says aloud.
 * - `applicationLacksAccess`, `userLacksAccess`: a part is left out for lack of a right.
 * - `partialView`: the user sees less than the whole record.
 * - `recordRestricted`: something is left out because the record is under special protection.
 * - `moreMatches`: there is more than the server gives.
 * - `parameterIgnored`: the search was made without a parameter, or without its value.
 * - `other`: anything else; see its issue.
 */
export type NoticeKind =
  | "noMatches"
  | "applicationLacksAccess"
  | "userLacksAccess"
  | "partialView"
  | "recordRestricted"
  | "moreMatches"
  | "parameterIgnored"
  | "other";

/** A remark of the server about an answer that is good but perhaps not whole. */
export interface Notice {
  readonly kind: NoticeKind;
  /** Whether something that exists may be missing from the answer. */
  readonly mayMiss: boolean;
  readonly issue: Issue;
  /** What a site would have to grant, by its own names; left out where its words name nothing known. */
  readonly missing?: readonly string[];
  /** The part of a search that was made in parts, such as one category. */
  readonly part?: SearchPart;
}

/** One of the searches that a search was cut into. */
export interface SearchPart {
  readonly parameter: string;
  readonly value: string;
}

/** The notice that an issue of a good answer makes. */
export function noticeOf(issue: Issue, dialect: Dialect, part?: SearchPart): Notice {
  const kind = dialect.codes[issue.code ?? ""]?.notice ?? kindOfType(issue.type);
  const names = isLackOfAccess.has(kind) ? missingIn(issue, dialect) : [];
  return {
    kind,
    mayMiss: missing.has(kind),
    issue,
    ...(names.length === 0 ? {} : { missing: names }),
    ...(part === undefined ? {} : { part }),
  };
}

/** Of the guarded words nothing leaves but names that the dialect knows. */
function missingIn({ text }: Issue, { accessNames }: Dialect): readonly string[] {
  if (text === undefined || accessNames === undefined) return [];
  return accessNames.missingBy(reveal(text));
}

function kindOfType(type: string): NoticeKind {
  if (type === "suppressed" || type === "forbidden") return "userLacksAccess";
  if (type === "incomplete" || type === "too-costly") return "moreMatches";
  return type === "not-supported" ? "parameterIgnored" : "other";
}

const isLackOfAccess: ReadonlySet<NoticeKind> = new Set([
  "applicationLacksAccess",
  "userLacksAccess",
]);

const missing: ReadonlySet<NoticeKind> = new Set([
  "applicationLacksAccess",
  "userLacksAccess",
  "partialView",
  "recordRestricted",
  "moreMatches",
]);
