import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMessage, printMessage } from "../src/index.ts";
import { anyParts, anySeparators, headed, parsed, writeMessage } from "./written.ts";

/** Any characters at all, except those that end a segment. */
const anyLine = fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n]/gu, ""));
const anyName = fc.constantFrom("PID", "OBX", "ZZ9", "QQQ");
const anySegment = fc.tuple(anyName, anyLine).map(([name, rest]) => `${name}|${rest}\r`);

test("an untouched message comes back byte for byte, whatever its segments hold", () => {
  fc.assert(
    fc.property(fc.array(anySegment, { maxLength: 6 }), (segments) => {
      const bytes = Buffer.from(headed(segments.join("")));
      const decoded = decodeMessage(bytes);
      expect(decoded.ok).toBe(true);
      const message = parsed(decoded.ok ? decoded.value.text : "");
      expect(message.segments).toHaveLength(segments.length + 1);
      expect(Buffer.from(printMessage(message))).toEqual(bytes);
    }),
  );
});

test("a message under any separators comes back as it was", () => {
  fc.assert(
    fc.property(anyParts, anySeparators, (parts, separators) => {
      const text = writeMessage(parts, separators);
      expect(printMessage(parsed(text))).toBe(text);
    }),
  );
});

test("reading a message does not change what is printed", () => {
  const text = headed('PID|1||a^b&c~d||""|x\\F\\y||\rZZ1\rOBX|\r');
  const message = parsed(text);
  for (const segment of message.segments) {
    for (let number = 1; number <= segment.fieldCount; number += 1) {
      expect(segment.field(number).text).not.toBe(null);
    }
  }
  expect(printMessage(message)).toBe(text);
});

test.each([
  "\u{FEFF}MSH|^~\\&|LAB\r\nPID|1\n\nOBX|1",
  "MSH|^~\\&|LAB\r\rPID|1\r\r\r",
  "MSH|^~\\&|LAB\nPID|1\n",
])("segments that ended otherwise still do", (text) => {
  expect(printMessage(parsed(text))).toBe(text);
});
