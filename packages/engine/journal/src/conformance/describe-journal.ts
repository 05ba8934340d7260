import { phi, reveal } from "@trestle/base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Counted,
  type Entry,
  type Journal,
  type Link,
  type NewEntry,
  type Position,
  beginning,
} from "../journal.ts";
import { inventedEntry } from "./invented-entry.ts";

/** What every journal must do. A new backend passes this before it does anything else. */
export function describeJournal(name: string, open: () => Journal | Promise<Journal>): void {
  describe(`journal: ${name}`, () => {
    let journal: Journal;
    beforeEach(async () => {
      journal = await open();
    });
    afterEach(() => journal.close());

    describeAppend(() => journal);
    describeFind(() => journal);
    describeNumbers(() => journal);
    describeListeners(() => journal);
    describeRead(() => journal);
    describeImmutability(() => journal);
  });
}

function describeAppend(journal: () => Journal): void {
  test("entries are numbered from 1 in the order of the calls", async () => {
    const appended = await Promise.all(
      ["a", "b", "c"].map((id) => journal().append(inventedEntry(id))),
    );
    expect(appended).toEqual([
      { outcome: "stored", position: 1 },
      { outcome: "stored", position: 2 },
      { outcome: "stored", position: 3 },
    ]);
    expect(journal().last()).toBe(3);
  });

  test("a repeated message is stored once and answers the first position", async () => {
    const first = await journal().append(inventedEntry("a"));
    const [again, sameTurn] = await Promise.all([
      journal().append(inventedEntry("a")),
      journal().append({ ...inventedEntry("a"), receivedAt: 99, remote: "127.0.0.1:2" }),
    ]);
    expect(again).toEqual({ outcome: "duplicate", position: first.position });
    expect(sameTurn).toEqual({ outcome: "duplicate", position: first.position });
    expect(journal().last()).toBe(first.position);
  });

  test.each([
    { differs: "site", change: { site: "other" } },
    { differs: "channel", change: { channel: "other" } },
    { differs: "control id", change: { controlId: "other" } },
    { differs: "content", change: { raw: bytes("MSH|other") } },
    { differs: "disposition", change: { disposition: "refused" as const } },
  ])("a message that differs in $differs is another entry", async ({ change }) => {
    await journal().append(inventedEntry("a"));
    const second = await journal().append({ ...inventedEntry("a"), ...change });
    expect(second.outcome).toBe("stored");
  });

  test("a repeat is found among many, at once and in the order of the calls", async () => {
    const ids = Array.from({ length: 2500 }, (_, index) => `c${index}`);
    await Promise.all(ids.map((id) => journal().append(inventedEntry(id))));
    const again = await Promise.all(ids.map((id) => journal().append(inventedEntry(id))));
    expect(again).toEqual(ids.map((_, index) => ({ outcome: "duplicate", position: index + 1 })));
    expect(journal().last()).toBe(ids.length);
  });
}

function describeFind(journal: () => Journal): void {
  test("an equal entry is found, also in the turn in which it is appended, and no other", async () => {
    expect(await journal().find(inventedEntry("a"))).toBeUndefined();
    const [, , found] = await Promise.all([
      journal().append(inventedEntry("a")),
      journal().append(inventedEntry("b")),
      journal().find({ ...inventedEntry("b"), receivedAt: 99 }),
    ]);
    expect(found).toBe(2);
    expect(await journal().find({ ...inventedEntry("a"), controlId: "other" })).toBeUndefined();
    expect(journal().last()).toBe(2);
  });
}

