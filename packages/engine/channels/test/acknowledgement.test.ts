import {
  type Journal,
  type MessageFacts,
  type Outcome,
  type Position,
  beginning,
  openMemoryJournal,
} from "@trestle/journal";
import { FakeClock } from "@trestle/testkit";
import { beforeEach, describe, expect, test } from "vitest";
import { type Door, Outcomes, receive } from "../src/index.ts";
import { codeOf, doorTo, fieldOf, frame, message, said } from "./at-the-door.ts";

let journal: Journal;
let clock: FakeClock;
let outcomes: Outcomes;
let known: MessageFacts | undefined;

beforeEach(() => {
  journal = openMemoryJournal();
  clock = new FakeClock();
  known = undefined;
  outcomes = outcomesFor(2);
});

describe("MSH-15 and MSH-16 of a message that is taken", () => {
  test.each([
    { commit: "", application: "", says: ["AA"], kept: "AA" },
    { commit: '""', application: '""', says: ["AA"], kept: "AA" },
    { commit: "AL", application: "", says: ["CA"], kept: "CA" },
    { commit: "AL", application: "NE", says: ["CA"], kept: "CA" },
    { commit: "AL", application: "AL", says: ["CA", "AA"], kept: "CA" },
    { commit: "AL", application: "SU", says: ["CA", "AA"], kept: "CA" },
    { commit: "AL", application: "ER", says: ["CA"], kept: "CA" },
    { commit: "SU", application: "NE", says: ["CA"], kept: "CA" },
    { commit: "ER", application: "NE", says: [], kept: "none" },
    { commit: "NE", application: "NE", says: [], kept: "none" },
    { commit: "NE", application: "AL", says: ["AA"], kept: "AA" },
    { commit: "", application: "AL", says: ["AA"], kept: "AA" },
    { commit: "", application: "ER", says: [], kept: "none" },
    { commit: "ER", application: "SU", says: ["AA"], kept: "AA" },
  ])("“$commit” and “$application”: $says", async ({ commit, application, says, kept }) => {
    expect(await said(message({ commit, application }), door("stored"))).toEqual(says);
    expect(await entries()).toMatchObject([{ disposition: "accepted", answer: kept }]);
  });
});

describe("MSH-15 and MSH-16 of a message that is refused", () => {
  test.each([
    { commit: "", application: "", says: ["AR"] },
    { commit: "AL", application: "AL", says: ["CR"] },
    { commit: "ER", application: "AL", says: ["CR"] },
    { commit: "SU", application: "NE", says: [] },
    { commit: "SU", application: "AL", says: ["AR"] },
    { commit: "NE", application: "AL", says: ["AR"] },
    { commit: "NE", application: "ER", says: ["AR"] },
    { commit: "NE", application: "SU", says: [] },
    { commit: "NE", application: "NE", says: [] },
  ])("“$commit” and “$application”: $says, and it is kept", async (row) => {
    const { commit, application, says } = row;
    expect(await said(message({ commit, application, type: "XYZ^Z99" }), door("stored"))).toEqual(
      says,
    );
    expect(await entries()).toMatchObject([{ disposition: "refused", answer: says[0] ?? "none" }]);
  });

  test.each([
    { what: "a type that no channel takes", code: "integration.typeNotTaken", says: "CR" },
    { what: "a sender that is not known", code: "integration.senderNotKnown", says: "CE" },
  ])("$what: $says", async ({ code, says }) => {
    const problem = { code, text: "No.", hint: "Ask." };
    const closed: Door = { ...door("stored"), addresseeOf: () => ({ ok: false, problem }) };
    expect(await said(message({ commit: "AL" }), closed)).toEqual([says]);
  });

  test("because it could not be stored is CE, and the block says so", async () => {
    const append = () => Promise.reject(new Error("disk full"));
    const full = { ...door("stored"), journal: { ...journal, append } };
    const reply = await receive(full, frame(message({ commit: "AL", application: "AL" })));
    expect(reply.isStored).toBe(false);
    expect(codeOf(await reply.answer)).toBe("CE");
    expect(reply.later).toBeUndefined();
  });
});

