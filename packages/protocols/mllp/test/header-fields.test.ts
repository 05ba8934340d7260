import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readHeader, withHeaderFields } from "../src/index.ts";

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
