import { describe, expect, test } from "vitest";
import { runHere, trestle } from "./support/run-trestle.ts";

const header = "MSH|^~\\&|A|B|C|D|20260115||";

describe("a file of messages", () => {
  test("says what is wrong around the messages of a file, and ends with 3", async () => {
    const input = `a note\rBHS|^~\\&\r${header}ADT^A01|1|T|2.5\rEVN|A01\rBTS|2\r`;
    const { code, output, errors } = await runHere(["hl7", "parse", "-"], { input });
    expect(errors).toMatch(
      /^standard input: Line 1 belongs to no message\.\n.*\nstandard input: BTS-1 says 2 messages; batch 1 holds 1\.\n/u,
    );
    expect([code, output]).toEqual([3, expect.stringContaining("ADT^A01 1")]);
  });

  test("says what is wrong with envelopes that hold no message", async () => {
    const input = "FHS|^~\\&\rBHS|^~\\&\rBTS|3\rFTS|2\r";
    const { code, errors } = await runHere(["hl7", "parse", "-"], { input });
    expect(errors).toContain("BTS-1 says 3 messages; batch 1 holds 0.");
    expect(errors).toContain("FTS-1 says 2 batches; the file holds 1.");
    expect(errors).not.toContain("There is no HL7 v2 message");
    expect(code).toBe(3);
  });

  test("takes envelopes that say that they hold nothing", async () => {
    const input = "FHS|^~\\&\rBHS|^~\\&\rBTS|0\rFTS|1\r";
    const { code, output, errors } = await runHere(["hl7", "parse", "-"], { input });
    expect({ code, output }).toEqual({ code: 0, output: "" });
    expect(errors).toMatch(/^standard input: Its envelopes hold no message\.\n {2}\S/u);
  });

  test.each([
    { where: "in front of a message", input: `${"stray\r".repeat(25)}${header}ADT^A01|1|T|2.5\r` },
    {
      where: "behind the end of a batch",
      input: `BHS|^~\\&\r${header}ADT^A01|1|T|2.5\rBTS|1\r${"stray\r".repeat(25)}`,
    },
  ])("tells the first 20 stray lines $where, and how many more there are", async ({ input }) => {
    const { code, errors } = await runHere(["hl7", "parse", "-"], { input });
    expect(errors.match(/belongs to no message/gu)).toHaveLength(20);
    expect(errors).toMatch(/^standard input: 5 more problems not shown\.\n {2}\S.*\n$/mu);
    expect(code).toBe(3);
  });

  test("needs no more memory for a file of stray lines than for the file itself", async () => {
    const input = `${"x\r".repeat(4_000_000)}${header}ADT^A01|1|T|2.5\r`;
    const words = ["hl7", "parse", "-", "--json"];
    const environment = { NODE_OPTIONS: "--max-old-space-size=256" };
    const { code, output, errors } = await trestle(words, { input, environment });
    expect(errors).toContain("3999980 more problems not shown.");
    expect([code, output]).toEqual([3, expect.stringContaining('"ADT^A01"')]);
  });

  test("reads UTF-16, and a line feed that stands in a field", async () => {
    const text = `${header}ADT^A01|1|T|2.5\rNTE|1||one\ntwo \u00E9\r`;
    for (const input of [Buffer.from(text), Buffer.from(`\u{FEFF}${text}`, "utf16le")]) {
      const { code, output, errors } = await runHere(["hl7", "parse", "-", "--json"], { input });
      expect(errors).toContain("A field holds a line feed that is not escaped.");
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining("one\\ntwo \u00E9"),
      });
    }
  });
});