test("nothing says yes before the entry is durable", async () => {
  const commit = Promise.withResolvers<void>();
  const slow: Journal = {
    ...journal,
    async append(entry) {
      await commit.promise;
      return journal.append(entry);
    },
  };
  outcomes = outcomesFor(3);
  const replies = ["", "AL", "NE"].flatMap((commitWanted) =>
    (["stored", "processed"] as const).map((acknowledge) =>
      receive(
        { ...door(acknowledge), journal: slow },
        frame(message({ commit: commitWanted, application: commitWanted === "" ? "" : "AL" })),
      ),
    ),
  );
  let isSaid = false;
  void Promise.race(replies).then(() => {
    isSaid = true;
  });
  await new Promise(setImmediate);
  expect(isSaid).toBe(false);
  commit.resolve();
  for (const reply of await Promise.all(replies)) expect(reply.isStored).toBe(true);
});

test("an acknowledgement is kept and never acknowledged", async () => {
  const answer = `${message({ type: "ACK^A08", commit: "AL" })}MSA|AA|1\r`;
  expect(await said(answer, door("stored"))).toEqual([]);
  expect(await entries()).toMatchObject([
    { disposition: "refused", answer: "none", reason: { code: "channels.acknowledgementCame" } },
  ]);
});

describe("a channel that answers once it is processed", () => {
  test.each<{ outcome: Outcome; code: string; error: string | undefined }>([
    { outcome: "mapped", code: "AA", error: undefined },
    { outcome: "mappedWithWarnings", code: "AA", error: undefined },
    { outcome: "notMapped", code: "AE", error: "200" },
    { outcome: "failed", code: "AE", error: "207" },
  ])("says $code for an entry that is $outcome", async ({ outcome, code, error }) => {
    const reply = await receive(door("processed"), frame(message({})));
    expect(await entries()).toMatchObject([{ disposition: "accepted", answer: "later" }]);
    outcomes.forwarded([await factsOf(1, outcome)]);
    const answer = await reply.answer;
    expect(codeOf(answer)).toBe(code);
    expect(fieldOf(answer, "ERR-3")).toBe(error);
  });

  test("says CA at once in enhanced mode, and the outcome as a later message", async () => {
    const asked = message({ commit: "AL", application: "AL" });
    const reply = await receive(door("processed"), frame(asked));
    expect(codeOf(await reply.answer)).toBe("CA");
    outcomes.forwarded([await factsOf(1, "failed")]);
    expect(codeOf(await reply.later)).toBe("AE");
  });

  test.each<{ application: string; outcome: Outcome; code: string }>([
    { application: "NE", outcome: "mapped", code: "" },
    { application: "ER", outcome: "mapped", code: "" },
    { application: "ER", outcome: "failed", code: "AE" },
    { application: "SU", outcome: "mapped", code: "AA" },
    { application: "SU", outcome: "failed", code: "" },
  ])("MSH-16 $application, $outcome: “$code”", async ({ application, outcome, code }) => {
    const asked = message({ commit: "AL", application });
    const reply = await receive(door("processed"), frame(asked));
    outcomes.forwarded([await factsOf(1, outcome)]);
    expect(codeOf(await reply.later)).toBe(code);
  });

  test("says AR when the outcome is not known in time, and AA when it is sent again", async () => {
    const first = await receive(door("processed"), frame(message({})));
    clock.advance(30_000);
    expect(codeOf(await first.answer)).toBe("AR");
    expect(await entries()).toMatchObject([{ disposition: "accepted" }]);
    known = await factsOf(1, "mapped");
    outcomes.forwarded([known]);
    const second = await receive(door("processed"), frame(message({})));
    expect(codeOf(await second.answer)).toBe("AA");
    expect(await entries()).toHaveLength(1);
  });

  test("refuses, and keeps nothing, while too many wait already", async () => {
    for (const id of ["1", "2"]) await receive(door("processed"), frame(message({ id })));
    const third = await receive(door("processed"), frame(message({ id: "3" })));
    expect([third.isStored, codeOf(await third.answer)]).toEqual([false, "AR"]);
    outcomes.forwarded([await factsOf(1, "mapped")]);
    await new Promise(setImmediate);
    await receive(door("processed"), frame(message({ id: "3" })));
    expect(await entries()).toHaveLength(3);
  });

  test.each(["", "AL"])(
    "lets no more wait than may, however many come at once (MSH-16 “%s”)",
    async (application) => {
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          receive(door("processed"), frame(message({ id: `${index}`, application }))),
        ),
      );
      expect(all.filter(({ isStored }) => isStored)).toHaveLength(2);
      expect(await entries()).toHaveLength(2);
    },
  );

  test("lets another wait once one could not be stored", async () => {
    const append = () => Promise.reject(new Error("disk full"));
    const full = { ...door("processed"), journal: { ...journal, append } };
    for (const id of ["1", "2", "3"]) await receive(full, frame(message({ id })));
    for (const id of ["1", "2"]) {
      expect((await receive(door("processed"), frame(message({ id })))).isStored).toBe(true);
    }
  });

  describe("while nobody else may wait", () => {
    beforeEach(async () => {
      for (const id of ["1", "2"]) await receive(door("processed"), frame(message({ id })));
    });

    test("takes whom a channel answers at once, and whose sender wants no outcome", async () => {
      expect(await said(message({ id: "3" }), door("stored"))).toEqual(["AA"]);
      expect(await said(message({ id: "4", commit: "AL" }), door("processed"))).toEqual(["CA"]);
      const refused = message({ id: "5", type: "XYZ^Z99" });
      expect(
        fieldOf(await (await receive(door("processed"), frame(refused))).answer, "ERR-3"),
      ).toBe("200");
      expect(await entries()).toHaveLength(5);
    });

    test("a repeat hears what is known, and its entry is not doubted", async () => {
      const repeat = () => receive(door("processed"), frame(message({ id: "1" })));
      const unknown = await repeat();
      expect([unknown.isStored, codeOf(await unknown.answer)]).toEqual([true, "AR"]);
      known = await factsOf(1, "notMapped");
      const later = await repeat();
      expect([later.isStored, codeOf(await later.answer)]).toEqual([true, "AE"]);
      expect(await entries()).toHaveLength(2);
    });

    test("one that cannot be looked for now is told to come again", async () => {
      const find = () => Promise.reject(new Error("the disk failed"));
      const failing = { ...door("processed"), journal: { ...journal, find } };
      const reply = await receive(failing, frame(message({ id: "1" })));
      expect([reply.isStored, codeOf(await reply.answer)]).toEqual([false, "AR"]);
    });
  });

  test.each(["a place", "no place"])(
    "tells a repeat that has %s to come again where its outcome cannot be looked up",
    async (what) => {
      await receive(door("stored"), frame(message({})));
      const find = () => Promise.reject(new Error("the disk failed"));
      const maxWaiting = what === "a place" ? 1 : 0;
      const failing = new Outcomes({ clock, timeoutMs: 30_000, maxWaiting, find });
      const repeat = { ...door("processed"), outcomes: failing };
      expect(await said(message({}), repeat)).toEqual(["AR"]);
    },
  );
});

function outcomesFor(maxWaiting: number): Outcomes {
  const find = () => Promise.resolve(known);
  return new Outcomes({ clock, timeoutMs: 30_000, maxWaiting, find });
}

function entries() {
  return journal.read(beginning, { count: 100, bytes: 1e9 });
}

async function factsOf(position: number, outcome: Outcome): Promise<MessageFacts> {
  const [entry] = await journal.read((position - 1) as Position, { count: 1, bytes: 1e9 });
  if (entry === undefined) throw new Error("no such entry");
  const { raw: _raw, remote: _remote, ...facts } = entry;
  return { ...facts, outcome, warnings: 0 };
}

function door(acknowledge: "stored" | "processed"): Door {
  return { ...doorTo(journal, acknowledge), outcomes };
}
