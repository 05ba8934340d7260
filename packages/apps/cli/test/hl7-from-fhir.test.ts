import { describe, expect, test } from "vitest";
import { rowsOf, runHere, trestle } from "./support/run-trestle.ts";
import { sampleBundle, sampleIntegration, sampleMessage } from "./support/sample.ts";
import { undocumented } from "./support/undocumented.ts";

describe("hl7 from-fhir", () => {
  const words = (name: string, kind: string) => [
    "hl7",
    "from-fhir",
    sampleBundle(name),
    "--as",
    kind,
    "--site",
    "lakeshore",
    "--config",
    sampleIntegration,
  ];

  test("prints the message, and what of the bundle it does not carry", async () => {
    const header = ["--at", "2026-01-15T15:00:00-06:00", "--control-id", "4711"];
    const { code, output, errors } = await trestle([...words("result", "ORU^R01"), ...header]);
    expect(code).toBe(0);
    expect(output).toMatch(
      /^MSH\|\^~\\&\|TRESTLE\|TRESTLE\|EHR\|EHR\|20260115150000\|\|ORU\^R01\^ORU_R01\|4711\|T\|2\.5\.1\|/u,
    );
    expect(output).toMatch(/^OBX\|2\|ED\|PDF\^Report\|\|\^PDF\^\^Base64\^/mu);
    expect(errors).toContain("left out: entry[3].resource.intent");
  });

  test("what it composes, hl7 to-fhir reads", async () => {
    const composed = await runHere(words("note", "MDM"));
    const mapped = await runHere(["hl7", "to-fhir", "-", "--json"], { input: composed.output });
    expect([composed.code, mapped.code]).toEqual([0, 0]);
    expect(JSON.stringify(rowsOf(mapped))).toContain("DocumentReference");
  });

  test("gives the message whole with --json", async () => {
    const ended = await runHere([...words("note", "MDM"), "--json"]);
    const [row] = rowsOf(ended);
    expect(row).toMatchObject({ kind: "MDM^T02", warnings: [] });
    expect(String(row?.["text"])).toMatch(/^MSH[^\n]+\rEVN\|T02\|[^\n]+\r$/u);
    expect(undocumented("hl7 from-fhir", rowsOf(ended))).toEqual([]);
  });

  test("--explain names a source for every value", async () => {
    const ended = await runHere([...words("result", "ORU^R01"), "--explain", "--json"]);
    const rows = rowsOf(ended);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter(({ path, rule }) => path === undefined && rule === undefined)).toEqual([]);
    expect(rows).toContainEqual(
      expect.objectContaining({ field: "PID-8", value: "F", row: "gender: F" }),
    );
    expect(undocumented("hl7 from-fhir", rows)).toEqual([]);
  });

  test.each([
    { name: "a bundle that must not leave", file: sampleBundle("note"), kind: "MDM", code: 3 },
    { name: "a kind that nothing makes", file: sampleBundle("note"), kind: "ZZZ^Z01", code: 2 },
    { name: "a file that is no bundle", file: sampleMessage("adt-a08"), kind: "MDM", code: 3 },
    { name: "a file that is not there", file: "no-such-file.json", kind: "MDM", code: 2 },
  ])("$name ends with $code and says why", async ({ file, kind, code }) => {
    const ended = await runHere(["hl7", "from-fhir", file, "--as", kind]);
    expect({ code: ended.code, output: ended.output }).toEqual({ code, output: "" });
    expect(ended.errors).not.toBe("");
  });
});
