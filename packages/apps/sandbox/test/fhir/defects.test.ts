import type { FhirResource, Observation } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import type { DataDefect } from "../../src/site/defect.ts";
import type { ChartStore } from "../../src/index.ts";
import { charts } from "../support/charts.ts";

type Given = Omit<DataDefect, "share"> & { readonly share?: number };

const storeWith = (defects: readonly Given[], patients = 5) =>
  charts({
    patients,
    switches: { defects: defects.map((defect) => ({ share: 1, ...defect })) },
  }).store;

const labsIn = (store: ChartStore) =>
  [...store.all("Observation")]
    .filter(({ subType }) => subType === "Labs")
    .map(({ resource }) => resource as Observation);

const clean = labsIn(storeWith([]));

describe("what is wrong with the data of a site", () => {
  test.each<[DataDefect["wrong"], string, (lab: Observation) => boolean]>([
    ["missing", "issued", (lab) => lab.issued === undefined],
    [
      "unit",
      "valueQuantity",
      ({ valueQuantity: value }) => value === undefined || value.code === "mgs per dl",
    ],
    ["code", "code", (lab) => lab.code.coding?.every(({ code }) => code === "ZZ-LOCAL") ?? false],
    ["future", "effectiveDateTime", (lab) => (lab.effectiveDateTime ?? "") > "2090"],
    ["old", "effectiveDateTime", (lab) => (lab.effectiveDateTime ?? "") < "2017"],
  ])("is %s at %s, in every resource that it is asked for", (wrong, at, isSo) => {
    const labs = labsIn(storeWith([{ resource: "Observation", subType: "Labs", at, wrong }]));
    expect(labs.length).toBeGreaterThan(20);
    expect(labs.every(isSo)).toBe(true);
    expect(clean.every(isSo)).toBe(false);
  });

  test("is a reference to nothing, of the type that it had", () => {
    const at = "encounter";
    const store = storeWith([{ resource: "Observation", subType: "Labs", at, wrong: "dangling" }]);
    const references = labsIn(store).flatMap(({ encounter }) => encounter?.reference ?? []);
    expect(references.length).toBeGreaterThan(20);
    const ids = references.map((reference) => /^Encounter\/(.+)$/u.exec(reference)?.[1] ?? "");
    expect(ids.filter((id) => store.read("Encounter", id) !== undefined)).toEqual([]);
  });

  test("hits about the share that is asked for, and the same ones however they are read", () => {
    const share = 0.4;
    const store = storeWith(
      [{ resource: "Patient", at: "birthDate", wrong: "missing", share }],
      30,
    );
    const patients = [...store.all("Patient")].map(({ resource }) => resource);
    const isHit = (resource: FhirResource | undefined) => !("birthDate" in (resource ?? {}));
    const hit = patients.filter(isHit);
    expect(hit.length).toBeGreaterThan(4);
    expect(hit.length).toBeLessThan(22);
    const read = patients.map(({ id }) => store.read("Patient", id)?.resource);
    expect(read.map(isHit)).toEqual(patients.map(isHit));
  });
});
