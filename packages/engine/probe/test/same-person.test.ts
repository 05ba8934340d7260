import { phi, systemClock } from "@trestle/base";
import type { FhirResource, Patient } from "@trestle/fhir";
import type { RecordPatient } from "@trestle/record";
import { describe, expect, test } from "vitest";
import { FeedComparison } from "../src/io/compare-feeds.ts";
import { type Candidate, PatientFinder } from "../src/io/sample.ts";
import { SiteReader } from "../src/io/site-reader.ts";
import { planOf } from "../src/plan.ts";

const someone = (more: object): Patient => ({ resourceType: "Patient", id: "p1", ...more });

/** A site that answers a search for a number with these people. */
function finderAmong(people: Readonly<Record<string, readonly Patient[]>>): PatientFinder {
  const answer = (resource: object) =>
    Promise.resolve({
      status: 200,
      json: phi(JSON.stringify(resource)),
      notices: [],
      subjects: [],
    });
  return new PatientFinder(
    new SiteReader({
      site: "lakeshore",
      reader: "somebody",
      clock: systemClock,
      gateway: {
        search: (_site, { parameters: [first] }) =>
          answer({
            resourceType: "Bundle",
            entry: (people[first?.[1] ?? ""] ?? []).map((resource) => ({
              search: { mode: "match" },
              resource,
            })),
          }),
        read: () => answer({}),
      },
      limits: {
        maxRequests: 10,
        maxPages: 1,
        endsAt: Number.POSITIVE_INFINITY,
        signal: new AbortController().signal,
      },
    }),
  );
}

describe("somebody of the hub's record is found at a site", () => {
  const beam: Candidate = {
    tries: ["urn:mrn|1", "1"],
    birthDate: "1980-01-15",
    family: "BEAM",
  };
  test.each([
    { what: "by the whole number", people: { "urn:mrn|1": [someone({})] }, isFound: true },
    {
      what: "by the number alone, with the family name",
      people: { 1: [someone({ birthDate: "1999-01-01", name: [{ family: "Beam" }] })] },
      isFound: true,
    },
    {
      what: "not by the number of somebody else",
      people: { 1: [someone({ birthDate: "1999-01-01", name: [{ family: "Strut" }] })] },
      isFound: false,
    },
    {
      what: "not by a number that two people have",
      people: { 1: [someone({}), someone({ id: "p2" })] },
      isFound: false,
    },
  ])("$what", async ({ people, isFound }) => {
    const { patient } = await finderAmong(people).find(beam);
    expect(patient !== undefined).toBe(isFound);
  });
});

describe("what the hub heard is set beside FHIR", () => {
  const { searches } = planOf({
    scopes: [],
    elements: { Patient: ["birthDate"] },
    data: [],
  });
  const [search] = searches;
  const [planned] = search?.elements ?? [];

  test.each([
    { known: "urn:mrn|1", compared: 1 },
    { known: "urn:other|1", compared: undefined },
  ])("for the same number of the same system alone: $known", async ({ known, compared }) => {
    if (search === undefined || planned === undefined) throw new Error("nothing is planned");
    const patient = someone({
      identifier: [{ system: "urn:mrn", value: "1" }],
      birthDate: "1980-01-15",
    });
    const heard = { id: "r1", identifiers: [phi(known)], resource: phi<FhirResource>(patient) };
    const comparison = new FeedComparison({
      site: "lakeshore",
      maxResources: 10,
      record: {
        patients: () => Promise.resolve([heard as unknown as RecordPatient]),
        patient: () => Promise.resolve(heard as unknown as RecordPatient),
        resources: () => Promise.resolve([]),
      },
    });
    const bySearch = new Map([[search, [patient]]]);
    await comparison.add({ candidate: { tries: ["1"] }, key: "patient 0", patient, bySearch });
    expect(comparison.of(planned)?.pairs).toBe(compared);
  });
});
