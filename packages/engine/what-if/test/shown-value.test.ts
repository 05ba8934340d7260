import { describe, expect, test } from "vitest";
import { shownValue } from "../src/shown-value.ts";

describe("a value that differs", () => {
  test.each([
    { path: "Observation.code.coding.code", value: "8867-4", shown: "8867-4" },
    { path: "Observation.status", value: "final", shown: "final" },
    { path: "Patient.identifier.system", value: "urn:oid:1.2.3", shown: "urn:oid:1.2.3" },
    { path: "Patient.identifier.type.coding.code", value: "MR", shown: "MR" },
    { path: "Location.status", value: "active", shown: "active" },
    { path: "Patient.active", value: true, shown: "true" },
  ])("of $path is shown as it is", ({ path, value, shown }) => {
    expect(shownOf(path, value)).toBe(shown);
  });

  test.each([
    { path: "Patient.name.family", value: "Beam", shown: "text of 4 characters" },
    { path: "Patient.gender", value: "female", shown: "text of 6 characters" },
    { path: "Patient.birthDate", value: "1980-01-15", shown: "a date" },
    {
      path: "Encounter.period.start",
      value: "2026-01-15T10:00:00-06:00",
      shown: "a date and time",
    },
    { path: "Observation.valueQuantity.value", value: 6.1, shown: "a number" },
    {
      path: "Observation.valueCodeableConcept.coding.code",
      value: "POS",
      shown: "text of 3 characters",
    },
    {
      path: "Observation.code.coding.code",
      value: "Beam, Ada Test, asked to be called again",
      shown: "text of 40 characters",
    },
    {
      path: "Patient.communication.language.coding.code",
      value: "x",
      shown: "text of 1 character",
    },
  ])("of $path is told by what it is", ({ path, value, shown }) => {
    expect(shownOf(path, value)).toBe(shown);
  });
});

function shownOf(path: string, value: unknown): string {
  const [resourceType = "", ...keys] = path.split(".");
  return shownValue(value, { resourceType, keys });
}
