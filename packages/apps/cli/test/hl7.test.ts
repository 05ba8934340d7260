import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rowsOf, runHere, startTrestle, trestle } from "./support/run-trestle.ts";
import { sampleIntegration, sampleMessage } from "./support/sample.ts";

const header = "MSH|^~\\&|A|B|C|D|20260115103000||";

describe("hl7 parse", () => {
  test("shows each segment and field with its name", async () => {
    const { code, output, errors } = await runHere(["hl7", "parse", sampleMessage("adt-a08")]);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toMatch(/^ADT\^A08 \d+\nMSH +Message Header\n/u);
    expect(output).toMatch(/^ +PID-5\.1 +Family Name {2}ABERFORTH$/mu);
  });

  test("gives one object a message with --json, from standard input too", async () => {
    const input = ["adt-a08", "oru-r01"].map((name) =>
      readFileSync(sampleMessage(name as "adt-a08")),
    );
    const ended = await trestle(["hl7", "parse", "-", "--json"], { input: Buffer.concat(input) });
    expect(ended.code).toBe(0);
    expect(rowsOf(ended)).toMatchObject([
      { number: 1, type: "ADT^A08", warnings: [] },
      { number: 2, type: "ORU^R01", warnings: [] },
    ]);
  });

  test("goes on behind a message that cannot be read, and ends with 3", async () => {
    const input = `${header}ADT^A01|1|T|2.5||||||KLINGON\n${header}ADT^A01|2|T|2.5\n`;
    const ended = await runHere(["hl7", "parse", "-", "--json"], { input });
    expect(ended.code).toBe(3);
    expect(ended.errors).toMatch(/^standard input message 1: MSH-18: .*character set/u);
    expect(rowsOf(ended)).toMatchObject([{ number: 2, controlId: "2" }]);
  });

  test.each([
    { name: "an empty file", input: "", says: "It is empty." },
    { name: "a file of something else", input: "hello\n", says: "There is no HL7 v2 message" },
    { name: "a file of bytes", input: Buffer.alloc(70_000, 0x9c), says: "There is no HL7 v2" },
  ])("$name ends with 3 and says why", async ({ input, says }) => {
    const { code, output, errors } = await runHere(["hl7", "parse", "-"], { input });
    expect({ code, output }).toEqual({ code: 3, output: "" });
    expect(errors).toMatch(/^standard input: .*\n {2}\S.*\n$/u);
    expect(errors).toContain(says);
  });

  test("tolerates what captures and exports leave around messages", async () => {
    const message = (id: number) => `${header}ADT^A01|${id}|T|2.5\rEVN|A01\r`;
    const input = `\u{FEFF}FHS|^~\\&\rBHS|^~\\&\r\u{0B}${message(1)}\u{1C}\r\r\n${message(2)}BTS|2\rFTS|1\r`;
    const ended = await runHere(["hl7", "parse", "-", "--json"], { input });
    expect({ code: ended.code, errors: ended.errors }).toEqual({ code: 0, errors: "" });
    const segments = rowsOf(ended).map((row) =>
      (row["segments"] as { at: string }[]).map(({ at }) => at),
    );
    expect(segments).toEqual([
      ["MSH", "EVN"],
      ["MSH", "EVN"],
    ]);
  });

  test("stops quietly when the reader of its output has seen enough", async () => {
    const input = readFileSync(sampleMessage("adt-a08"), "utf8").repeat(100);
    const running = startTrestle(["hl7", "parse", "-", "--json"]);
    running.child.stdin.on("error", () => {}).end(input);
    running.child.stdout.once("data", () => running.child.stdout.destroy());
    const { code, errors } = await running.ended;
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });
});

