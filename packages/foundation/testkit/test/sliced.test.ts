import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sliced } from "../src/index.ts";

test("the pieces of any slicing are the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.array(fc.integer({ min: -1, max: 9 })), (bytes, sizes) => {
      expect(Buffer.concat(sliced(bytes, sizes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test("each piece but the last has the size that was asked for, at least one byte", () => {
  expect(sliced(new Uint8Array(6), [2, 0, 9]).map(({ byteLength }) => byteLength)).toEqual([
    2, 1, 3,
  ]);
});
