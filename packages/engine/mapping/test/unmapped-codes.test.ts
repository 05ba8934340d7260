import { parseMessage } from "@trestle/hl7v2";
import { expect, test } from "vitest";
import { codeTables, createMapper } from "../src/index.ts";

const site = { id: "harbor", timeZone: "America/Chicago", tables: codeTables(new Map()) };

function unmappedIn(...segments: readonly string[]) {
  const header = "MSH|^~\\&|EHR|TH|||20260115103015||ORU^R01|1|T|2.5.1";
  const message = parseMessage([header, ...segments].join("\r"));
  if (!message.ok) throw new Error(message.problem.text);
  const mapper = createMapper();
  // Twice, for what was remembered must not hide it.
  mapper.map(message.value, site);
  const { unmappedCodes } = mapper.map(message.value, site);
  expect(mapper.explain(message.value, site).unmappedCodes).toEqual(unmappedCodes);
  return unmappedCodes;
}

test("a code without a row is told with its table and field, once for each field", () => {
  const found = unmappedIn(
    "PID|1||900001^^^ODD^MR||BEAM^ADA||19800115|F~F",
    "OBR|1|4711^ODD||GLU^Glucose^ODDLAB",
    "OBX|1|NM|GLU^Glucose||5.1|lumps|||||F",
    "OBX|2|NM|GLU^Glucose||5.2|lumps|||||F",
  );
  expect(found.filter(({ table }) => table === "units")).toEqual([
    { table: "units", local: "lumps", field: "OBX-6" },
  ]);
  const identifiers = found.filter(({ table }) => table === "identifiers");
  expect(identifiers).toEqual([
    { table: "identifiers", local: "ODD^MR", field: "PID-3" },
    { table: "identifiers", local: "ODD", field: "OBR-2" },
  ]);
  expect(new Set(found.map((each) => JSON.stringify(each))).size).toBe(found.length);
});

test("what is not short and plain might be a name in the wrong field, so it is not told", () => {
  const found = unmappedIn("PID|1||900001^^^TH^MR||BEAM^ADA||19800115|Beam, Ada (Mrs)");
  expect(found).toContainEqual({ table: "gender", local: "", field: "PID-8" });
});

test("a code whose row says that it is not mapped on purpose is none", () => {
  const blank = { display: "", system: "", code: "", note: "" };
  const row = { local: "Q", ...blank, status: "not mapped on purpose" } as const;
  const tables = codeTables(new Map([["gender", [row]]]));
  const message = parseMessage(
    "MSH|^~\\&|EHR|TH|||20260115||ADT^A08|1|T|2.5.1\rPID|1||900001^^^TH^MR||BEAM^ADA||19800115|Q",
  );
  if (!message.ok) throw new Error(message.problem.text);
  const { unmappedCodes } = createMapper().map(message.value, { ...site, tables });
  expect(unmappedCodes.filter(({ table }) => table === "gender")).toEqual([]);
});
