import { DatabaseSync } from "node:sqlite";
import { sqliteErrors } from "@trestle/sqlite";
import type { Entry, Position, ReadLimit } from "../journal.ts";
import { Entries } from "./entries.ts";

/** Reads a journal that someone else writes, such as another thread. */
export interface JournalReader {
  /** As `Journal.read`: sees every entry that was durable when it was called. */
  read(after: Position, limit: ReadLimit): readonly Entry[];
  close(): void;
}

/** @throws {TrestleError} `sqlite.notOpened`, as where there is no journal yet. */
export function openJournalReader(file: string): JournalReader {
  try {
    const reader = new DatabaseSync(file, { readOnly: true });
    const entries = new Entries(reader);
    return { read: (after, limit) => entries.after(after, limit), close: () => reader.close() };
  } catch (error) {
    throw sqliteErrors.notOpened({}, error);
  }
}
