import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { phi } from "@trestle/base";
import { temporaryFolder } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Journal,
  type Position,
  beginning,
  openJournalReader,
  openSqliteJournal,
} from "../src/index.ts";
import { inventedEntry } from "../src/conformance.ts";

// What the contract leaves to a backend that lasts.

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let journal: Journal;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "journal.db");
  journal = openSqliteJournal(path);
});
afterEach(async () => {
  await journal.close();
  folder.remove();
});

describe("a journal that is opened again", () => {
  // Keys go into their index by the thousand, so both sides of it are looked at.
  test.each([{ count: 3 }, { count: 1001 }, { count: 2500 }])(
    "has all $count entries, knows their repeats, and counts on",
    async ({ count }) => {
      const ids = Array.from({ length: count }, (_, index) => `c${index}`);
      await Promise.all(ids.map((id) => journal.append(inventedEntry(id))));
      await reopen();
      expect(journal.last()).toBe(count);
      expect(await journal.read(beginning, { count: count + 1, bytes: 1e9 })).toHaveLength(count);
      const again = await Promise.all(ids.map((id) => journal.append(inventedEntry(id))));
      expect(again).toEqual(ids.map((_, index) => ({ outcome: "duplicate", position: index + 1 })));
      expect(await journal.append(inventedEntry("new"))).toEqual({
        outcome: "stored",
        position: count + 1,
      });
    },
  );

  test("has the numbers of its links", async () => {
    await journal.append(inventedEntry("a"), { link, number: 7, maxLinks: 1 });
    await reopen();
    expect(await journal.lastNumber(link)).toEqual({ number: 7, position: 1 });
  });

  test("that was written before links had numbers gets a table for them", async () => {
    await journal.append(inventedEntry("a"));
    change("DROP TABLE links; PRAGMA user_version = 1");
    await reopen();
    expect(journal.last()).toBe(1);
    await journal.append(inventedEntry("b"), { link, number: 7, maxLinks: 1 });
    expect(await journal.lastNumber(link)).toEqual({ number: 7, position: 2 });
  });

  test("has what was asked for before it was closed", async () => {
    const asked = journal.append(inventedEntry("a"));
    await reopen();
    expect(await asked).toEqual({ outcome: "stored", position: 1 });
    expect(await journal.get(1 as Position)).toMatchObject({ controlId: "a" });
  });
});

