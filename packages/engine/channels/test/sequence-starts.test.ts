import { type Journal, openMemoryJournal } from "@trestle/journal";
import { beforeEach, describe, expect, test } from "vitest";
import { receive } from "../src/index.ts";
import { codeOf, doorTo, fieldOf, frame, message, said } from "./at-the-door.ts";
import { entriesOf, give, link, linkOrder, numberedDoor } from "./numbered.ts";

let journal: Journal;
beforeEach(() => {
  journal = openMemoryJournal();
});

describe("a message that starts or resets a link", () => {
  test.each([
    { sequence: "0", last: 5, expected: "6", kept: 5 },
    { sequence: "-1", last: 5, expected: "-1", kept: undefined },
  ])(
    "$sequence on a message that carries something does not keep it from the journal",
    async (row) => {
      const { sequence, last, expected, kept } = row;
      await give(journal, last);
      const door = numberedDoor(journal);
      const asked = message({ sequence, segments: ["EVN|A08", "PID|1||7^^^SF^MR"] });
      const { answer } = await receive(door, frame(asked));
      expect([codeOf(await answer), fieldOf(await answer, "MSA-4")]).toEqual(["AA", expected]);
      expect(await entriesOf(journal)).toMatchObject([
        { controlId: "before" },
        { disposition: "accepted", controlId: "1" },
      ]);
      expect((await journal.lastNumber(link))?.number).toBe(kept);
    },
  );

  test("is found again where it reset the link and was written anew", async () => {
    await give(journal, 5);
    const door = numberedDoor(journal);
    for (const wishes of [
      { id: "r", sequence: "-1", at: "2026" },
      { id: "r", sequence: "-1", at: "2027" },
      { id: "r", sequence: "-1", at: "2028" },
      { id: "other", sequence: "-1", at: "2029" },
      { id: "next", sequence: "9" },
    ]) {
      expect(await said(message(wishes), door)).toEqual(["AA"]);
    }
    expect((await entriesOf(journal)).map(({ controlId }) => controlId)).toEqual([
      "before",
      "r",
      "other",
      "next",
    ]);
    expect((await journal.lastNumber(link))?.number).toBe(9);
  });

  test("is no repeat of the numbered message before it, though both have one control id", async () => {
    await give(journal, 5);
    const reset = message({ id: "before", sequence: "-1", at: "2027" });
    for (let time = 0; time < 2; time += 1) {
      expect(await said(reset, numberedDoor(journal))).toEqual(["AA"]);
    }
    expect(await entriesOf(journal)).toHaveLength(2);
    expect(await journal.lastNumber(link)).toEqual({ number: undefined, position: 2 });
  });

  test.each(["0", "-1"])(
    "%s on a message that could not be stored is no yes, and changes no number",
    async (sequence) => {
      await give(journal, 5);
      const append = () => Promise.reject(new Error("disk full"));
      const door = { ...doorTo({ ...journal, append }), links: linkOrder() };
      expect(await said(message({ sequence }), door)).toEqual(["AR"]);
      expect((await journal.lastNumber(link))?.number).toBe(5);
    },
  );

  test.each(["0", "-1"])(
    "%s on a message that is refused says which number is expected all the same",
    async (sequence) => {
      await give(journal, 5);
      const full = { code: "hub.diskFull", text: "The disk is full.", hint: "Free space." };
      const open = numberedDoor(journal);
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
      const door = numberedDoor(journal);
      expect(await said(message({ sequence, segments: ["no segment"] }), door)).toEqual(["AE"]);
      expect(await entriesOf(journal)).toMatchObject([{ disposition: "refused" }]);
    },
  );

  test("hears no yes where its number could not be forgotten, and leaves it", async () => {
    await give(journal, 5);
    const forgetNumber = () => Promise.reject(new Error("disk full"));
    const door = { ...doorTo({ ...journal, forgetNumber }), links: linkOrder() };
    expect(await said(message({ sequence: "-1", segments: [] }), door)).toEqual(["AR"]);
    expect((await journal.lastNumber(link))?.number).toBe(5);
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
    "is told as “$commit” and “$application” ask where it carries nothing, and once at least: $says",
    async ({ commit, application, says }) => {
      await give(journal, 5);
      const door = numberedDoor(journal);
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
});
