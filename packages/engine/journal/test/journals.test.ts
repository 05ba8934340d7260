import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeJournal, describeOutbox } from "@trestle/journal/conformance";
import { SqliteFile } from "@trestle/sqlite";
import {
  SqliteOutbox,
  lastDeliverySchema,
  openMemoryJournal,
  openSqliteJournal,
  outboxSchema,
} from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "trestle-journal-"));
let files = 0;

function newFile(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

describeJournal("memory", openMemoryJournal);
describeJournal("sqlite", () => openSqliteJournal(newFile()));
describeOutbox("sqlite", () => {
  const state = new SqliteFile({ file: newFile(), migrations: [outboxSchema, lastDeliverySchema] });
  return { outbox: new SqliteOutbox(state), close: () => state.close() };
});
