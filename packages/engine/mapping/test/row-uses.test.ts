import { parseMessage } from "@trestle/hl7v2";
import { expect, test } from "vitest";
import { type CodeRow, codeTables, countingSite, createMapper } from "../src/index.ts";

function row(local: string, code: string, days: Partial<CodeRow> = {}): CodeRow {
  const system = "http://loinc.org";
  return { local, display: "", system, code, status: "mapped", note: "", ...days };
}

const rows = [
  row("GLU", "2345-7"),
  row("K", "2823-3", { until: "2025-12-31" }),
  row("K", "6298-4", { from: "2026-01-01" }),
  row("NEVER", "2951-2"),
];
const plain = {
  id: "harbor",
  timeZone: "UTC",
  tables: codeTables(new Map([["observation-code", rows]])),
};

function result(patient: number, ...codes: readonly string[]) {
  const message = parseMessage(
    [
      "MSH|^~\\&|EHR|TH|||20260115103015||ORU^R01|1|T|2.5.1",
      `PID|1||${patient}^^^TH^MR||BEAM^ADA||19800115|F`,
      "OBR|1|4711^TH||GLU^Glucose^ODDLAB",
      ...codes.map((code, index) => `OBX|${index + 1}|NM|${code}||5.1|mg/dL|||||F`),
    ].join("\r"),
  );
  if (!message.ok) throw new Error(message.problem.text);
  return message.value;
}

test("a row counts once for each message that used it, remembered or looked up", () => {
  const site = countingSite(plain);
  const mapper = createMapper();
  for (let patient = 1; patient <= 5; patient += 1) {
    mapper.map(result(patient, "GLU", "GLU~GLU", "K"), site);
  }
  const taken = site.uses.take();
  const of = (table: string) => taken.filter((each) => each.table === table);
  expect(of("observation-code")).toEqual([
    { table: "observation-code", local: "GLU", count: 5 },
    { table: "observation-code", local: "K", count: 5 },
  ]);
  expect(of("units")).toEqual([{ table: "units", local: "mg/dL", count: 5 }]);
  expect(site.uses.take()).toEqual([]);
  mapper.map(result(6, "K"), site);
  expect(site.uses.take()).toContainEqual({ table: "observation-code", local: "K", count: 1 });
});

test("counting changes no result, and an explanation is no traffic", () => {
  const site = countingSite(plain);
  const mapper = createMapper();
  const message = result(1, "GLU", "K", "ODD");
  const counted = mapper.map(message, site);
  site.uses.take();
  expect(counted).toEqual(createMapper().map(message, plain));
  mapper.explain(message, site);
  expect(site.uses.take()).toEqual([]);
});
