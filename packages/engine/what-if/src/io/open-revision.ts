import { join, resolve } from "node:path";
import {
  type LoadedRevision,
  loadIntegration,
  loadRevision,
  sharedRevision,
} from "@trestle/integration";
import { journalFileName, openJournalReader } from "@trestle/journal";

type Quirks = NonNullable<Parameters<typeof loadRevision>[1]["quirks"]>;

/** Which revision of which folder is meant. */
export interface NamedRevision {
  /** The integration folder. */
  readonly directory: string;
  /**
   * `.` for the folder as it lies there; a path that begins with `./`, `../` or `/` for another
   * folder; else a commit, branch or tag of the folder's repository.
   */
  readonly name: string;
  /** Of sites that may have them. */
  readonly quirks: Quirks;
}

/** A revision that is open until `close`, or all of its problems. */
export type OpenedRevision = LoadedRevision;

/** Opens a revision by its name. Nothing is checked out, and nothing of the folder is written. */
export async function openRevision({
  directory,
  name,
  quirks,
}: NamedRevision): Promise<OpenedRevision> {
  if (!isPath(name)) return loadRevision(directory, { revision: name, quirks });
  const loaded = await loadIntegration(name === "." ? directory : resolve(name), { quirks });
  return loaded.ok ? { ...loaded, close: () => Promise.resolve() } : loaded;
}

/** The journal of a data folder. */
export function journalIn(dataFolder: string): string {
  return join(dataFolder, journalFileName);
}

/**
 * The name of the revision that took the newest message of a journal; undefined where there is none.
 * Of a message of production it is that of the folder, for an approval is not in the journal.
 *
 * @throws {TrestleError} `sqlite.notOpened`
 */
export function revisionInForce(journalFile: string): string | undefined {
  const journal = openJournalReader(journalFile);
  try {
    const newest = journal.get(journal.last());
    return newest && sharedRevision(newest.revision);
  } finally {
    journal.close();
  }
}

function isPath(name: string): boolean {
  return name === "." || /^\.{0,2}\//u.test(name);
}
