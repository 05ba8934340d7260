import { expect, test } from "vitest";
import { scopeRows } from "../src/scope-rows.ts";

const notMeasured = { used: [], isWholeTime: false };

const scopes = {
  needed: ["system/Patient.rs", "system/Observation.rs", "system/Encounter.rs"],
  requested: ["system/Patient.rs", "system/Observation.rs", "system/Task.rs"],
  notApproved: [],
  granted: ["system/Patient.rs", "system/Observation.r", "system/Encounter.rs", "system/Flag.r"],
  met: ["system/Patient.rs", "system/Observation.r", "system/Encounter.rs"],
  missing: ["system/Observation.s"],
  surplus: ["system/Flag.r"],
};

const found = (...given: Parameters<typeof scopeRows>) =>
  scopeRows(...given).map(({ scope, findings }) => [scope, ...findings]);

test("every scope stands once, with who has it on record and what is wrong with it", () => {
  expect(found(scopes, notMeasured)).toEqual([
    ["system/Patient.rs"],
    ["system/Observation.rs", "missing"],
    ["system/Encounter.rs", "notRequested"],
    ["system/Task.rs", "notNeeded"],
    ["system/Flag.r", "notNeeded"],
  ]);
  expect(scopeRows(scopes, notMeasured)[4]).toMatchObject({
    needed: false,
    requested: false,
    granted: true,
  });
});

const all = ["system/Patient.rs", "system/Task.rs"];
const good = {
  needed: all,
  requested: [],
  notApproved: [],
  granted: all,
  met: all,
  missing: [],
  surplus: [],
};

test("where nothing is asked for by name, nothing is asked for too little", () => {
  expect(found(good, notMeasured)).toEqual([["system/Patient.rs"], ["system/Task.rs"]]);
});

test("what nothing used is a finding once all days are measured, and a refusal always", () => {
  const used = [
    { scope: "system/Patient.rs", count: 2, refused: 1, lastDay: "2026-03-02" },
  ] as const;
  expect(found(good, { used, isWholeTime: false })).toEqual([
    ["system/Patient.rs", "refused"],
    ["system/Task.rs"],
  ]);
  const [patient, task] = scopeRows(good, { used, isWholeTime: true });
  expect(patient).toMatchObject({ used: 2, refused: 1, lastDay: "2026-03-02" });
  expect(task).toMatchObject({ used: 0, findings: ["unused"] });
});

test("what the hospital has not approved is a finding where its approval is written down", () => {
  const approved = { ...good, approved: ["system/Patient.rs"], notApproved: ["system/Task.rs"] };
  const rows = scopeRows(approved, notMeasured);
  expect(rows.map((row) => [row.approved, ...row.findings])).toEqual([
    [true],
    [false, "notApproved"],
  ]);
  expect(scopeRows(good, notMeasured)[0]).not.toHaveProperty("approved");
});
