import type { StatementSync } from "node:sqlite";
import type { SqliteFile } from "@trestle/sqlite";
import { type Elements, readElements } from "../elements.ts";
import { happenedAt, instantOf } from "../happened-at.ts";
import { isToldInParts, withNewerElements } from "../newer-elements.ts";
import type { RecentValues } from "../recent-values.ts";
import type { Heard } from "./opened-change.ts";
import { hashOf } from "./patient-rows.ts";

/** The items of the record: everything but the patients themselves. */
export class ResourceRows {
  readonly #recent: RecentValues;
  readonly #find: StatementSync;
  readonly #read: StatementSync;
  readonly #add: StatementSync;
  readonly #change: StatementSync;

  constructor({ writer }: SqliteFile, recent: RecentValues) {
    this.#recent = recent;
    this.#find = writer.prepare(
      `SELECT number, position, hash FROM record_resources
       WHERE id = ? AND resource_type = ? AND site = ?`,
    );
    this.#read = writer.prepare("SELECT body FROM record_resources WHERE number = ?");
    this.#add = writer.prepare(
      `INSERT INTO record_resources (id, resource_type, site, patient, position, heard_at,
         happened_at, sorted_at, versions, hash, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    );
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
   * @param patient Whose item it is; ignored for types that patients share.
   */
  put(heard: Heard, told: Elements, patient: number | undefined): void {
    const { id, resourceType } = told;
    if (id === undefined) return;
    const text = JSON.stringify(told);
    const hash = hashOf(text);
    const name = `${heard.site} ${resourceType} ${id}`;
    if (this.#recent.has(name, hash)) return;
    const stored = this.#find.get(id, resourceType, heard.site) as StoredResource | undefined;
    if (stored !== undefined && stored.position > heard.position) return;
    const owner = shared.has(resourceType) ? null : (patient ?? null);
    if (stored === undefined) this.#insert(heard, { told, text, hash, owner });
    else if (stored.hash !== hash) this.#replace(heard, stored.number, { told, text, hash, owner });
    this.#recent.keep(name, hash);
  }

  #insert({ site, position, receivedAt }: Heard, version: Version): void {
    const { told, text, hash, owner } = version;
    const { happened, sortedAt } = timesOf(told, receivedAt);
    const place = [told.id ?? "", told.resourceType, site, owner] as const;
    this.#add.run(...place, position, receivedAt, happened, sortedAt, hash, text);
  }

  #replace({ position, receivedAt }: Heard, number: number, version: Version): void {
    const { told, text, hash, owner } = version;
    if (!isToldInParts(told.resourceType)) {
      const { happened, sortedAt } = timesOf(told, receivedAt);
      this.#change.run(owner, position, receivedAt, happened, sortedAt, hash, text, number);
      return;
    }
    const body = String(this.#read.get(number)?.["body"]);
    const known = withNewerElements(readElements(body), told);
    const knownText = JSON.stringify(known);
    if (knownText === body) return;
    const { happened, sortedAt } = timesOf(known, receivedAt);
    this.#change.run(owner, position, receivedAt, happened, sortedAt, hash, knownText, number);
  }
}

/** What names no time is sorted by when it was heard, so that a cut list keeps it while it is new. */
function timesOf(told: Elements, receivedAt: number): { happened: string; sortedAt: number } {
  const happened = happenedAt(told);
  return { happened, sortedAt: instantOf(happened) ?? receivedAt };
}

/** Types that belong to the site and not to one patient. */
const shared = new Set([
  "Location",
  "Medication",
  "Organization",
  "Practitioner",
  "PractitionerRole",
]);

/** A resource as a message tells it. */
interface Version {
  readonly told: Elements;
  readonly text: string;
  readonly hash: string;
  readonly owner: number | null;
}

interface StoredResource {
  readonly number: number;
  readonly position: number;
  readonly hash: string;
}