describe("hl7 validate", () => {
  const message = [
    "MSH|^~\\&|LAB|TH|HUB|TH|20260115103000||ADT^A01^ADT_A01|1|P|2.5.1",
    "EVN||20260115103000",
    "PID|1||A1^^^TH^MR||WREN^EDITH||19621304|F",
    "PV1|1|I",
    "ZPD|1",
  ].join("\r");

  test("names each finding with its level and place, and ends with 3 for an error", async () => {
    const { code, output, errors } = await runHere(["hl7", "validate", "-"], { input: message });
    expect(code).toBe(3);
    expect(output).toMatch(/^message 1 error PID-7\.1: PID-7 \(Date\/Time of Birth\) is not/u);
    expect(output).toMatch(/^message 1 note ZPD: /mu);
    expect(output).not.toContain("19621304");
    expect(errors).toBe("message 1: errors 1, warnings 0, notes 1\n");
  });

  test("shows errors alone with --level error, one object a line with --json", async () => {
    const words = ["hl7", "validate", "-", "--level", "error", "--json"];
    const ended = await runHere(words, { input: message });
    expect(rowsOf(ended)).toEqual([
      {
        message: 1,
        level: "error",
        code: "hl7v2.notATimestamp",
        at: "PID-7.1",
        text: expect.any(String),
        hint: expect.any(String),
      },
    ]);
  });

  test("says how many findings it left out", async () => {
    const ended = await runHere(["hl7", "validate", "-", "--max", "1"], { input: message });
    expect(ended.errors).toContain("1 not shown, raise --max");
  });

  test("ends with 0 where nothing is wrong", async () => {
    const ended = await runHere(["hl7", "validate", "-"], {
      input: message.replace("19621304", "19620304"),
    });
    expect(ended.code).toBe(0);
  });

  test("ends with 3 where a message cannot be read", async () => {
    const ended = await runHere(["hl7", "validate", "-"], { input: "hello\n" });
    expect(ended.code).toBe(3);
    expect(ended.errors).toMatch(/^standard input: There is no HL7 v2 message/u);
  });

  test("holds messages against the profile of a site", async () => {
    const pending = readFileSync(sampleMessage("adt-a08"), "utf8").replace("ACTIVATED", "LOST");
    const words = ["hl7", "validate", "-", "--json", "--level", "error"];
    const site = ["--site", "lakeshore", "--config", sampleIntegration];
    const [plain, held] = await Promise.all([
      runHere(words, { input: pending }),
      runHere([...words, ...site], { input: pending }),
    ]);
    expect(rowsOf(plain)).toEqual([]);
    expect(rowsOf(held)).toMatchObject([{ level: "error", at: "ZPD-4" }]);
    expect([plain.code, held.code]).toEqual([0, 3]);
  });
});

describe("hl7 to-fhir", () => {
  test("gives the Bundle", async () => {
    const ended = await trestle(["hl7", "to-fhir", sampleMessage("oru-r01"), "--json"]);
    expect(ended.code).toBe(0);
    expect(rowsOf(ended)).toMatchObject([{ resourceType: "Bundle", type: "collection" }]);
  });

  test.each(["adt-a08", "oru-r01", "siu-s12"] as const)(
    "%s: --explain names a source for every value",
    async (name) => {
      const words = ["hl7", "to-fhir", sampleMessage(name), "--site", "lakeshore"];
      const options = ["--config", sampleIntegration, "--json"];
      const [shown, explained] = await Promise.all([
        runHere([...words, ...options]),
        trestle([...words, ...options, "--explain"]),
      ]);
      expect([shown.code, explained.code]).toEqual([0, 0]);
      const rows = rowsOf(explained);
      expect(rows.length).toBeGreaterThan(50);
      expect(rows.length).toBe(countOfLeaves(rowsOf(shown)[0]));
      const unexplained = rows.filter(
        ({ field, row, rule }) => field === undefined && row === undefined && rule === undefined,
      );
      expect(unexplained).toEqual([]);
    },
  );

  test("--unmapped names the fields that reached nothing, with their text", async () => {
    const message = readFileSync(sampleMessage("adt-a08"), "utf8").trimEnd();
    const words = ["hl7", "to-fhir", "-", "--unmapped"];
    const [shown, asRows] = await Promise.all([
      runHere(words, { input: `${message}\rZQX|1|Blue\r` }),
      runHere([...words, "--json"], { input: `${message}\rZQX|1|Blue\r` }),
    ]);
    expect([shown.code, asRows.code]).toEqual([0, 0]);
    expect(shown.output).toContain('ZQX-2 = "Blue"\n');
    expect(rowsOf(asRows)).toContainEqual({
      message: 1,
      at: "ZQX-2",
      field: "ZQX-2",
      value: "Blue",
    });
  });

  test("--unmapped says where it stopped, and exits with 3", async () => {
    const words = ["hl7", "to-fhir", sampleMessage("adt-a08"), "--unmapped", "--max-mappings", "1"];
    const { code, errors } = await runHere(words);
    expect(code).toBe(3);
    expect(errors).toMatch(/message 1: \S+ Nothing from \S+ on was looked at/u);
  });

  test("a site's code tables are used, and named in the explanation", async () => {
    const words = ["hl7", "to-fhir", sampleMessage("adt-a08"), "--explain"];
    const site = ["--site", "lakeshore", "--config", sampleIntegration];
    const { output } = await runHere([...words, ...site]);
    expect(output).toMatch(
      /= "https:\/\/lakeshore\.example\S+"\n {4}from PID-3, identifiers: EPI, map row patient\.identifier$/mu,
    );
  });

  test("a site that the folder does not have ends with 2, a folder with problems with 3", async () => {
    const words = ["hl7", "to-fhir", sampleMessage("adt-a08"), "--site", "atlantis", "--config"];
    const [unknown, broken] = await Promise.all([
      runHere([...words, sampleIntegration]),
      runHere([...words, "no-such-folder"]),
    ]);
    expect(unknown.errors).toContain("no site “atlantis”. It has: lakeshore.");
    expect(broken.errors).toContain("There is no such folder");
    expect([unknown.code, broken.code]).toEqual([2, 3]);
  });
});

function countOfLeaves(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, child) => sum + countOfLeaves(child), 0);
}
