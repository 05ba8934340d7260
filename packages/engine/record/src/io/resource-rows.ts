import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import { readElements } from "../elements.ts";
import { happenedAt, instantOf } from "../happened-at.ts";
import { isToldInParts, withNewerElements } from "../newer-elements.ts";
import type { Heard, PreparedResource } from "../prepared-change.ts";
import type { RecentValues } from "../recent-values.ts";
import { isOfSite } from "../site-types.ts";

/** The items of the record: everything but the patients themselves. */
export class ResourceRows {
  readonly #recent: RecentValues;
  readonly #find: StatementSync;
  readonly #read: StatementSync;
  readonly #add: StatementSync;
  readonly #change: StatementSync;
  readonly #own: StatementSync;

  constructor({ writer }: SqliteFile, recent: RecentValues) {
    this.#recent = recent;
    this.#find = writer.prepare(
      `SELECT number, patient, position, hash FROM record_resources
       WHERE id = ? AND resource_type = ? AND site = ?`,
    );
    this.#read = writer.prepare("SELECT body FROM record_resources WHERE number = ?");
    this.#add = writer.prepare(
      `INSERT INTO record_resources (id, resource_type, site, patient, position, heard_at,
         happened_at, sorted_at, versions, hash, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    );
    this.#own = writer.prepare("UPDATE record_resources SET patient = ? WHERE number = ?");
    this.#change = writer.prepare(
      `UPDATE record_resources SET patient = coalesce(?, patient), position = ?, heard_at = ?,
         happened_at = ?, sorted_at = ?, versions = versions + 1, hash = ?, body = ?
       WHERE number = ?`,
    );
  }

  /**
   * Adds an item or gives it a new version. What was heard before in the same words costs no
   * write, and where it was heard lately no read either.
   *
   * @param patient Whose item it is; ignored for types that belong to the site.
   */
  put(heard: Heard, told: PreparedResource, patient: number | undefined): void {
    const { id, resourceType, hash } = told;
    if (id === "") return;
    const name = `${heard.site} ${resourceType} ${id}`;
    const owner = isOfSite(resourceType) ? null : (patient ?? null);
    const heardNow = owner === null ? `nobody's ${hash}` : hash;
    if (this.#recent.has(name, heardNow)) return;
    const stored = this.#find.get(id, resourceType, heard.site) as StoredResource | undefined;
    if (stored !== undefined && stored.position > heard.position) return;
    if (stored === undefined) this.#insert(heard, told, owner);
    else if (stored.hash !== hash) this.#replace(heard, { number: stored.number, owner }, told);
    else if (stored.patient === null && owner !== null) this.#own.run(owner, stored.number);
    this.#recent.keep(name, heardNow);
  }

  #insert(
    { site, position, receivedAt }: Heard,
    told: PreparedResource,
    owner: number | null,
  ): void {
    const { id, resourceType, text, hash, happenedAt: happened } = told;
    const place = [id, resourceType, site, owner] as const;
    const times = [receivedAt, happened, sortedAt(happened, receivedAt)] as const;
    this.#add.run(...place, position, ...times, hash, text);
  }

  #replace(
    { position, receivedAt }: Heard,
    { number, owner }: { number: number; owner: number | null },
    told: PreparedResource,
  ): void {
    const version = isToldInParts(told.resourceType) ? this.#united(number, told) : told;
    if (version === undefined) return;
    const { text, happenedAt: happened } = version;
    const times = [receivedAt, happened, sortedAt(happened, receivedAt)] as const;
    this.#change.run(owner, position, ...times, told.hash, text, number);
  }

  /** What is known after a message that tells a part; undefined where that was known before. */
  #united(number: number, told: PreparedResource): Version | undefined {
    const body = String(this.#read.get(number)?.["body"]);
    const known = withNewerElements(readElements(body), readElements(told.text));
    const text = JSON.stringify(known);
    return text === body ? undefined : { text, happenedAt: happenedAt(known) };
  }
}

/** What names no time is sorted by when it was heard, so that a cut list keeps it while it is new. */
function sortedAt(happened: string, receivedAt: number): number {
  return instantOf(happened) ?? receivedAt;
}

/** What a row takes of a resource. */
type Version = Pick<PreparedResource, "text" | "happenedAt">;

interface StoredResource {
  readonly number: number;
  readonly patient: number | null;
  readonly position: number;
  readonly hash: string;
}
