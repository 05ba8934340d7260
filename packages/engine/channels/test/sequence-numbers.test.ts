import { type Journal, beginning, openMemoryJournal } from "@trestle/journal";
import { memorySequenceStore, openSequenceFile } from "@trestle/mllp";
import { FakeClock, temporaryFolder } from "@trestle/testkit";
import { beforeEach, describe, expect, test } from "vitest";
import { type Door, LinkOrder, Outcomes, receive } from "../src/index.ts";
import { codeOf, doorTo, fieldOf, frame, message, said } from "./at-the-door.ts";

let journal: Journal;
beforeEach(() => {
  journal = openMemoryJournal();
});

describe("sequence numbers", () => {
  test("are taken in their order, and MSA-4 says what is expected", async () => {
    const door = { ...doorTo(journal), links: new LinkOrder(memorySequenceStore()) };
    const rows = [
      { sequence: "0", code: "AA", expected: "-1" },
      { sequence: "7", code: "AA", expected: "7" },
      { sequence: "8", code: "AA", expected: "8" },
      { sequence: "8", code: "AA", expected: "9" },
      { sequence: "10", code: "AR", expected: "9" },
      { sequence: "3", code: "AR", expected: "9" },
      { sequence: "0", code: "AA", expected: "9" },
      { sequence: "9", code: "AA", expected: "9" },
      { sequence: "-1", code: "AA", expected: "-1" },
      { sequence: "2", code: "AA", expected: "2" },
      { sequence: "", code: "AA", expected: undefined },
    ];
    for (const { sequence, code, expected } of rows) {
      const segments = ["0", "-1"].includes(sequence) ? [] : ["EVN|A08"];
      const asked = message({ id: `i${sequence}`, sequence, segments });
      const { answer } = await receive(door, frame(asked));
      expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual([code, expected]);
    }
    const kept = await entries();
    expect(kept.filter(({ disposition }) => disposition === "accepted")).toHaveLength(5);
    expect(kept.filter(({ disposition }) => disposition === "refused")).toMatchObject([
      { controlId: "i10", reason: { code: "channels.sequenceMismatch" } },
      { controlId: "i3", reason: { code: "channels.sequenceMismatch" } },
    ]);
  });

  test.each([
    { sequence: "0", last: 5, expected: "6", kept: 5 },
    { sequence: "-1", last: 5, expected: "-1", kept: undefined },
  ])(
    "$sequence on a message that carries something does not keep it from the journal",
    async (row) => {
      const { sequence, last, expected, kept } = row;
      const store = memorySequenceStore();
      await store.write(link, { number: last });
      const door = { ...doorTo(journal), links: new LinkOrder(store) };
      const asked = message({ sequence, segments: ["EVN|A08", "PID|1||7^^^SF^MR"] });
      const { answer } = await receive(door, frame(asked));
      expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual(["AA", expected]);
      expect(await entries()).toMatchObject([{ disposition: "accepted", controlId: "1" }]);
      expect((await store.read(link))?.number).toBe(kept);
    },
  );

  test.each(["0", "-1"])(
    "%s on a message that could not be stored is no yes, and changes no number",
    async (sequence) => {
      const store = memorySequenceStore();
      await store.write(link, { number: 5 });
      const append = () => Promise.reject(new Error("disk full"));
      const links = new LinkOrder(store);
      const door = { ...doorTo({ ...journal, append }), links };
      expect(await said(message({ sequence }), door)).toEqual(["AR"]);
      expect((await store.read(link))?.number).toBe(5);
    },
  );

  test.each(["0", "-1"])(
    "%s on a message that cannot be read is kept as refused",
    async (sequence) => {
      const door = { ...doorTo(journal), links: new LinkOrder(memorySequenceStore()) };
      expect(await said(message({ sequence, segments: ["no segment"] }), door)).toEqual(["AE"]);
      expect(await entries()).toMatchObject([{ disposition: "refused" }]);
    },
  );

  test("of acknowledgements are not looked at: they are kept and never answered", async () => {
    const store = memorySequenceStore();
    await store.write(link, { number: 5 });
    const addresseeOf = () => ({ ok: true, value: { site: "s", channel: "c" } }) as const;
    const door = { ...doorTo(journal), addresseeOf, links: new LinkOrder(store) };
    for (const sequence of ["0", "-1", "6", "9"]) {
      const answer = message({ id: sequence, sequence, type: "ACK^A08", segments: [] });
      expect(await said(answer, door)).toEqual([]);
    }
    expect(await entries()).toHaveLength(4);
    expect((await store.read(link))?.number).toBe(5);
  });

  test("are judged in the order in which messages came, however slow the disk is", async () => {
    const turns: (() => void)[] = [];
    const slow: Journal = {
      ...journal,
      async append(entry) {
        await new Promise<void>((resolve) => turns.push(resolve));
        return journal.append(entry);
      },
    };
    const links = new LinkOrder(memorySequenceStore());
    const door = { ...doorTo(journal), journal: slow, links };
    const all = ["1", "2", "3"].map((sequence) =>
      receive(door, frame(message({ id: sequence, sequence }))),
    );
    for (let left = 3; left > 0; left -= 1) {
      while (turns.length === 0) await new Promise(setImmediate);
      expect(turns).toHaveLength(1);
      turns.pop()?.();
    }
    const replies = await Promise.all(all);
    const answers = await Promise.all(replies.map(async ({ answer }) => answer));
    expect(answers.map((answer) => fieldOf(answer, "MSA-4"))).toEqual(["1", "2", "3"]);
  });

  test("that were not kept are no yes, and the repeat finds its entry", async () => {
    const store = memorySequenceStore();
    let isBroken = true;
    const links = new LinkOrder({
      ...store,
      write: (link, last) =>
        isBroken ? Promise.reject(new Error("full")) : store.write(link, last),
    });
    const door = { ...doorTo(journal), links };
    const first = await receive(door, frame(message({ sequence: "1" })));
    expect([first.isStored, codeOf(await first.answer)]).toEqual([false, "AR"]);
    isBroken = false;
    expect(await said(message({ sequence: "1" }), door)).toEqual(["AA"]);
    expect(await entries()).toHaveLength(1);
  });

  test("that were not kept leave the place to another that waits for its outcome", async () => {
    const write = () => Promise.reject(new Error("full"));
    const links = new LinkOrder({ ...memorySequenceStore(), write });
    const outcomes = new Outcomes({
      clock: new FakeClock(),
      timeoutMs: 1000,
      maxWaiting: 1,
      find: () => Promise.resolve(undefined),
    });
    const door = { ...doorTo(journal, "processed"), links, outcomes };
    expect((await receive(door, frame(message({ sequence: "1" })))).isStored).toBe(false);
    expect((await receive(door, frame(message({ id: "2" })))).isStored).toBe(true);
  });

  test("find the entry of a repeat that was written anew, such as with another MSH-7", async () => {
    const door = { ...doorTo(journal), links: new LinkOrder(memorySequenceStore()) };
    for (const expected of ["1", "2", "2"]) {
      const asked = message({ sequence: "1", at: `2026011510300${expected}` });
      const reply = await receive(door, frame(asked));
      const answer = await reply.answer;
      expect([reply.isStored, codeOf(answer), fieldOf(answer, "MSA-4")]).toEqual([
        true,
        "AA",
        expected,
      ]);
    }
    expect(await entries()).toHaveLength(1);
  });

  test.each([
    { what: "another control id", first: "1", second: "2" },
    { what: "no control id", first: "", second: "" },
  ])("take a repeat with $what for a message of its own", async ({ first, second }) => {
    const door = { ...doorTo(journal), links: new LinkOrder(memorySequenceStore()) };
    for (const [id, at] of [
      [first, "2026"],
      [second, "2027"],
    ] as const) {
      expect(await said(message({ sequence: "1", id, at }), door)).toEqual(["AA"]);
    }
    expect((await entries()).map(({ controlId }) => controlId)).toEqual([first, second]);
  });

  test("store a repeat whose entry is gone", async () => {
    const links = new LinkOrder(memorySequenceStore());
    await receive({ ...doorTo(journal), links }, frame(message({ sequence: "1", at: "2026" })));
    journal = openMemoryJournal();
    const door = { ...doorTo(journal), links };
    expect(await said(message({ sequence: "1", at: "2027" }), door)).toEqual(["AA"]);
    expect(await entries()).toHaveLength(1);
  });

  test("of a repeat whose entry cannot be read now say that it comes again", async () => {
    const door = { ...doorTo(journal), links: new LinkOrder(memorySequenceStore()) };
    await receive(door, frame(message({ sequence: "1" })));
    const get = () => Promise.reject(new Error("the disk failed"));
    const repeat = message({ sequence: "1", at: "2027" });
    const reply = await receive({ ...door, journal: { ...journal, get } }, frame(repeat));
    const answer = await reply.answer;
    expect([reply.isStored, codeOf(answer), fieldOf(answer, "MSA-4")]).toEqual([false, "AR", "2"]);
    expect(await said(repeat, door)).toEqual(["AA"]);
    expect(await entries()).toHaveLength(1);
  });

  test("tell the sender of such a repeat what became of its entry", async () => {
    const outcomes = new Outcomes({
      clock: new FakeClock(),
      timeoutMs: 1000,
      maxWaiting: 1,
      find: async (position) => {
        const [entry] = await entries();
        if (entry === undefined) return undefined;
        const { raw: _raw, remote: _remote, ...facts } = entry;
        return { ...facts, position, outcome: "notMapped", warnings: 0 };
      },
    });
    const links = new LinkOrder(memorySequenceStore());
    const door = { ...doorTo(journal, "processed"), links, outcomes };
    // The first one waits, and takes the only place.
    await receive(door, frame(message({ sequence: "1", at: "2026" })));
    expect(await said(message({ sequence: "1", at: "2027" }), door)).toEqual(["AE"]);
    expect(await entries()).toHaveLength(1);
  });

  test("of enhanced mode: CE says what is expected", async () => {
    const links = new LinkOrder(memorySequenceStore());
    const door = { ...doorTo(journal), links };
    const commit = "AL";
    await receive(door, frame(message({ id: "a", sequence: "1", commit })));
    const { answer } = await receive(door, frame(message({ id: "b", sequence: "5", commit })));
    expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual(["CE", "2"]);
  });

  test("go on behind a restart of the listener", async () => {
    const folder = temporaryFolder();
    const file = `${folder.path}/numbers.json`;
    for (const [sequence, expected] of [
      ["4", "4"],
      ["4", "5"],
      ["0", "5"],
      ["5", "5"],
    ] as const) {
      const door = { ...doorTo(journal), links: new LinkOrder(await openSequenceFile(file)) };
      const segments = sequence === "0" ? [] : ["EVN|A08"];
      const asked = message({ id: sequence, sequence, segments, at: `2026${expected}` });
      const { answer } = await receive(door, frame(asked));
      expect(fieldOf(await answer, "MSA-4")).toBe(expected);
    }
    expect((await entries()).map(({ controlId }) => controlId)).toEqual(["4", "5"]);
    folder.remove();
  });

  test("of senders that nobody knows are not looked at", async () => {
    const problem = { code: "integration.senderNotKnown", text: "No.", hint: "Ask." };
    const store = memorySequenceStore();
    const door: Door = {
      ...doorTo(journal),
      links: new LinkOrder(store),
      addresseeOf: () => ({ ok: false, problem }),
    };
    for (const sequence of ["0", "-1", "5"]) {
      expect(await said(message({ id: sequence, sequence }), door)).toEqual(["AR"]);
    }
    expect(await store.read(link)).toBeUndefined();
  });
});

/** Of those messages: MSH-3 and MSH-4. */
const link = '["S","SF"]';

function entries() {
  return journal.read(beginning, { count: 100, bytes: 1e9 });
}
