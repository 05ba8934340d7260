import { describe, expect, test } from "vitest";
import { traffic } from "../../src/index.ts";
import { disagreements } from "../support/agreement.ts";
import { charts } from "../support/charts.ts";
import { parsed, shippedPathways } from "../support/hospital.ts";
import { r4Problems } from "../support/r4.ts";

const patients = 7;

function feed(seed: number) {
  return traffic({
    seed,
    patients,
    start: "2026-01-15T12:00:00Z",
    facility: "TH",
    timeZone: "America/Chicago",
    pathways: shippedPathways,
  });
}

describe("what messages tell and what FHIR shows", () => {
  test.each([1, 2])("is the same after each of 1,000 messages, for seed %i", (seed) => {
    const { hospital, store } = charts({ seed, patients });
    const types = new Set<string>();
    const wrong: string[] = [];
    for (const sent of feed(seed).take(1000)) {
      hospital.note(sent.told);
      wrong.push(...disagreements(parsed(sent), store));
      types.add(sent.type);
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(types.size).toBe(19);
  });

  test("is not the same before a message is told", () => {
    const { hospital, store } = charts({ seed: 1, patients });
    const wrong: string[] = [];
    for (const sent of feed(1).take(400)) {
      wrong.push(...disagreements(parsed(sent), store));
      hospital.note(sent.told);
    }
    expect(wrong.length).toBeGreaterThan(100);
  });

  test("is valid R4 after many messages", () => {
    const { hospital, store } = charts({ seed: 4, patients });
    for (const sent of feed(4).take(500)) hospital.note(sent.told);
    const types = ["Appointment", "Encounter", "Condition", "MedicationAdministration", "Patient"];
    const more = ["ServiceRequest", "DiagnosticReport", "DocumentReference", "MedicationRequest"];
    for (const type of [...types, ...more]) {
      const filed = [...store.all(type)];
      expect(filed.length).toBeGreaterThan(0);
      expect(filed.flatMap(({ resource }) => r4Problems(resource))).toEqual([]);
    }
  });
});
