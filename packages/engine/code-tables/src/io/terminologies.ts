import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { publishedSystems } from "../checks/published-systems.ts";
import type { CodeToMap } from "../suggest/suggest.ts";
import { sayingWords } from "../terminology/judge-term.ts";
import type { Term } from "../terminology/term.ts";
import type { LoadedTerminology } from "./terminology-file.ts";

/** Names that might be what a local code means, and whose they are. */
export interface TermsFound {
  readonly terminology: LoadedTerminology;
  /** Best first, as far as words say. */
  readonly terms: readonly Term[];
}

/**
 * The terminologies that the team has loaded into a folder, one file for each. A file that was loaded
 * anew is used from then on.
 */
export class Terminologies {
  readonly #folder: string;
  readonly #open = new Map<string, Opened>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  list(): readonly LoadedTerminology[] {
    return this.#all().map(({ facts }) => facts);
  }

  /**
   * Names that have words of a local code or its name.
   *
   * @param isWanted Which terminologies are looked into.
   */
  find(
    { local, display = "" }: CodeToMap,
    isWanted: (system: string) => boolean,
  ): readonly TermsFound[] {
    const words = [...new Set([...sayingWords(display), ...sayingWords(local)])];
    if (words.length === 0) return [];
    const asked = words.slice(0, mostWords);
    return this.#all()
      .filter(({ facts }) => isWanted(facts.system))
      .map(({ db, facts }) => ({ terminology: facts, terms: termsIn(db, asked) }))
      .filter(({ terms }) => terms.length > 0);
  }

  close(): void {
    for (const { db } of this.#open.values()) db.close();
    this.#open.clear();
  }

  #all(): readonly Opened[] {
    return filesIn(this.#folder).map((file) => this.#opened(file));
  }

  #opened(file: string): Opened {
    const { mtimeMs, ino } = statSync(file);
    const known = this.#open.get(file);
    const stamp = `${mtimeMs} ${ino}`;
    if (known?.stamp === stamp) return known;
    known?.db.close();
    const db = new DatabaseSync(file, { readOnly: true });
    const row = db.prepare("SELECT facts FROM terminology").get();
    const facts = JSON.parse(String(row?.["facts"])) as LoadedTerminology;
    const opened = { db, facts, stamp };
    this.#open.set(file, opened);
    return opened;
  }
}

interface Opened {
  readonly db: DatabaseSync;
  readonly facts: LoadedTerminology;
  readonly stamp: string;
}

function filesIn(folder: string): readonly string[] {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(fileEnd));
    return files.toSorted().map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/**
 * Searching costs by how many names have a word, so that rare words go first, and common ones are
 * left out where there would be too many.
 */
function termsIn(db: DatabaseSync, wanted: readonly string[]): readonly Term[] {
  const known = wanted.flatMap((word) => wordsLike(db, word));
  let left = mostMatches;
  const asked = known
    .toSorted((one, other) => one.names - other.names)
    .filter(({ names }) => (left -= names) >= 0);
  if (asked.length === 0) return [];
  const rows = db
    .prepare(
      "SELECT name, also, code FROM names WHERE names MATCH ? ORDER BY bm25(names, 4.0, 1.0) LIMIT ?",
    )
    .all(asked.map(({ word }) => `"${word}"`).join(" OR "), mostTerms);
  return rows.map((row) => ({
    name: String(row["name"]),
    also: String(row["also"]),
    code: String(row["code"]),
  }));
}

/** The word and, of longer ones, words that begin with it; in how many names each is. */
function wordsLike(db: DatabaseSync, word: string) {
  const end = word.length >= 3 ? `${word}\u{10FFFF}` : `${word} `;
  const rows = db
    .prepare("SELECT term, doc FROM words WHERE term >= ? AND term < ? ORDER BY term LIMIT ?")
    .all(word, end, mostBeginnings);
  return rows.map((row) => ({ word: String(row["term"]), names: Number(row["doc"]) }));
}

/** The file of a terminology in a folder. */
export function terminologyFileIn(folder: string, system: string): string {
  return join(folder, `${encodeURIComponent(system)}${fileEnd}`);
}

/** `LOINC` for its address; a system that nobody is known to publish goes by its address. */
export function titleOfSystem(system: string): string {
  return publishedSystems.get(system)?.name ?? system;
}

const fileEnd = ".terms.db";
const mostWords = 16;
const mostTerms = 200;
/** Words that one beginning stands for. */
const mostBeginnings = 20;
/** Names that are ranked for one search; a tenth of a second where there are a million. */
const mostMatches = 20_000;
