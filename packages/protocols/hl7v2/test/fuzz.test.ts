import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkBytes } from "../fuzz/checks.ts";
import { mutate } from "../fuzz/mutate.ts";
import { findings, seeds } from "../fuzz/seeds.ts";
import { seededRandom } from "@trestle/base";

test("any bytes at all keep every promise", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => checkBytes(bytes)));
});

test("messages that were damaged in any way keep every promise", () => {
  const random = seededRandom(7);
  const inputs = seeds();
  for (let turn = 0; turn < 500; turn += 1) checkBytes(mutate(inputs, { random, maxBytes: 2000 }));
});

test("what a search once found stays repaired", () => {
  const broken = findings().filter((bytes) => {
    try {
      checkBytes(bytes);
      return false;
    } catch {
      return true;
    }
  });
  expect(broken.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual([]);
});
