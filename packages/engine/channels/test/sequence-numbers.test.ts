import { type Journal, beginning, openMemoryJournal, openSqliteJournal } from "@trestle/journal";
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
    const door = { ...doorTo(journal), links: linkOrder() };
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
      await has(last);
      const door = { ...doorTo(journal), links: linkOrder() };
      const asked = message({ sequence, segments: ["EVN|A08", "PID|1||7^^^SF^MR"] });
      const { answer } = await receive(door, frame(asked));
      expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual(["AA", expected]);
      expect(await entries()).toMatchObject([
        { controlId: "before" },
        { disposition: "accepted", controlId: "1" },
      ]);
      expect((await journal.lastNumber(link))?.number).toBe(kept);
    },
  );

  test.each(["0", "-1"])(
    "%s on a message that could not be stored is no yes, and changes no number",
    async (sequence) => {
      await has(5);
      const append = () => Promise.reject(new Error("disk full"));
      const door = { ...doorTo({ ...journal, append }), links: linkOrder() };
      expect(await said(message({ sequence }), door)).toEqual(["AR"]);
      expect((await journal.lastNumber(link))?.number).toBe(5);
    },
  );

  test.each(["0", "-1"])(
    "%s on a message that is refused says which number is expected all the same",
    async (sequence) => {
      await has(5);
      const full = { code: "hub.diskFull", text: "The disk is full.", hint: "Free space." };
      const open = { ...doorTo(journal), links: linkOrder() };
      const forgetNumber = () => Promise.reject(new Error("disk full"));
      const failing = { ...open, journal: { ...journal, forgetNumber } };
      const said: (string | undefined)[][] = [];
      for (const [door, wishes] of [
        [open, { type: "XYZ^Z99" }],
        [open, { segments: ["no segment"] }],
        [{ ...open, closedBecause: () => full }, {}],
        ...(sequence === "-1" ? [[failing, { segments: [] }] as const] : []),
      ] as const) {
        const { answer } = await receive(door, frame(message({ sequence, ...wishes })));
        said.push([codeOf(await answer), fieldOf(await answer, "MSA-4")]);
      }
      expect(said).toEqual(
        ["AR", "AE", "AR", "AR"].slice(0, said.length).map((code) => [code, "6"]),
      );
    },
  );

  test.each(["0", "-1"])(
    "%s on a message that cannot be read is kept as refused",
    async (sequence) => {
      const door = { ...doorTo(journal), links: linkOrder() };
      expect(await said(message({ sequence, segments: ["no segment"] }), door)).toEqual(["AE"]);
      expect(await entries()).toMatchObject([{ disposition: "refused" }]);
    },
  );

  test("of acknowledgements are not looked at: they are kept and never answered", async () => {
    await has(5);
    const addresseeOf = () => ({ ok: true, value: { site: "s", channel: "c" } }) as const;
    const door = { ...doorTo(journal), addresseeOf, links: linkOrder() };
    for (const sequence of ["0", "-1", "6", "9"]) {
      const answer = message({ id: sequence, sequence, type: "ACK^A08", segments: [] });
      expect(await said(answer, door)).toEqual([]);
    }
    expect(await entries()).toHaveLength(5);
    expect((await journal.lastNumber(link))?.number).toBe(5);
  });

  test("are judged in the order in which messages came, however slow the disk is", async () => {
    const turns: (() => void)[] = [];
    const slow: Journal = {
      ...journal,
      async append(entry, counted) {
        await new Promise<void>((resolve) => turns.push(resolve));
        return journal.append(entry, counted);
      },
    };
    const links = linkOrder();
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

  test("of one sender too many store nothing, and the others go on", async () => {
    const links = linkOrder(1);
    const door = { ...doorTo(journal), links };
    const other = message({ id: "other", sequence: "1" }).replace("|S|", "|T|");
    for (const sequence of ["1", "2"]) {
      expect(await said(message({ id: sequence, sequence }), door)).toEqual(["AA"]);
      const reply = await receive(door, frame(other));
      expect([reply.isStored, codeOf(await reply.answer)]).toEqual([false, "AR"]);
    }
    expect((await entries()).map(({ controlId }) => controlId)).toEqual(["1", "2"]);
    expect(await said(message({ sequence: "-1", segments: [] }), door)).toEqual(["AA"]);
    expect(await said(other, door)).toEqual(["AA"]);
  });

  test.each(["0", "-1", "1"])(
    "that cannot be looked up now are told to come again, as with %s",
    async (sequence) => {
      const fails = () => Promise.reject(new Error("the disk failed"));
      const failing = { ...journal, lastNumber: fails, forgetNumber: fails };
      const door = { ...doorTo(failing), links: linkOrder() };
      const segments = sequence === "1" ? ["EVN|A08"] : [];
      const reply = await receive(door, frame(message({ sequence, segments })));
      expect([reply.isStored, codeOf(await reply.answer)]).toEqual([false, "AR"]);
      expect(await entries()).toEqual([]);
    },
  );

  test("are not forgotten where that could not be kept, which is no yes", async () => {
    await has(5);
    const forgetNumber = () => Promise.reject(new Error("disk full"));
    const door = { ...doorTo({ ...journal, forgetNumber }), links: linkOrder() };
    expect(await said(message({ sequence: "-1", segments: [] }), door)).toEqual(["AR"]);
    expect((await journal.lastNumber(link))?.number).toBe(5);
  });

  test("are kept with a repeat that is known while nobody else may wait", async () => {
    const outcomes = new Outcomes({
      clock: new FakeClock(),
      timeoutMs: 1000,
      maxWaiting: 0,
      find: () => Promise.resolve(undefined),
    });
    await receive(doorTo(journal), frame(message({ sequence: "7" })));
    const door = { ...doorTo(journal, "processed"), links: linkOrder(), outcomes };
    const reply = await receive(door, frame(message({ sequence: "7" })));
    expect(reply.isStored).toBe(true);
    expect(await journal.lastNumber(link)).toEqual({ number: 7, position: 1 });
  });

  test("find the entry of a repeat that was written anew, such as with another MSH-7", async () => {
    const door = { ...doorTo(journal), links: linkOrder() };
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
    { what: "another type", first: "1", second: "1", type: "ADT^A03" },
  ])("take a repeat with $what for a message of its own", async (row) => {
    const { first, second, type = "ADT^A08" } = row;
    const door = { ...doorTo(journal), links: linkOrder() };
    for (const wishes of [
      { id: first, at: "2026" },
      { id: second, at: "2027", type },
    ]) {
      expect(await said(message({ sequence: "1", ...wishes }), door)).toEqual(["AA"]);
    }
    expect((await entries()).map(({ controlId }) => controlId)).toEqual([first, second]);
  });

  test.each(["site", "channel"] as const)(
    "take a repeat that goes to another %s by now for a message of its own",
    async (other) => {
      const links = linkOrder();
      await receive({ ...doorTo(journal), links }, frame(message({ sequence: "1", at: "2026" })));
      const value = { site: "lakeshore", channel: "adt-in", [other]: "moved" };
      const moved = {
        ...doorTo(journal),
        addresseeOf: () => ({ ok: true, value }) as const,
        links,
      };
      for (const at of ["2027", "2028"]) {
        expect(await said(message({ sequence: "1", at }), moved)).toEqual(["AA"]);
      }
      expect(await entries()).toMatchObject([{}, { [other]: "moved" }]);
      expect(await entries()).toHaveLength(2);
    },
  );

  test("know such a message again as well", async () => {
    const door = { ...doorTo(journal), links: linkOrder() };
    for (const [id, at] of [
      ["1", "2026"],
      ["2", "2027"],
      ["2", "2028"],
    ] as const) {
      expect(await said(message({ sequence: "1", id, at }), door)).toEqual(["AA"]);
    }
    expect((await entries()).map(({ controlId }) => controlId)).toEqual(["1", "2"]);
  });

  test("of a repeat whose entry cannot be read now say that it comes again", async () => {
    const door = { ...doorTo(journal), links: linkOrder() };
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
    const links = linkOrder();
    const door = { ...doorTo(journal, "processed"), links, outcomes };
    // The first one waits, and takes the only place.
    await receive(door, frame(message({ sequence: "1", at: "2026" })));
    expect(await said(message({ sequence: "1", at: "2027" }), door)).toEqual(["AE"]);
    expect(await entries()).toHaveLength(1);
  });

  test("let such a repeat wait for its outcome where there is a place", async () => {
    const outcomes = new Outcomes({
      clock: new FakeClock(),
      timeoutMs: 1000,
      maxWaiting: 2,
      find: () => Promise.resolve(undefined),
    });
    const door = { ...doorTo(journal, "processed"), links: linkOrder(), outcomes };
    const replies = [];
    for (const at of ["2026", "2027"]) {
      replies.push(await receive(door, frame(message({ sequence: "1", at }))));
    }
    const [entry] = await entries();
    if (entry === undefined) throw new Error("nothing was stored");
    const { raw: _raw, remote: _remote, ...facts } = entry;
    outcomes.forwarded([{ ...facts, outcome: "mapped", warnings: 0 }]);
    const answers = await Promise.all(replies.map(async ({ answer }) => answer));
    expect(answers.map(codeOf)).toEqual(["AA", "AA"]);
    expect(await entries()).toHaveLength(1);
  });

  test("find no entry that was refused", async () => {
    const addresseeOf = () => ({ ok: false, problem }) as const;
    await receive({ ...doorTo(journal), addresseeOf }, frame(message({ at: "2026" })));
    const [entry] = await entries();
    if (entry === undefined) throw new Error("nothing was stored");
    await journal.append(entry, { link, number: 1, maxLinks: 1 });
    const door = { ...doorTo(journal), links: linkOrder() };
    expect(await said(message({ sequence: "1", at: "2027" }), door)).toEqual(["AA"]);
    expect(await entries()).toMatchObject([
      { disposition: "refused" },
      { disposition: "accepted" },
    ]);
  });

  test.each([
    { commit: "", application: "", says: ["AA"] },
    { commit: "AL", application: "", says: ["CA"] },
    { commit: "AL", application: "AL", says: ["CA", "AA"] },
    { commit: "SU", application: "SU", says: ["CA", "AA"] },
    { commit: "NE", application: "AL", says: ["AA"] },
    { commit: "ER", application: "AL", says: ["AA"] },
    { commit: "NE", application: "NE", says: ["CA"] },
    { commit: "ER", application: "ER", says: ["CA"] },
    { commit: "", application: "ER", says: ["CA"] },
  ])(
    "are told behind 0 and -1 alone as “$commit” and “$application” ask, and once at least: $says",
    async ({ commit, application, says }) => {
      await has(5);
      const door = { ...doorTo(journal), links: linkOrder() };
      for (const [sequence, expected] of [
        ["0", "6"],
        ["-1", "-1"],
      ] as const) {
        const asked = message({ sequence, commit, application, segments: [] });
        const { answer, later } = await receive(door, frame(asked));
        const heard = [await answer, await later].filter((one) => one !== undefined);
        expect(heard.map(codeOf)).toEqual(says);
        for (const one of heard) expect(fieldOf(one, "MSA-4")).toBe(expected);
      }
    },
  );

  test("of enhanced mode: CE says what is expected", async () => {
    const links = linkOrder();
    const door = { ...doorTo(journal), links };
    const commit = "AL";
    await receive(door, frame(message({ id: "a", sequence: "1", commit })));
    const { answer } = await receive(door, frame(message({ id: "b", sequence: "5", commit })));
    expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual(["CE", "2"]);
  });

  test("go on behind a restart of the listener", async () => {
    const folder = temporaryFolder();
    const file = `${folder.path}/journal.db`;
    for (const [sequence, expected] of [
      ["4", "4"],
      ["4", "5"],
      ["0", "5"],
      ["5", "5"],
    ] as const) {
      await journal.close();
      journal = openSqliteJournal(file);
      const door = { ...doorTo(journal), links: linkOrder() };
      const segments = sequence === "0" ? [] : ["EVN|A08"];
      const asked = message({ id: sequence, sequence, segments, at: `2026${expected}` });
      const { answer } = await receive(door, frame(asked));
      expect(fieldOf(await answer, "MSA-4")).toBe(expected);
    }
    expect((await entries()).map(({ controlId }) => controlId)).toEqual(["4", "5"]);
    await journal.close();
    folder.remove();
  });

  test("of senders that nobody knows are not looked at", async () => {
    const door: Door = {
      ...doorTo(journal),
      links: linkOrder(),
      addresseeOf: () => ({ ok: false, problem }),
    };
    for (const sequence of ["0", "-1", "5"]) {
      expect(await said(message({ id: sequence, sequence }), door)).toEqual(["AR"]);
    }
    expect(await journal.lastNumber(link)).toBeUndefined();
  });
});

const problem = { code: "integration.senderNotKnown", text: "No.", hint: "Ask." };

/** Of those messages: MSH-3 and MSH-4. */
const link = { listener: "hospital", sender: '["S","SF"]' };

function linkOrder(maxLinks = 9): LinkOrder {
  return new LinkOrder({ listener: "hospital", maxLinks });
}

/** Gives the link its last number, by a message of its own. */
async function has(sequence: number): Promise<void> {
  const before = message({ id: "before", sequence: `${sequence}` });
  await receive({ ...doorTo(journal), links: linkOrder() }, frame(before));
}

function entries() {
  return journal.read(beginning, { count: 100, bytes: 1e9 });
}
