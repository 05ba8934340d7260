import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readAcknowledgement, readHeader, withHeaderFields } from "../src/index.ts";

test.each([
  {
    what: "longer than it was, with the fields between empty",
    line: "MSH|^~\\&|A",
    written: "MSH|^~\\&|A||||||||||||AL|NE",
  },
  {
    what: "where fields stood, with those behind kept",
    line: "MSH|^~\\&|A||||||ADT^A08|1|P|2.5|||ER|AL|DE|8859/1",
    written: "MSH|^~\\&|A||||||ADT^A08|1|P|2.5|||AL|NE|DE|8859/1",
  },
  { what: "with its own separator", line: "MSH#^~\\&", written: "MSH#^~\\&#############AL#NE" },
  { what: "not at all where it is none", line: "PID|1||7", written: "PID|1||7" },
])("a header is written $what", ({ line, written }) => {
  const fields = new Map([
    [15, "AL"],
    [16, "NE"],
  ]);
  const got = withHeaderFields(Buffer.from(`${line}\rEVN|A08\r`, "latin1"), fields);
  expect(Buffer.from(got).toString("latin1")).toBe(`${written}\rEVN|A08\r`);
});

test("what is written is read, and every byte behind the header stays", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom("\r", "\n"), (rest, end) => {
      const message = Buffer.concat([Buffer.from(`MSH|^~\\&|S||||||ADT^A08|1${end}`), rest]);
      const got = Buffer.from(withHeaderFields(message, new Map([[13, "42"]])));
      expect(readHeader(got)).toMatchObject({ controlId: "1", sequence: "42" });
      expect(got.subarray(got.indexOf(end) + 1)).toEqual(Buffer.from(rest));
    }),
  );
});

test.each([
  { what: "UTF-16, low byte first", encode: wide },
  { what: "UTF-16, high byte first", encode: (text: string) => wide(text).swap16() },
  { what: "UTF-16 with a mark", encode: (text: string) => wide(`\u{FEFF}${text}`) },
  { what: "UTF-8 with a mark", encode: (text: string) => Buffer.from(`\u{FEFF}${text}`) },
])("a header in $what is read and written", ({ encode }) => {
  const rest = "\rPID|1||7||\u9AD4\r";
  const message = encode(`MSH|^~\\&|S||||||ADT^A08|4711|P|2.5|||AL${rest}`);
  expect(readHeader(message)).toMatchObject({ controlId: "4711", commitWanted: "AL" });
  const fields = new Map([
    [15, "NE"],
    [16, "ER"],
  ]);
  const written = encode(`MSH|^~\\&|S||||||ADT^A08|4711|P|2.5|||NE|ER${rest}`);
  expect(Buffer.from(withHeaderFields(message, fields))).toEqual(written);
  const answer = encode("MSH|^~\\&|R\rMSA|CA|4711||7\r");
  expect(readAcknowledgement(answer)).toMatchObject({
    code: "CA",
    controlId: "4711",
    expectedSequence: 7,
  });
});

function wide(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}
