import { phi } from "@trestle/base";
import type { HarmlessRule } from "@trestle/integration";
import type { Entry, Position } from "@trestle/journal";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Difference } from "../src/difference.ts";
import { type Tally, addDifferences, addTally, emptyTally } from "../src/groups.ts";
import { ruleFinder } from "../src/harmless.ts";
import { resultOf } from "../src/result.ts";

const limits = { maxGroups: 3, maxChanges: 4, maxExamples: 2 };
const today = "2026-03-01";

function entryAt(position: number, site = "harbor"): Entry {
  return {
    position: position as Position,
    site,
    channel: "in",
    revision: "h-0",
    receivedAt: 0,
    remote: "",
    controlId: `c${position}`,
    type: "ORU^R01",
    disposition: "accepted",
    answer: "AA",
    raw: phi(new Uint8Array()),
    receivedBytes: 0,
  };
}

function tallyOf(
  found: readonly (readonly [position: number, differences: readonly Difference[]])[],
  rules: readonly HarmlessRule[] = [],
  tally: Tally = emptyTally(),
): Tally {
  const findRule = ruleFinder(rules, today);
  for (const [position, differences] of found)
    addDifferences(tally, { entry: entryAt(position), differences }, { findRule, limits });
  return tally;
}

function result(tally: Tally, rules: readonly HarmlessRule[] = []) {
  const range = { after: 0, upTo: 9, since: 0 };
  return resultOf(tally, { one: "a", other: "b", range, today, rules, maxChanges: 2 });
}

const code: Difference = {
  kind: "changed",
  path: "Observation.code.coding.code",
  before: "1",
  after: "2",
  origin: { field: "OBX-3", row: "observation-code: GLU" },
};
const failing: Difference = { kind: "failing", path: "mapping.transformFailed" };
const rule = (more: Partial<HarmlessRule>): HarmlessRule => ({
  path: code.path,
  reason: "The laboratory said so.",
  ...more,
});

describe("differences", () => {
  test("are counted by message and by value, with the first messages", () => {
    const tally = tallyOf([
      [1, [code, code]],
      [2, [code]],
      [3, [code]],
      [4, []],
    ]);
    const [group, ...others] = result(tally).groups;
    expect(others).toEqual([]);
    expect(group).toMatchObject({ table: "observation-code", messages: 3, values: 4 });
    expect(group?.changes).toEqual([{ ...code, values: 4, kind: undefined, path: undefined }]);
    expect(group?.examples.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(result(tally).counts).toMatchObject({ differing: 3, harmful: 3 });
  });

  test("of more kinds than may be kept are counted, and do harm", () => {
    const many = ["a", "b", "c", "d", "e"].map((path): Difference => ({ kind: "newRoute", path }));
    const found = result(tallyOf([[1, many]]));
    expect(found.groups).toHaveLength(3);
    expect(found.counts.otherDifferences).toBe(2);
    expect(found.isHarmless).toBe(false);
  });

  test("of more values than may be kept are counted", () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ ...code, after: `x${index}` }));
    const [group] = result(tallyOf([[1, [...many, { ...code, after: "x1" }]]])).groups;
    expect(group?.changes.map(({ after }) => after)).toEqual(["x1", "x0"]);
    expect(group?.otherValues).toBe(7);
  });

  test("whose origin was not looked up have that of those that were", () => {
    const { origin: _origin, ...unknown } = { ...code, origin: undefined };
    const plain = { ...unknown, path: "Patient.birthDate" };
    const known = { ...plain, origin: { by: "patient.birthDate" } };
    const [group] = result(tallyOf([[1, [known, plain, plain]]])).groups;
    expect(group?.changes).toEqual([
      { before: "1", after: "2", origin: { by: "patient.birthDate" }, values: 3 },
    ]);
  });

  test("are the same however the messages were shared between threads", () => {
    const difference = fc.constantFrom(code, failing, { ...code, after: "3" });
    const found = fc.array(fc.array(difference, { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(found, fc.nat(12), (all, cut) => {
        const numbered = all.map((each, index) => [index + 1, each] as const);
        const shared = emptyTally();
        addTally(shared, tallyOf(numbered.slice(cut)), limits);
        addTally(shared, tallyOf(numbered.slice(0, cut)), limits);
        expect(result(shared)).toEqual(result(tallyOf(numbered)));
      }),
    );
  });
});

describe("a rule", () => {
  test.each([
    { what: "its path is named", rule: rule({}), allows: true },
    { what: "a step is left open", rule: rule({ path: "Observation.code.*.code" }), allows: true },
    { what: "all below is meant", rule: rule({ path: "Observation.**" }), allows: true },
    { what: "nothing is below", rule: rule({ path: `${code.path}.**` }), allows: true },
    { what: "another path is named", rule: rule({ path: "Observation.code" }), allows: false },
    { what: "its table decides", rule: rule({ table: "observation-code" }), allows: true },
    { what: "another table decides", rule: rule({ table: "units" }), allows: false },
    { what: "it is of another site", rule: rule({ site: "lakeshore" }), allows: false },
    { what: "another kind is named", rule: rule({ kind: "added" }), allows: false },
    { what: "its last day is today", rule: rule({ until: today }), allows: true },
    { what: "its last day is over", rule: rule({ until: "2026-02-28" }), allows: false },
  ])("where $what allows a changed code: $allows", ({ rule: one, allows }) => {
    const found = result(tallyOf([[1, [code]]], [one]), [one]);
    expect(found.isHarmless).toBe(allows);
    expect(found.rules[0]?.values).toBe(allows ? 1 : 0);
    expect(found.groups[0]?.harmless?.reason).toBe(allows ? one.reason : undefined);
  });

  test("without a kind does not allow that messages fail", () => {
    const one = rule({ path: failing.path });
    expect(result(tallyOf([[1, [failing]]], [one]), [one]).isHarmless).toBe(false);
    const named = rule({ path: failing.path, kind: "failing" });
    expect(result(tallyOf([[1, [failing]]], [named]), [named]).isHarmless).toBe(true);
  });

  test("leaves a message harmful that has another difference", () => {
    const found = result(tallyOf([[1, [code, failing]]], [rule({})]), [rule({})]);
    expect(found.counts).toMatchObject({ differing: 1, harmful: 1 });
    expect(found.groups.map(({ kind, harmless }) => [kind, harmless?.rule])).toEqual([
      ["failing", undefined],
      ["changed", 1],
    ]);
  });
});
