import { expect, test } from "vitest";
import { scopeRows } from "../src/scope-rows.ts";

test("every scope stands once, with who has it on record and what is wrong with it", () => {
  const rows = scopeRows({
    needed: ["system/Patient.rs", "system/Observation.rs", "system/Encounter.rs"],
    requested: ["system/Patient.rs", "system/Observation.rs", "system/Task.rs"],
    granted: ["system/Patient.rs", "system/Observation.r", "system/Encounter.rs", "system/Flag.r"],
    met: ["system/Patient.rs", "system/Observation.r", "system/Encounter.rs"],
    missing: ["system/Observation.s"],
    surplus: ["system/Flag.r"],
  });
  expect(rows.map(({ scope, finding }) => [scope, finding])).toEqual([
    ["system/Patient.rs", undefined],
    ["system/Observation.rs", "missing"],
    ["system/Encounter.rs", "notRequested"],
    ["system/Task.rs", "notNeeded"],
    ["system/Flag.r", "notNeeded"],
  ]);
  expect(rows[4]).toMatchObject({ needed: false, requested: false, granted: true });
});

test("where nothing is asked for by name, nothing is asked for too little", () => {
  const scopes = ["system/Patient.rs"];
  const rows = scopeRows({
    needed: scopes,
    requested: [],
    granted: scopes,
    met: scopes,
    missing: [],
    surplus: [],
  });
  expect(rows).toEqual([{ scope: scopes[0], needed: true, requested: false, granted: true }]);
});
