import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SqliteFile } from "../src/index.ts";

let folder: string;
let file: SqliteFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trestle-sqlite-"));
  file = new SqliteFile({
    file: join(folder, "test.db"),
    migrations: ["CREATE TABLE numbers (value INTEGER PRIMARY KEY) STRICT"],
  });
});

afterEach(async () => {
  await file.close();
  rmSync(folder, { recursive: true });
});

const add = (value: number) => () =>
  file.writer.prepare("INSERT INTO numbers (value) VALUES (?)").run(value);

const stored = () =>
  file.reader
    .prepare("SELECT value FROM numbers ORDER BY value")
    .all()
    .map((row) => row["value"]);

test("work of one turn is seen by readers together, after its promise resolved", async () => {
  const both = Promise.all([file.transact(add(1)), file.transact(add(2))]);
  expect(stored()).toEqual([]);
  await both;
  expect(stored()).toEqual([1, 2]);
});

test("a unit that throws is undone alone", async () => {
  const results = await Promise.allSettled([
    file.transact(add(1)),
    file.transact(() => {
      add(2)();
      throw new Error("no");
    }),
    file.transact(add(3)),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(stored()).toEqual([1, 3]);
});

test("work gives its result, and runs in the order it was asked for", async () => {
  const order: number[] = [];
  const results = await Promise.all(
    [3, 1, 2].map((value) =>
      file.transact(() => {
        order.push(value);
        return value * 10;
      }),
    ),
  );
  expect(results).toEqual([30, 10, 20]);
  expect(order).toEqual([3, 1, 2]);
});

test("a unit that throws rejects with its own error, whatever was thrown", async () => {
  const error = new Error("no");
  const thrown = (what: unknown) =>
    file.transact(() => {
      throw what;
    });
  await expect(thrown(error)).rejects.toBe(error);
  await expect(thrown(undefined)).rejects.toBeDefined();
});

test("a full disk refuses all that shares the commit, and keeps nothing of it", async () => {
  file.writer.exec("CREATE TABLE blobs (body BLOB)");
  const pages = Number(file.writer.prepare("PRAGMA page_count").get()?.["page_count"]);
  file.writer.exec(`PRAGMA max_page_count = ${pages}`);
  const large = () => file.writer.prepare("INSERT INTO blobs VALUES (zeroblob(1000000))").run();
  const both = await Promise.allSettled([file.transact(add(1)), file.transact(large)]);
  expect(both).toMatchObject([
    { status: "rejected", reason: { code: "sqlite.notStored", failure: "transient" } },
    { status: "rejected", reason: { code: "sqlite.notStored", failure: "transient" } },
  ]);
  expect(stored()).toEqual([]);
});

test("a full disk refuses the work, and takes it again once there is room", async () => {
  await file.transact(add(1));
  file.writer.exec("CREATE TABLE blobs (body BLOB)");
  const pages = Number(file.writer.prepare("PRAGMA page_count").get()?.["page_count"]);
  file.writer.exec(`PRAGMA max_page_count = ${pages}`);
  const large = () => file.writer.prepare("INSERT INTO blobs VALUES (zeroblob(1000000))").run();
  await expect(file.transact(large)).rejects.toMatchObject({ code: "sqlite.notStored" });
  file.writer.exec("PRAGMA max_page_count = 4294967294");
  await expect(file.transact(large)).resolves.toBeDefined();
});

test("work after close is refused, work before it is committed", async () => {
  const before = file.transact(add(7));
  await file.close();
  await file.close();
  await before;
  await expect(file.transact(add(8))).rejects.toMatchObject({ code: "sqlite.closed" });
  file = new SqliteFile({
    file: join(folder, "test.db"),
    migrations: ["CREATE TABLE numbers (value INTEGER PRIMARY KEY) STRICT"],
  });
  expect(stored()).toEqual([7]);
});

test("a file written by a newer version is refused", async () => {
  file.writer.exec("PRAGMA user_version = 9");
  expect(() => new SqliteFile({ file: join(folder, "test.db"), migrations: [] })).toThrow(
    /newerSchema/u,
  );
});

test("with a pause, work that comes soon after a commit shares the next one", async () => {
  const pauseMs = 40;
  const paused = new SqliteFile({ file: join(folder, "paused.db"), migrations: [], pauseMs });
  const commits = () =>
    Number(paused.reader.prepare("PRAGMA data_version").get()?.["data_version"]);
  await paused.transact(() => paused.writer.exec("CREATE TABLE t (n INTEGER) STRICT"));
  const before = commits();
  const started = performance.now();
  const first = paused.transact(() => paused.writer.exec("INSERT INTO t VALUES (1)"));
  await new Promise((resolve) => setImmediate(resolve));
  const second = paused.transact(() => paused.writer.exec("INSERT INTO t VALUES (2)"));
  await Promise.all([first, second]);
  // One turn of the clock less, for timers count from when the turn began.
  expect(performance.now() - started).toBeGreaterThan(pauseMs - 5);
  expect(commits()).toBe(before + 1);
  await paused.close();
});
