import { phi, reveal } from "@trestle/base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Journal, type NewEntry, type Position, beginning } from "../journal.ts";

/** What every journal must do. A new backend passes this before it does anything else. */
export function describeJournal(name: string, open: () => Journal | Promise<Journal>): void {
  describe(`journal: ${name}`, () => {
    let journal: Journal;
    beforeEach(async () => {
      journal = await open();
    });
    afterEach(() => journal.close());

    describeAppend(() => journal);
    describeRead(() => journal);
  });
}

function describeAppend(journal: () => Journal): void {
  test("entries are numbered from 1 in the order of the calls", async () => {
    const appended = await Promise.all(["a", "b", "c"].map((id) => journal().append(entry(id))));
    expect(appended).toEqual([
      { outcome: "stored", position: 1 },
      { outcome: "stored", position: 2 },
      { outcome: "stored", position: 3 },
    ]);
    expect(journal().last()).toBe(3);
  });

  test("a repeated message is stored once and answers the first position", async () => {
    const first = await journal().append(entry("a"));
    const [again, sameTurn] = await Promise.all([
      journal().append(entry("a")),
      journal().append({ ...entry("a"), receivedAt: 99, remote: "127.0.0.1:2" }),
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
    await journal().append(entry("a"));
    const second = await journal().append({ ...entry("a"), ...change });
    expect(second.outcome).toBe("stored");
  });

  test("listeners are told after an append, until they end it", async () => {
    let calls = 0;
    const end = journal().onAppend(() => {
      calls += 1;
    });
    await journal().append(entry("a"));
    end();
    await journal().append(entry("b"));
    expect(calls).toBe(1);
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
      ...entry("a"),
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
    for (const id of ["a", "b", "c", "d"]) await journal().append(entry(id));
    const ids = async (after: number, limit: { count: number; bytes: number }) =>
      (await journal().read(after as Position, limit)).map(({ controlId }) => controlId);
    expect(await ids(1, { count: 2, bytes: 1000 })).toEqual(["b", "c"]);
    expect(await ids(0, { count: 9, bytes: 12 })).toEqual(["a", "b"]);
    expect(await ids(0, { count: 9, bytes: 1 })).toEqual(["a"]);
    expect(await ids(4, { count: 9, bytes: 1000 })).toEqual([]);
  });
}

/** An entry of six bytes that differs by its control id. */
function entry(controlId: string): NewEntry {
  return {
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-000000000000",
    receivedAt: 1_767_225_600_000,
    remote: "127.0.0.1:50000",
    controlId,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    raw: bytes(`MSH|^${controlId}`),
    receivedBytes: 6,
  };
}

function bytes(text: string) {
  return phi(new Uint8Array(Buffer.from(text)));
}

function factsOf(given: NewEntry): Omit<NewEntry, "raw"> {
  const { raw: _, ...facts } = given;
  return facts;
}
