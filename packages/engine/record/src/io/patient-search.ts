import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import { type Identifier, identifierOf } from "../identifier.ts";
import { wordsOf } from "../name-words.ts";

/** A patient found, with what orders the list. */
export interface FoundPatient {
  readonly number: number;
  readonly id: string;
  readonly heardAt: number;
}

/** What to look for, its guard taken off. */
export interface OpenedSearch {
  readonly site: string | undefined;
  readonly text: string;
  readonly limit: number;
  readonly after: { readonly heardAt: number; readonly id: string };
}

/** Finds patients by name or identifier, those heard of last first. */
export class PatientSearch {
  readonly #maxSorted: number;
  readonly #sites: StatementSync;
  readonly #newest: StatementSync;
  readonly #count: StatementSync;
  readonly #byWord: StatementSync;
  readonly #byValue: StatementSync;

  /** @param maxSorted Most matches of a name that are collected and sorted. */
  constructor({ reader }: SqliteFile, maxSorted: number) {
    this.#maxSorted = maxSorted;
    this.#sites = reader.prepare(sitesSql);
    this.#newest = reader.prepare(newestSql);
    this.#count = reader.prepare(countSql);
    this.#byWord = reader.prepare(byWordSql);
    this.#byValue = reader.prepare(byValueSql);
  }

  find(search: OpenedSearch): readonly FoundPatient[] {
    const sites = search.site === undefined ? this.#allSites() : [search.site];
    const found = sites.flatMap((site) => this.#findAt(site, search));
    const distinct = new Map(found.map((patient) => [patient.number, patient]));
    return [...distinct.values()].sort(newestFirst).slice(0, search.limit);
  }

  #allSites(): readonly string[] {
    return this.#sites.all().map((row) => String(row["site"]));
  }

  #findAt(site: string, search: OpenedSearch): readonly FoundPatient[] {
    const text = search.text.trim();
    if (text === "") return this.#walk(site, [], search);
    const named = wordsOf(text);
    const byName = named.length === 0 ? [] : this.#findNamed(site, named, search);
    return [...byName, ...this.#findIdentified(site, text, search)];
  }

  /**
   * A rare beginning: its matches are collected and sorted. A common one: the newest patients are
   * walked until enough of them match, which is soon, for it is common.
   */
  #findNamed(
    site: string,
    words: readonly string[],
    search: OpenedSearch,
  ): readonly FoundPatient[] {
    const longest = words.reduce((one, other) => (other.length > one.length ? other : one));
    const range = { site, from: longest, to: `${longest}\u{10FFFF}` };
    const matches = Number(this.#count.get({ ...range, most: this.#maxSorted + 1 })?.["matches"]);
    if (matches > this.#maxSorted) return this.#walk(site, words, search);
    const rows = this.#byWord.all({ ...range, ...bounds(search), words: JSON.stringify(words) });
    return rows as unknown as FoundPatient[];
  }

  #walk(site: string, words: readonly string[], search: OpenedSearch): readonly FoundPatient[] {
    const rows = this.#newest.all({ site, ...bounds(search), words: JSON.stringify(words) });
    return rows as unknown as FoundPatient[];
  }

  #findIdentified(site: string, text: string, search: OpenedSearch): readonly FoundPatient[] {
    return readingsOf(text).flatMap(({ system, value }) => {
      const rows = this.#byValue.all({ site, system, value, ...bounds(search) });
      return rows as unknown as FoundPatient[];
    });
  }
}

/** A text may be a whole value, or a value with its system. `%` stands for any system. */
export function readingsOf(text: string): readonly Identifier[] {
  const any = { system: "%", value: text };
  return text.includes("|") ? [any, identifierOf(text)] : [any];
}

function bounds({ limit, after }: OpenedSearch): { limit: number; heardAt: number; id: string } {
  return { limit, heardAt: after.heardAt, id: after.id };
}

function newestFirst(one: FoundPatient, other: FoundPatient): number {
  if (one.heardAt !== other.heardAt) return other.heardAt - one.heardAt;
  return one.id < other.id ? 1 : -1;
}

const found = "p.number, p.id, p.heard_at AS heardAt";
const page = "(p.heard_at, p.id) < (:heardAt, :id)";
const order = "ORDER BY p.heard_at DESC, p.id DESC LIMIT :limit";

/** Each word must begin a word of the patient's names. */
const matching =
  "NOT EXISTS (SELECT 1 FROM json_each(:words) AS w WHERE instr(p.names, ' ' || w.value) = 0)";

/** Steps from site to site along the index instead of reading every patient. */
const sitesSql = `
WITH RECURSIVE sites (site) AS (
  SELECT min(site) FROM record_patients WHERE merged_into IS NULL
  UNION ALL
  SELECT (SELECT min(p.site) FROM record_patients AS p
    WHERE p.site > sites.site AND p.merged_into IS NULL)
  FROM sites WHERE sites.site IS NOT NULL
)
SELECT site FROM sites WHERE site IS NOT NULL`;

const newestSql = `
SELECT ${found} FROM record_patients AS p INDEXED BY record_patients_heard
WHERE p.site = :site AND p.merged_into IS NULL AND ${page} AND ${matching} ${order}`;

const countSql = `
SELECT count(*) AS matches FROM (
  SELECT 1 FROM record_names WHERE site = :site AND word >= :from AND word < :to LIMIT :most)`;

const byWordSql = `
SELECT ${found} FROM record_patients AS p NOT INDEXED
WHERE p.number IN (
    SELECT patient FROM record_names WHERE site = :site AND word >= :from AND word < :to)
  AND p.merged_into IS NULL AND ${page} AND ${matching} ${order}`;

const byValueSql = `
SELECT ${found} FROM record_identifiers AS i CROSS JOIN record_patients AS p ON p.number = i.patient
WHERE i.value = :value AND :system IN ('%', i.system) AND i.site = :site AND ${page} ${order}`;
