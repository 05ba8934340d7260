import { systemClock } from "@trestle/base";
import { parseMessage } from "@trestle/hl7v2";
import {
  type Journal,
  type MessageFacts,
  type Outcome,
  type Position,
  beginning,
  openMemoryJournal,
} from "@trestle/journal";
import { memorySequenceStore, openSequenceFile } from "@trestle/mllp";
import { FakeClock, temporaryFolder } from "@trestle/testkit";
import { beforeEach, describe, expect, test } from "vitest";
import { type Door, LinkOrder, Outcomes, receive } from "../src/index.ts";

let journal: Journal;
let clock: FakeClock;
let outcomes: Outcomes;
let known: MessageFacts | undefined;

beforeEach(() => {
  journal = openMemoryJournal();
  clock = new FakeClock();
  known = undefined;
  outcomes = new Outcomes({
    clock,
    timeoutMs: 30_000,
    maxWaiting: 2,
    find: () => Promise.resolve(known),
  });
});

describe("MSH-15 and MSH-16 of a message that is taken", () => {
  test.each([
    { commit: "", application: "", says: ["AA"], kept: "AA" },
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
    expect(await said(message({ commit, application }))).toEqual(says);
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
    expect(await said(message({ commit, application, type: "XYZ^Z99" }))).toEqual(says);
    expect(await entries()).toMatchObject([{ disposition: "refused", answer: says[0] ?? "none" }]);
  });

  test.each([
    { what: "a type that no channel takes", code: "integration.typeNotTaken", says: "CR" },
    { what: "a sender that is not known", code: "integration.senderNotKnown", says: "CE" },
  ])("$what: $says", async ({ code, says }) => {
    const problem = { code, text: "No.", hint: "Ask." };
    const door: Door = { ...doorTo("stored"), addresseeOf: () => ({ ok: false, problem }) };
    expect(await said(message({ commit: "AL" }), door)).toEqual([says]);
  });

  test("because it could not be stored is CE, and the block says so", async () => {
    const append = () => Promise.reject(new Error("disk full"));
    const door = { ...doorTo("stored"), journal: { ...journal, append } };
    const reply = await receive(door, frame(message({ commit: "AL", application: "AL" })));
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
  const replies = ["", "AL", "NE"].flatMap((commitWanted) =>
    (["stored", "processed"] as const).map((acknowledge) =>
      receive(
        { ...doorTo(acknowledge), journal: slow },
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
  expect(await said(answer)).toEqual([]);
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
    const reply = await receive(doorTo("processed"), frame(message({})));
    expect(await entries()).toMatchObject([{ disposition: "accepted", answer: "later" }]);
    outcomes.forwarded([await factsOf(1, outcome)]);
    const answer = await reply.answer;
    expect(codeOf(answer)).toBe(code);
    expect(fieldOf(answer, "ERR-3")).toBe(error);
  });

  test("says CA at once in enhanced mode, and the outcome as a later message", async () => {
    const asked = message({ commit: "AL", application: "AL" });
    const reply = await receive(doorTo("processed"), frame(asked));
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
    const reply = await receive(doorTo("processed"), frame(asked));
    outcomes.forwarded([await factsOf(1, outcome)]);
    expect(codeOf(await reply.later)).toBe(code);
  });

  test("says AR when the outcome is not known in time, and AA when it is sent again", async () => {
    const first = await receive(doorTo("processed"), frame(message({})));
    clock.advance(30_000);
    expect(codeOf(await first.answer)).toBe("AR");
    expect(await entries()).toMatchObject([{ disposition: "accepted" }]);
    known = await factsOf(1, "mapped");
    outcomes.forwarded([known]);
    const second = await receive(doorTo("processed"), frame(message({})));
    expect(codeOf(await second.answer)).toBe("AA");
    expect(await entries()).toHaveLength(1);
  });

  test("refuses, and keeps nothing, while too many wait already", async () => {
    for (const id of ["1", "2"]) await receive(doorTo("processed"), frame(message({ id })));
    const third = await receive(doorTo("processed"), frame(message({ id: "3" })));
    expect([third.isStored, codeOf(await third.answer)]).toEqual([false, "AR"]);
    outcomes.forwarded([await factsOf(1, "mapped")]);
    await new Promise(setImmediate);
    await receive(doorTo("processed"), frame(message({ id: "3" })));
    expect(await entries()).toHaveLength(3);
  });

  test("does not make those wait whose sender wants no outcome", async () => {
    for (const id of ["1", "2", "3"]) {
      await receive(doorTo("processed"), frame(message({ id, commit: "AL" })));
    }
    expect(outcomes.isFull).toBe(false);
  });
});

describe("sequence numbers", () => {
  test("are taken in their order, and MSA-4 says what is expected", async () => {
    const door = { ...doorTo("stored"), links: new LinkOrder(memorySequenceStore()) };
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
      const { answer } = await receive(door, frame(message({ id: `i${sequence}`, sequence })));
      expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual([code, expected]);
    }
    const kept = await entries();
    expect(kept.filter(({ disposition }) => disposition === "accepted")).toHaveLength(5);
    expect(kept.filter(({ disposition }) => disposition === "refused")).toMatchObject([
      { controlId: "i10", reason: { code: "channels.sequenceMismatch" } },
      { controlId: "i3", reason: { code: "channels.sequenceMismatch" } },
    ]);
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
    const door = { ...doorTo("stored"), journal: slow, links };
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
    const door = { ...doorTo("stored"), links };
    const first = await receive(door, frame(message({ sequence: "1" })));
    expect([first.isStored, codeOf(await first.answer)]).toEqual([false, "AR"]);
    isBroken = false;
    expect(await said(message({ sequence: "1" }), door)).toEqual(["AA"]);
    expect(await entries()).toHaveLength(1);
  });

  test("of enhanced mode: CE says what is expected", async () => {
    const links = new LinkOrder(memorySequenceStore());
    const door = { ...doorTo("stored"), links };
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
      ["0", "5"],
      ["5", "5"],
    ] as const) {
      const door = { ...doorTo("stored"), links: new LinkOrder(await openSequenceFile(file)) };
      const { answer } = await receive(door, frame(message({ id: sequence, sequence })));
      expect(fieldOf(await answer, "MSA-4")).toBe(expected);
    }
    folder.remove();
  });

  test("of senders that nobody knows are not looked at", async () => {
    const problem = { code: "integration.senderNotKnown", text: "No.", hint: "Ask." };
    const store = memorySequenceStore();
    const door: Door = {
      ...doorTo("stored"),
      links: new LinkOrder(store),
      addresseeOf: () => ({ ok: false, problem }),
    };
    for (const sequence of ["0", "-1", "5"]) {
      expect(await said(message({ id: sequence, sequence }), door)).toEqual(["AR"]);
    }
    expect(await store.read('["S","SF"]')).toBeUndefined();
  });
});