function describeNumbers(journal: () => Journal): void {
  test("a link has the last number that came with an entry, and where that entry stands", async () => {
    expect(await journal().lastNumber(link("a"))).toBeUndefined();
    await journal().append(inventedEntry("none"));
    await Promise.all([
      journal().append(inventedEntry("one"), counted("a", 7)),
      journal().append(inventedEntry("two"), counted("a", 8)),
      journal().append(inventedEntry("three"), counted("b", 1)),
    ]);
    expect(await journal().lastNumber(link("a"))).toEqual({ number: 8, position: 3 });
    expect(await journal().lastNumber(link("b"))).toEqual({ number: 1, position: 4 });
    expect(await journal().lastNumber({ ...link("a"), listener: "other" })).toBeUndefined();
  });

  test("a repeated message gives its link the number and the first position", async () => {
    for (const id of ["a", "b"]) await journal().append(inventedEntry(id));
    await journal().append(inventedEntry("a"), counted("a", 5));
    expect(await journal().lastNumber(link("a"))).toEqual({ number: 5, position: 1 });
  });

  test("a link can start anew, with an entry and without", async () => {
    for (const sender of ["a", "b", "c"]) {
      await journal().append(inventedEntry(sender), counted(sender, 5));
    }
    await journal().append(inventedEntry("reset"), counted("a", undefined));
    await journal().forgetNumber(link("b"));
    await journal().forgetNumber(link("nobody"));
    const numbers = await Promise.all(
      ["a", "b", "c"].map((one) => journal().lastNumber(link(one))),
    );
    expect(numbers).toEqual([
      { number: undefined, position: 4 },
      undefined,
      { number: 5, position: 3 },
    ]);
    expect(journal().last()).toBe(4);
  });

  test("a link that starts anew takes a place as well", async () => {
    await journal().append(inventedEntry("a"), counted("a", undefined, 1));
    await expect(
      journal().append(inventedEntry("b"), counted("b", undefined, 1)),
    ).rejects.toMatchObject({
      code: "journal.tooManyLinks",
    });
    expect(await journal().find(inventedEntry("b"))).toBeUndefined();
    await journal().append(inventedEntry("c"), counted("a", 1, 1));
    expect(await journal().lastNumber(link("a"))).toEqual({ number: 1, position: 2 });
  });

  test("one link too many stores nothing, and leaves room for the others of its turn", async () => {
    const results = await Promise.allSettled([
      journal().append(inventedEntry("a"), counted("a", 1, 2)),
      journal().append(inventedEntry("b"), counted("b", 1, 2)),
      journal().append(inventedEntry("c"), counted("c", 1, 2)),
      journal().append(inventedEntry("d"), counted("a", 2, 2)),
      journal().append(inventedEntry("e"), {
        ...counted("c", 1, 2),
        link: { listener: "l", sender: "c" },
      }),
    ]);
    expect(results.map(({ status }) => status).join(" ")).toBe(
      "fulfilled fulfilled rejected fulfilled fulfilled",
    );
    expect(results[2]).toMatchObject({ reason: { code: "journal.tooManyLinks" } });
    expect(await journal().find(inventedEntry("c"))).toBeUndefined();
    await journal().forgetNumber(link("b"));
    await journal().append(inventedEntry("c"), counted("c", 1, 2));
    expect(await journal().lastNumber(link("c"))).toEqual({ number: 1, position: 5 });
  });
}

function describeListeners(journal: () => Journal): void {
  test("a listener is told after an append, until it ends that", async () => {
    let calls = 0;
    const end = journal().onAppend(() => {
      calls += 1;
    });
    await journal().append(inventedEntry("a"));
    end();
    await journal().append(inventedEntry("b"));
    expect(calls).toBe(1);
  });

  test("a repeat is nothing new: no listener hears of it, and the newest stays the newest", async () => {
    await Promise.all(["a", "b"].map((id) => journal().append(inventedEntry(id))));
    let calls = 0;
    journal().onAppend(() => {
      calls += 1;
    });
    await journal().append(inventedEntry("a"));
    expect(calls).toBe(0);
    expect(journal().last()).toBe(2);
  });

  test("what a listener is told of can be read at once", async () => {
    const seen: Promise<readonly Entry[]>[] = [];
    const heard: Position[] = [];
    journal().onAppend(() => {
      heard.push(journal().last());
      seen.push(journal().read(beginning, { count: 10, bytes: 1000 }));
    });
    await Promise.all([journal().append(inventedEntry("a")), journal().append(inventedEntry("b"))]);
    const read = await Promise.all(seen);
    expect(heard.at(-1)).toBe(2);
    for (const [index, entries] of read.entries()) {
      expect(entries.length).toBeGreaterThanOrEqual(heard[index] ?? Infinity);
    }
  });

  test("each listener is told, and one that ends leaves the others", async () => {
    const calls: string[] = [];
    const end = journal().onAppend(() => calls.push("one"));
    journal().onAppend(() => calls.push("other"));
    end();
    end();
    await journal().append(inventedEntry("a"));
    expect(calls).toEqual(["other"]);
  });
}

