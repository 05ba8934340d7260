import { describe, expect, test } from "vitest";
import { trestle } from "./support/run-trestle.ts";

const header = "MSH|^~\\&|A|B|C|D|20260115||";

describe("a file of messages", () => {
  test("says what is wrong around the messages of a file, and ends with 3", async () => {
    const input = `a note\rBHS|^~\\&\r${header}ADT^A01|1|T|2.5\rEVN|A01\rBTS|2\r`;
    const { code, output, errors } = await trestle(["hl7", "parse", "-"], { input });
    expect(errors).toMatch(
      /^standard input: Line 1 belongs to no message\.\n.*\nstandard input: BTS-1 says 2 messages; batch 1 holds 1\.\n/u,
    );
    expect([code, output]).toEqual([3, expect.stringContaining("ADT^A01 1")]);
  });

  test("reads UTF-16, and a line feed that stands in a field", async () => {
    const text = `${header}ADT^A01|1|T|2.5\rNTE|1||one\ntwo \u00E9\r`;
    for (const input of [Buffer.from(text), Buffer.from(`\u{FEFF}${text}`, "utf16le")]) {
      const { code, output, errors } = await trestle(["hl7", "parse", "-", "--json"], { input });
      expect(errors).toContain("A field holds a line feed that is not escaped.");
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining("one\\ntwo \u00E9"),
      });
    }
  });
});