interface Wishes {
  id?: string;
  type?: string;
  sequence?: string;
  commit?: string;
  application?: string;
}

function message(wishes: Wishes): string {
  const { id = "1", type = "ADT^A08", sequence = "", commit = "", application = "" } = wishes;
  return `MSH|^~\\&|S|SF|R|RF|20260115||${type}|${id}|T|2.5|${sequence}||${commit}|${application}\rEVN|A08\r`;
}

function frame(text: string) {
  return { payload: Buffer.from(text), remote: "127.0.0.1:5000" };
}

/** The codes of all answers, in their order. */
async function said(text: string, door = doorTo("stored")): Promise<readonly string[]> {
  const { answer, later } = await receive(door, frame(text));
  return [codeOf(await answer), codeOf(await later)].filter((code) => code !== "");
}

function codeOf(answer: Uint8Array | undefined): string {
  return fieldOf(answer, "MSA-1") ?? "";
}

function fieldOf(answer: Uint8Array | undefined, path: string): string | undefined {
  if (answer === undefined) return undefined;
  const parsed = parseMessage(Buffer.from(answer).toString());
  return parsed.ok ? parsed.value.get(path) : undefined;
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

function doorTo(acknowledge: "stored" | "processed"): Door {
  return {
    journal,
    clock: systemClock,
    revision: "h-0",
    owner: { site: "lakeshore", channel: "adt-in" },
    closedBecause: () => undefined,
    stamp: () => ({ controlId: "A1", at: "20260115103016+0000" }),
    outcomes,
    addresseeOf: ({ type }) =>
      type.startsWith("ADT^")
        ? { ok: true, value: { site: "lakeshore", channel: "adt-in", acknowledge } }
        : {
            ok: false,
            problem: { code: "integration.typeNotTaken", text: "No.", hint: "Ask.", at: "MSH-9" },
          },
  };
}
