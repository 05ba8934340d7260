import type { CodeRow, CodeStatus } from "@trestle/mapping";
import { type Spelled, likeness, spelled } from "./likeness.ts";

/** A local code that has no row, and its name where somebody knows it. */
export interface CodeToMap {
  readonly local: string;
  readonly display?: string | undefined;
}

/** Rows of one table, and whose they are, as a reason names them: `Harbor`, `the product`. */
export interface RowsOfSource {
  readonly source: string;
  readonly rows: readonly CodeRow[];
  /** How much a row speaks for its meaning, where that is not judged by code and name. */
  readonly judge?: (row: CodeRow) => Evidence | undefined;
}

/** What a local code might mean, and why. */
export interface Suggestion {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  /** `not mapped on purpose` where others decided so. */
  readonly status: CodeStatus;
  /** From 0 to 1; it ranks, and is no probability. */
  readonly score: number;
  /** Strongest first, at most three. */
  readonly reasons: readonly string[];
}

/**
 * What the rows of others say about a local code, best first. The same local code counts most, and
 * more with each source that has it; then codes and names that are spelled alike. Depends on nothing
 * but what is given; the names of a terminology are rows that are judged otherwise.
 */
export async function suggest(
  wanted: CodeToMap,
  sources: Iterable<RowsOfSource>,
  { limit, giveWay }: SuggestOptions,
): Promise<readonly Suggestion[]> {
  const judge = judgeOf(wanted);
  const found = new Map<string, Found>();
  for (const source of sources) {
    gather(source, { judge, found });
    await giveWay?.();
  }
  return [...found.values()].map(suggestionOf).sort(bestFirst).slice(0, limit);
}

export interface SuggestOptions {
  readonly limit: number;
  /** Waited for after each source, so that who must answer others can; a row costs about 10 µs. */
  readonly giveWay?: () => Promise<void>;
}

function gather(
  { source, rows, judge: own }: RowsOfSource,
  { judge, found }: { readonly judge: Judge; readonly found: Map<string, Found> },
): void {
  for (const row of rows) {
    const evidence = own === undefined ? judge(row, source) : own(row);
    if (evidence === undefined) continue;
    const known = found.get(meaningOf(row)) ?? { row, evidence: [] };
    known.evidence.push(evidence);
    found.set(meaningOf(row), known);
  }
}

/** Why a row speaks for its meaning, and how much. */
export interface Evidence {
  readonly weight: number;
  readonly source: string;
  readonly reason: string;
}

interface Found {
  readonly row: CodeRow;
  readonly evidence: Evidence[];
}

type Judge = (row: CodeRow, source: string) => Evidence | undefined;

function judgeOf({ local, display = "" }: CodeToMap): Judge {
  const code = spelled(local);
  const name = spelled(display);
  return (row, source) => {
    const strongest = [sameCode(row, local), likeCode(row, code), likeName(row, { code, name })]
      .filter((each) => each !== undefined)
      .sort((one, other) => other.weight - one.weight)[0];
    if (strongest === undefined) return undefined;
    const isSure = row.status !== "proposed";
    const weight = strongest.weight * (isSure ? 1 : ofProposed);
    const word = isSure ? "" : ", proposed";
    return { weight, source, reason: `${strongest.text} at ${source}${word}.` };
  };
}

interface Said {
  readonly weight: number;
  readonly text: string;
}

function sameCode(row: CodeRow, local: string): Said | undefined {
  const isSame = row.local.trim().toLowerCase() === local.trim().toLowerCase();
  return isSame ? { weight: ofSameCode, text: `“${row.local}” means this` } : undefined;
}

/** Of what others left unmapped, nothing follows for a code that is only alike. */
function likeCode(row: CodeRow, code: Spelled): Said | undefined {
  if (row.status === "not mapped on purpose") return undefined;
  const alike = likeness(code, spelledOnce(row.local));
  if (alike < leastAlikeCode) return undefined;
  return {
    weight: alike * ofLikeCode,
    text: `The code “${row.local}” is ${percent(alike)} alike`,
  };
}

/** Many local codes are short names, so that both are held against the name of the row. */
function likeName(row: CodeRow, { code, name }: Record<"code" | "name", Spelled>) {
  if (row.status === "not mapped on purpose" || row.display === "") return undefined;
  const theirs = spelledOnce(row.display);
  const [ofName, ofCode] = [likeness(name, theirs), likeness(code, theirs)];
  const alike = Math.max(ofName, ofCode);
  if (alike < leastAlikeName) return undefined;
  return {
    weight: alike * ofLikeName,
    text: `The name “${row.display}” is ${percent(alike)} alike`,
  };
}

function suggestionOf({ row, evidence }: Found): Suggestion {
  const sorted = evidence.toSorted((one, other) => other.weight - one.weight);
  const { system, code, display, status } = row;
  const bySource = new Map(sorted.toReversed().map((each) => [each.source, each.weight]));
  // What each source adds closes a part of the gap to certainty, which none of them reaches.
  const doubt = [...bySource.values()].reduce((left, weight) => left * (1 - weight), 1);
  return {
    system,
    code,
    display,
    status: status === "not mapped on purpose" ? status : "mapped",
    score: Math.round((1 - doubt) * 100) / 100,
    reasons: [...new Set(sorted.map(({ reason }) => reason))].slice(0, maxReasons),
  };
}

function bestFirst(one: Suggestion, other: Suggestion): number {
  return other.score - one.score || meaningOf(one).localeCompare(meaningOf(other));
}

function meaningOf({ system, code, status }: Pick<CodeRow, "system" | "code" | "status">): string {
  return status === "not mapped on purpose" ? status : `${system}|${code}`;
}

function percent(alike: number): string {
  return `${Math.round(alike * 100)} %`;
}

/** Rows are compared with many codes; what was prepared is kept as long as there is room. */
function spelledOnce(text: string): Spelled {
  const known = prepared.get(text);
  if (known !== undefined) return known;
  if (prepared.size >= maxPrepared) prepared.clear();
  const made = spelled(text);
  prepared.set(text, made);
  return made;
}

const prepared = new Map<string, Spelled>();
const maxPrepared = 100_000;

const ofSameCode = 0.9;
const ofLikeCode = 0.7;
const ofLikeName = 0.8;
const ofProposed = 0.8;
/** Three letters of which one differs, as in ALT and AST, are below it. */
const leastAlikeCode = 0.7;
const leastAlikeName = 0.6;
const maxReasons = 3;
