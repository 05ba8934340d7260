import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { packBody, unpackBody } from "../src/body.ts";

const text = JSON.stringify({
  resourceType: "Bundle",
  entry: Array.from({ length: 40 }, () => ({ note: "Größe √" })),
});

test("a packed result is unpacked byte for byte, and is a tenth of its size where it repeats itself", () => {
  const packed = packBody(text);
  expect(Buffer.from(unpackBody(packed)).toString()).toBe(text);
  expect(packed.length).toBeLessThan(text.length / 10);
});

test("a result that an earlier version packed is still delivered", () => {
  const packed = deflateRawSync(text, { level: 1 });
  expect(Buffer.from(unpackBody(packed)).toString()).toBe(text);
});
