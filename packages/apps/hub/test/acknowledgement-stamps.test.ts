import { expect, test } from "vitest";
import { acknowledgementStamps } from "../src/acknowledgement-stamps.ts";

const noon = Date.UTC(2026, 0, 15, 12, 0, 0);
const clockAt = (times: readonly number[]) => {
  const left = [...times];
  return { now: () => left.shift() ?? times.at(-1) ?? 0, after: () => () => {} };
};

test("the time is UTC to the second, and says so", () => {
  const stamp = acknowledgementStamps(clockAt([noon, noon + 999, noon + 1000]));
  expect([stamp().at, stamp().at]).toEqual(["20260115120000+0000", "20260115120001+0000"]);
});

test("no control id comes twice, in one run or in the next one a millisecond later", () => {
  const runs = [noon, noon + 1].map((start) => acknowledgementStamps(clockAt([start])));
  const ids = runs.flatMap((stamp) => Array.from({ length: 2000 }, () => stamp().controlId));
  expect(new Set(ids).size).toBe(4000);
  expect(ids.every((id) => /^[\dA-Z]{1,20}$/u.test(id))).toBe(true);
});