function describeRead(journal: () => Journal): void {
  test("an empty journal reads as nothing", async () => {
    expect(journal().last()).toBe(beginning);
    expect(await journal().read(beginning, { count: 10, bytes: 1000 })).toEqual([]);
    expect(await journal().get(1 as Position)).toBeUndefined();
  });

  test("reading gives back every fact and byte", async () => {
    const given: NewEntry = {
      ...inventedEntry("a"),
      disposition: "refused",
      answer: "AR",
      reason: { code: "x.y", text: "No.", hint: "Ask.", at: "MSH-9" },
    };
    const { position } = await journal().append(given);
    const [read] = await journal().read(beginning, { count: 1, bytes: 1000 });
    expect(read).toMatchObject({ ...factsOf(given), position });
    expect(await journal().get(position)).toMatchObject({ ...factsOf(given), position });
    expect(read && Buffer.from(reveal(read.raw))).toEqual(Buffer.from(reveal(given.raw)));
  });

  test("reading goes on after a position, oldest first, within both limits", async () => {
    for (const id of ["a", "b", "c", "d"]) await journal().append(inventedEntry(id));
    const ids = async (after: number, limit: { count: number; bytes: number }) =>
      (await journal().read(after as Position, limit)).map(({ controlId }) => controlId);
    expect(await ids(1, { count: 2, bytes: 1000 })).toEqual(["b", "c"]);
    expect(await ids(0, { count: 9, bytes: 12 })).toEqual(["a", "b"]);
    expect(await ids(0, { count: 9, bytes: 1 })).toEqual(["a"]);
    expect(await ids(4, { count: 9, bytes: 1000 })).toEqual([]);
    expect(await ids(99, { count: 9, bytes: 1000 })).toEqual([]);
  });

  test("a broken frame counts with the bytes that were kept of it", async () => {
    for (const id of ["a", "b"]) {
      await journal().append({ ...broken(id), receivedBytes: 50_000_000 });
    }
    expect(await journal().read(beginning, { count: 9, bytes: 12 })).toHaveLength(2);
  });

  test("a frame without bytes and without a name is kept like any other", async () => {
    const nothing = { ...broken(""), raw: bytes(""), receivedBytes: 0 };
    await journal().append(nothing);
    const read = await journal().get(1 as Position);
    expect(read).toMatchObject(factsOf(nothing));
    expect(read && reveal(read.raw).byteLength).toBe(0);
  });

  test("bytes that are no text come back as they were", async () => {
    const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await journal().append({ ...inventedEntry("a"), raw: phi(every) });
    const read = await journal().get(1 as Position);
    expect(read && Buffer.from(reveal(read.raw))).toEqual(Buffer.from(every));
  });

  test.each([0, 2, -1])(
    "there is no entry at position %i of a journal with one",
    async (position) => {
      await journal().append(inventedEntry("a"));
      expect(await journal().get(position as Position)).toBeUndefined();
    },
  );
}

function describeImmutability(journal: () => Journal): void {
  const content = async () => {
    const read = await journal().get(1 as Position);
    return read && Buffer.from(reveal(read.raw)).toString();
  };

  test("an entry stays as it is when the sender's buffer is used again", async () => {
    const buffer = Buffer.from("MSH|^a");
    await journal().append({ ...inventedEntry("a"), raw: phi(buffer) });
    buffer.fill("x");
    expect(await content()).toBe("MSH|^a");
  });

  test("an entry stays as it is when a reader writes into what it read", async () => {
    await journal().append(inventedEntry("a"));
    const [read] = await journal().read(beginning, { count: 1, bytes: 1000 });
    if (read !== undefined) reveal(read.raw).fill(0);
    expect(await content()).toBe("MSH|^a");
  });

  test("an entry stays as it is when an equal one comes with other facts", async () => {
    await journal().append(inventedEntry("a"));
    await journal().append({ ...inventedEntry("a"), revision: "h-111111111111", receivedAt: 99 });
    expect(await journal().get(1 as Position)).toMatchObject(factsOf(inventedEntry("a")));
  });
}

function link(sender: string): Link {
  return { listener: "hospital", sender };
}

function counted(sender: string, number: number | undefined, maxLinks = 9): Counted {
  return { link: link(sender), number, maxLinks };
}

function broken(controlId: string): NewEntry {
  const reason = { code: "mllp.frameTooLarge", text: "Too large.", hint: "Split it." };
  return { ...inventedEntry(controlId), disposition: "broken", answer: "none", reason };
}

function bytes(text: string) {
  return phi(new Uint8Array(Buffer.from(text)));
}

function factsOf(given: NewEntry): Omit<NewEntry, "raw"> {
  const { raw: _, ...facts } = given;
  return facts;
}
