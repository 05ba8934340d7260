import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SqliteFile } from "../src/index.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trestle-sqlite-"));
  path = join(folder, "test.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const beds = "CREATE TABLE beds (name TEXT PRIMARY KEY) STRICT; INSERT INTO beds VALUES ('2-14')";
const wards = "CREATE TABLE wards (name TEXT PRIMARY KEY) STRICT";

describe("an open file", () => {
  test("syncs the disk in each commit, and logs ahead", async () => {
    const file = new SqliteFile({ file: path, migrations: [] });
    expect(pragma(file.writer, "journal_mode")).toBe("wal");
    // 2 is FULL. With 1, NORMAL, a power cut may take commits back that were answered already.
    expect(pragma(file.writer, "synchronous")).toBe(2);
    await file.close();
  });

  test("keeps to the limits it was given", async () => {
    const limits = { cacheBytes: 1024 * 1024, walBytes: 64 * 1024, pageBytes: 16_384 };
    const file = new SqliteFile({ file: path, migrations: [beds], ...limits });
    expect(pragma(file.writer, "page_size")).toBe(16_384);
    expect(pragma(file.writer, "cache_size")).toBe(-1024);
    expect(pragma(file.writer, "journal_size_limit")).toBe(64 * 1024);
    expect(pragma(file.writer, "wal_autocheckpoint")).toBe(4);
    await file.close();
  });

  test("has a reader that cannot write", async () => {
    const file = new SqliteFile({ file: path, migrations: [beds] });
    expect(() => file.reader.exec("DELETE FROM beds")).toThrow(/readonly/u);
    await file.close();
  });
});

describe("migrations", () => {
  test("run once each in the life of a file, and keep what is in it", async () => {
    await new SqliteFile({ file: path, migrations: [beds] }).close();
    const file = new SqliteFile({ file: path, migrations: [beds, wards] });
    expect(file.reader.prepare("SELECT name FROM beds").all()).toMatchObject([{ name: "2-14" }]);
    expect(file.reader.prepare("SELECT name FROM wards").all()).toEqual([]);
    await file.close();
  });

  test("that fail are undone whole, and the file is free for whoever comes next", async () => {
    const broken = "CREATE TABLE half (name TEXT) STRICT; INSERT INTO nowhere VALUES (1)";
    expect(() => new SqliteFile({ file: path, migrations: [beds, broken] })).toThrow(
      expect.objectContaining({ code: "sqlite.notOpened", cause: expect.any(Error) }),
    );
    const file = new SqliteFile({ file: path, migrations: [beds, wards] });
    expect(tables(file)).toEqual(["beds", "wards"]);
    await file.close();
  });

  test("of a newer version are refused, and the file is left as it was", async () => {
    await new SqliteFile({ file: path, migrations: [beds, wards] }).close();
    expect(() => new SqliteFile({ file: path, migrations: [beds] })).toThrow(
      expect.objectContaining({ code: "sqlite.newerSchema", facts: { version: 2 } }),
    );
    const other = new DatabaseSync(path);
    // Leaving the log is possible only where nobody else has the file open.
    expect(pragma(other, "journal_mode = DELETE")).toBe("delete");
    other.close();
  });
});

describe("what cannot be opened", () => {
  test.each([
    { what: "a folder that is not there", name: "nowhere/test.db" },
    { what: "a folder in place of a file", name: "." },
  ])("$what is a permanent failure with a hint", ({ name }) => {
    expect(() => new SqliteFile({ file: join(folder, name), migrations: [] })).toThrow(
      expect.objectContaining({
        code: "sqlite.notOpened",
        failure: "permanent",
        hint: expect.stringContaining("folder"),
      }),
    );
  });
});

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function tables(file: SqliteFile): unknown[] {
  return file.reader
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map((row) => row["name"]);
}
