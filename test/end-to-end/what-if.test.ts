import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Base, openBase } from "../../proofs/what-if/base.ts";
import { adapted, nothing, seededChanges } from "../../proofs/what-if/changes.ts";
import { judgeAlone, judgeTogether } from "../../proofs/what-if/what-if.ts";

// The short form of the proof what-if: fewer messages, and of the changes that stand alone one.

const seed = 7;
let base: Base;
beforeAll(async () => {
  base = await openBase({ seed, count: 250, adapted });
});
afterAll(() => base.remove());

describe("on stored traffic, what-if finds just what the text of the messages says", () => {
  const changes = seededChanges(seed).filter(
    ({ name }) => name === "a channel takes what was refused",
  );

  test.each([...changes, ...nothing.slice(0, 1)])("where $name", async (change) => {
    expect(await judgeAlone(base, seed, change)).not.toHaveProperty("instead");
  });

  test("where many things changed on a branch, and then nothing that is not declared", async () => {
    const verdicts = await judgeTogether(base, seed);
    expect(verdicts.filter(({ instead }) => instead !== undefined)).toEqual([]);
  });
});