describe("an append that fails", () => {
  const refuse = "CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN new.control_id LIKE 'bad%' ";

  test("is told so, leaves no gap, and is no repeat when it comes again", async () => {
    change(`${refuse} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const results = await Promise.allSettled(
      ["a", "bad", "b"].map((id) => journal.append(inventedEntry(id))),
    );
    expect(results).toMatchObject([
      { value: { outcome: "stored", position: 1 } },
      { reason: { code: "journal.notStored", failure: "transient", cause: expect.any(Error) } },
      { value: { outcome: "stored", position: 2 } },
    ]);
    expect(journal.last()).toBe(2);
    change("DROP TRIGGER refuse");
    expect(await journal.append(inventedEntry("bad"))).toEqual({ outcome: "stored", position: 3 });
    expect(await journal.append(inventedEntry("b"))).toEqual({ outcome: "duplicate", position: 2 });
  });

  test("leaves its link the number before", async () => {
    change(`${refuse} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    await journal.append(inventedEntry("a"), { link, number: 7, maxLinks: 1 });
    await expect(
      journal.append(inventedEntry("bad"), { link, number: 8, maxLinks: 1 }),
    ).rejects.toThrow("journal.notStored");
    expect(await journal.lastNumber(link)).toEqual({ number: 7, position: 1 });
  });

  test("because its number cannot be kept stores nothing", async () => {
    change("CREATE TRIGGER refuse BEFORE INSERT ON links BEGIN SELECT RAISE(ABORT, 'no'); END");
    await expect(
      journal.append(inventedEntry("a"), { link, number: 7, maxLinks: 1 }),
    ).rejects.toThrow("journal.notStored");
    expect(await journal.get(1 as Position)).toBeUndefined();
    await expect(journal.append(inventedEntry("a"))).resolves.toMatchObject({ outcome: "stored" });
  });

  test("just as keys go into their index loses none of them", async () => {
    change(`${refuse} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const append = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, index) =>
          journal.append(inventedEntry(`c${from + index}`)),
        ),
      );
    const first = await append(0, 1000);
    // The next key is one too many for memory, and the commit that indexes them is undone.
    const next = append(1000, 1001);
    await expect(journal.append(inventedEntry("bad"))).rejects.toThrow("journal.notStored");
    await next;
    const repeats = first.map(({ position }) => ({ outcome: "duplicate", position }));
    expect(await append(0, 1000)).toEqual(repeats);
    await append(1001, 2500);
    expect(await append(0, 1000)).toEqual(repeats);
    await reopen();
    expect(await append(0, 1000)).toEqual(repeats);
    expect(journal.last()).toBe(2500);
  });

  test("twice as keys go into their index loses none of them either", async () => {
    change(`${refuse} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const append = (name: string, count: number) =>
      Promise.allSettled(
        Array.from({ length: count }, (_, index) =>
          journal.append(inventedEntry(`${name}${index}`)),
        ),
      );
    await append("first", 1000);
    await Promise.all([append("second", 1), append("bad", 1)]);
    await Promise.all([append("third", 1001), append("bad", 1)]);
    const repeats = Array.from({ length: 1000 }, (_, index) => ({
      value: { outcome: "duplicate", position: index + 1 },
    }));
    expect(await append("first", 1000)).toMatchObject(repeats);
    await reopen();
    expect(await append("first", 1000)).toMatchObject(repeats);
    expect(journal.last()).toBe(2002);
  });

  test("tells no listener and moves nothing", async () => {
    change(`${refuse} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    let calls = 0;
    journal.onAppend(() => {
      calls += 1;
    });
    await expect(journal.append(inventedEntry("bad"))).rejects.toThrow("journal.notStored");
    expect(calls).toBe(0);
    expect(journal.last()).toBe(beginning);
  });

  test("says nothing of what was in the message", async () => {
    change(`${refuse} BEGIN SELECT RAISE(ABORT, 'no'); END`);
    const failed: unknown = await journal
      .append({ ...inventedEntry("bad"), raw: phi(Buffer.from("MSH|KEEP-THIS-INSIDE")) })
      .catch((error: unknown) => error);
    expect(String(failed)).not.toContain("KEEP");
  });

  test("because the journal is closed is told so too", async () => {
    await journal.close();
    await expect(journal.append(inventedEntry("a"))).rejects.toMatchObject({
      code: "journal.notStored",
    });
    journal = openSqliteJournal(path);
  });
});

describe("a reader of a journal that someone else writes", () => {
  test("sees what was stored after it was opened", async () => {
    const reader = openJournalReader(path);
    expect([reader.last(), reader.before(0)]).toEqual([beginning, beginning]);
    await journal.append(inventedEntry("a"));
    expect(reader.last()).toBe(1);
    reader.close();
  });

  test("finds what stands in front of a time, whatever was removed", async () => {
    const times = Array.from({ length: 40 }, (_, index) => Math.floor(index / 3) * 10);
    for (const [index, receivedAt] of times.entries())
      await journal.append({ ...inventedEntry(`c${index}`), receivedAt });
    change("DELETE FROM entries WHERE position % 5 = 0 OR position < 7");
    await journal.close();
    const reader = openJournalReader(path);
    const left = reader.read(beginning, { count: 100, bytes: 1e9 });
    for (const time of [0, 20, 25, 70, 131]) {
      const wanted = left.filter(({ receivedAt }) => receivedAt >= time);
      const found = reader.read(reader.before(time), { count: 100, bytes: 1e9 });
      expect(found.map(({ position }) => position)).toEqual(wanted.map((each) => each.position));
      const range = { after: beginning, upTo: reader.last(), since: time };
      expect(reader.count(range)).toBe(wanted.length);
      expect(reader.count({ ...range, site: "elsewhere" })).toBe(0);
    }
    reader.close();
    journal = openSqliteJournal(path);
  });
});

const link = { listener: "hospital", sender: "a" };

async function reopen(): Promise<void> {
  await journal.close();
  journal = openSqliteJournal(path);
}

/** Changes the file from outside, as a fault would. */
function change(statement: string): void {
  const other = new DatabaseSync(path);
  other.exec(statement);
  other.close();
}
