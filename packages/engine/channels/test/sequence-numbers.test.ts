import { type Journal, openMemoryJournal, openSqliteJournal } from "@trestle/journal";
import { FakeClock, temporaryFolder } from "@trestle/testkit";
import { beforeEach, describe, expect, test } from "vitest";
import { type Door, Outcomes, receive } from "../src/index.ts";
import { codeOf, doorTo, fieldOf, frame, message, said } from "./at-the-door.ts";
import { entriesOf, give, link, linkOrder, numberedDoor } from "./numbered.ts";

let journal: Journal;
beforeEach(() => {
  journal = openMemoryJournal();
});

describe("sequence numbers", () => {
  test("are taken in their order, and MSA-4 says what is expected", async () => {
    const door = numberedDoor(journal);
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
    const kept = await entriesOf(journal);
    expect(kept.filter(({ disposition }) => disposition === "accepted")).toHaveLength(5);
    expect(kept.filter(({ disposition }) => disposition === "refused")).toMatchObject([
      { controlId: "i10", reason: { code: "channels.sequenceMismatch" } },
      { controlId: "i3", reason: { code: "channels.sequenceMismatch" } },
    ]);
  });

  test("of acknowledgements are not looked at: they are kept and never answered", async () => {
    await give(journal, 5);
    const addresseeOf = () => ({ ok: true, value: { site: "s", channel: "c" } }) as const;
    const door = { ...doorTo(journal), addresseeOf, links: linkOrder() };
    for (const sequence of ["0", "-1", "6", "9"]) {
      const answer = message({ id: sequence, sequence, type: "ACK^A08", segments: [] });
      expect(await said(answer, door)).toEqual([]);
    }
    expect(await entriesOf(journal)).toHaveLength(5);
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

  test("of one sender too many are kept as refused, and the others go on", async () => {
    const links = linkOrder(1);
    const door = { ...doorTo(journal), links };
    const other = message({ id: "other", sequence: "1" }).replace("|S|", "|T|");
    for (const sequence of ["1", "2"]) {
      expect(await said(message({ id: sequence, sequence }), door)).toEqual(["AA"]);
      const reply = await receive(door, frame(other));
      const answer = await reply.answer;
      expect([reply.isStored, codeOf(answer), fieldOf(answer, "MSA-4")]).toEqual([
        true,
        "AR",
        "-1",
      ]);
      expect(fieldOf(answer, "ERR-8")).toMatch(
        /^As many senders as are allowed have sequence numbers/u,
      );
    }
    expect(await entriesOf(journal)).toMatchObject([
      { controlId: "1", disposition: "accepted" },
      {
        controlId: "other",
        disposition: "refused",
        answer: "AR",
        reason: { code: "channels.tooManyLinks", hint: expect.stringContaining("maxLinks") },
      },
      { controlId: "2", disposition: "accepted" },
    ]);
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
      expect(await entriesOf(journal)).toEqual([]);
    },
  );

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
    const door = numberedDoor(journal);
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
    expect(await entriesOf(journal)).toHaveLength(1);
  });

  test.each([
    { what: "another control id", first: "1", second: "2" },
    { what: "no control id", first: "", second: "" },
    { what: "another type", first: "1", second: "1", type: "ADT^A03" },
  ])("take a repeat with $what for a message of its own", async (row) => {
    const { first, second, type = "ADT^A08" } = row;
    const door = numberedDoor(journal);
    for (const wishes of [
      { id: first, at: "2026" },
      { id: second, at: "2027", type },
    ]) {
      expect(await said(message({ sequence: "1", ...wishes }), door)).toEqual(["AA"]);
    }
    expect((await entriesOf(journal)).map(({ controlId }) => controlId)).toEqual([first, second]);
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
      expect(await entriesOf(journal)).toMatchObject([{}, { [other]: "moved" }]);
      expect(await entriesOf(journal)).toHaveLength(2);
    },
  );

  test("know such a message again as well", async () => {
    const door = numberedDoor(journal);
    for (const [id, at] of [
      ["1", "2026"],
      ["2", "2027"],
      ["2", "2028"],
    ] as const) {
      expect(await said(message({ sequence: "1", id, at }), door)).toEqual(["AA"]);
    }
    expect((await entriesOf(journal)).map(({ controlId }) => controlId)).toEqual(["1", "2"]);
  });

  test("of a repeat whose entry cannot be read now say that it comes again", async () => {
    const door = numberedDoor(journal);
    await receive(door, frame(message({ sequence: "1" })));
    const get = () => Promise.reject(new Error("the disk failed"));
    const repeat = message({ sequence: "1", at: "2027" });
    const reply = await receive({ ...door, journal: { ...journal, get } }, frame(repeat));
    const answer = await reply.answer;
    expect([reply.isStored, codeOf(answer), fieldOf(answer, "MSA-4")]).toEqual([false, "AR", "2"]);
    expect(await said(repeat, door)).toEqual(["AA"]);
    expect(await entriesOf(journal)).toHaveLength(1);
  });

  test("tell the sender of such a repeat what became of its entry", async () => {
    const outcomes = new Outcomes({
      clock: new FakeClock(),
      timeoutMs: 1000,
      maxWaiting: 1,
      find: async (position) => {
        const [entry] = await entriesOf(journal);
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
    expect(await entriesOf(journal)).toHaveLength(1);
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
    const [entry] = await entriesOf(journal);
    if (entry === undefined) throw new Error("nothing was stored");
    const { raw: _raw, remote: _remote, ...facts } = entry;
    outcomes.forwarded([{ ...facts, outcome: "mapped", warnings: 0 }]);
    const answers = await Promise.all(replies.map(async ({ answer }) => answer));
    expect(answers.map(codeOf)).toEqual(["AA", "AA"]);
    expect(await entriesOf(journal)).toHaveLength(1);
  });

  test("find no entry that was refused", async () => {
    const addresseeOf = () => ({ ok: false, problem }) as const;
    await receive({ ...doorTo(journal), addresseeOf }, frame(message({ at: "2026" })));
    const [entry] = await entriesOf(journal);
    if (entry === undefined) throw new Error("nothing was stored");
    await journal.append(entry, { link, number: 1, maxLinks: 1 });
    const door = numberedDoor(journal);
    expect(await said(message({ sequence: "1", at: "2027" }), door)).toEqual(["AA"]);
    expect(await entriesOf(journal)).toMatchObject([
      { disposition: "refused" },
      { disposition: "accepted" },
    ]);
  });

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
      const door = numberedDoor(journal);
      const segments = sequence === "0" ? [] : ["EVN|A08"];
      const asked = message({ id: sequence, sequence, segments, at: `2026${expected}` });
      const { answer } = await receive(door, frame(asked));
      expect(fieldOf(await answer, "MSA-4")).toBe(expected);
    }
    expect((await entriesOf(journal)).map(({ controlId }) => controlId)).toEqual(["4", "5"]);
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
