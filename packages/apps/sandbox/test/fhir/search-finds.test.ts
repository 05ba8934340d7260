import type { DocumentReference } from "@trestle/fhir";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codes, matches } from "./support/answers.ts";
import { MemoryStore } from "./support/memory-store.ts";
import { type Site, startSite } from "./support/site.ts";
import { about, ids, mrn, ward } from "./support/ward.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe("what a search finds", () => {
  test("2.2 patient and subject are one, with or without the type", async () => {
    for (const query of [
      `patient=${ids.ada}`,
      `subject=Patient/${ids.ada}`,
      `patient=${ids.ada}&subject=${ids.ada}`,
    ]) {
      expect((await site.json(`Condition?${query}`)).json.total).toBe(2);
    }
  });

  test("2.2 _id goes with the page alone; others are ignored", async () => {
    const got = await site.json(`Patient?_id=${ids.ada}&family=Nobody`);
    expect(matches(got)).toEqual([ids.ada]);
  });

  test.each([
    { query: "category=vital-signs", count: 8 },
    {
      query: "category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs",
      count: 8,
    },
    { query: "category=vital-signs,laboratory", count: 12 },
    { query: "code=http://loinc.org|2345-7", count: 4 },
    { query: "code=2345-7,8867-4", count: 12 },
    { query: "category=vital-signs&date=2026-02", count: 8 },
    { query: "category=vital-signs&date=2026-02-01", count: 1 },
    { query: "category=vital-signs&date=ge2026-02-05", count: 5 },
    { query: "category=vital-signs&date=gt2026-02-05&date=le2026-02-10", count: 3 },
    { query: "category=vital-signs&date=lt2026-02-02", count: 1 },
    { query: "category=vital-signs&date=2026-02-01T12:00", count: 1 },
    { query: "category=vital-signs&date=2026-02-01T18:00Z", count: 1 },
    { query: "category=vital-signs&date=2025", count: 0 },
    { query: `category=laboratory&encounter=${ids.visit}`, count: 4 },
    { query: `category=laboratory&encounter=Encounter/${ids.closedVisit}`, count: 0 },
  ])("Observation?$query: $count", async ({ query, count }) => {
    const got = await site.json(`Observation?patient=${ids.ada}&${query}`);
    expect([got.status, got.json.total]).toEqual([200, count]);
  });

  test("2.2 dates without an offset are the hospital's", async () => {
    const evening = await site.json(`Encounter?patient=${ids.ada}&date=2025-11-10`);
    const next = await site.json(`Encounter?patient=${ids.ada}&date=2025-11-11`);
    expect([matches(evening), matches(next)]).toEqual([[ids.closedVisit], []]);
  });

  test.each([
    { query: "family=Beam&given=Ada&birthdate=1980-01-15", found: [ids.ada] },
    { query: "family=beam&given=ADA&gender=female", found: [ids.ada] },
    { query: "family=Beem&given=Ada&birthdate=1980-01-15", found: [ids.ada] },
    { query: "family=Girder&given=Bob&birthdate=1971-05-06", found: [ids.bob] },
    { query: "family=Girder&given=Bob&name=Nobody&gender=male", found: [ids.bob] },
    { query: "name=Ada%20Beam&telecom=555-555-0100", found: [ids.ada] },
    { query: "family=Beam&given=Ada&birthdate=1980-01-16", found: [] },
    { query: "family=Girder&given=Ada&gender=female", found: [] },
    { query: "identifier=900001&phone=555-555-0100", found: [ids.ada] },
    { query: "identifier=900001&email=555-555-0100", found: [] },
  ])("Patient?$query: $found.length", async ({ query, found }) => {
    expect(matches(await site.json(`Patient?${query}`))).toEqual(found);
  });

  test("2.2 Practitioner: an identifier goes before all, the first of two counts", async () => {
    const byNumber = await site.json("Practitioner?family=Nobody&identifier=9999999994");
    const byName = await site.json("Practitioner?family=Truss&family=Nobody&given=Ina");
    expect([matches(byNumber), matches(byName)]).toEqual([[ids.doctor], [ids.doctor]]);
  });

  test.each([
    "status:in=http://v",
    "subject:Patient.name=Girder",
    "_sort=-date",
    "_lastUpdated=ge2030",
    "_has:Observation:encounter:code=1",
    "_include:iterate=*",
  ])("2.4 %s is not supported: it is ignored", async (query) => {
    const got = await site.json(`Encounter?patient=${ids.ada}&${query}`);
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 2, []]);
  });

  test("2.4 Encounter?reason-code= matches the display", async () => {
    const got = await site.json(`Encounter?patient=${ids.ada}&reason-code=cough`);
    expect(matches(got)).toEqual([ids.closedVisit]);
  });

  test.each([
    "AdverseEvent?seriousness=mild",
    "AllergyIntolerance?clinical-status=inactive",
    "Appointment?service-category=dental",
    "CareTeam?status=inactive",
    "Condition?clinical-status=recurrence",
    "Condition?category=problem",
    "EpisodeOfCare?status=planned",
    "ExplanationOfBenefit?type=vision",
    "ExplanationOfBenefit?use=predetermination",
    "MedicationDispense?category=homemeds",
    "Procedure?category=1",
    "ServiceRequest?status=entered-in-error",
    "Task?code=fulfill",
  ])("2.2 accepted values: %s gets a warning, and nothing", async (query) => {
    const got = await site.json(`${query}&patient=${ids.ada}`);
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 0, ["59101", "4101"]]);
  });

  test.each([
    ["AdverseEvent?seriousness", "Serious Non-serious"],
    ["AllergyIntolerance?clinical-status", "active"],
    ["Appointment?service-category", "surgery appointment"],
    ["CareTeam?status", "active"],
    ["Condition?clinical-status", "active inactive resolved"],
    [
      "Condition?category",
      "problem-list-item encounter-diagnosis health-concern genomics dental-finding infection medical-history reason-for-visit",
    ],
    ["EpisodeOfCare?status", "active finished cancelled"],
    ["ExplanationOfBenefit?type", "institutional professional oral pharmacy"],
    ["ExplanationOfBenefit?use", "claim preauthorization"],
    [
      "List?code",
      "medications allergies immunizations problems pedigree-list hospital-problems patients",
    ],
    ["MedicationDispense?category", "inpatient outpatient community discharge 422037009"],
    ["MedicationRequest?category", "inpatient outpatient community discharge"],
    [
      "Observation?category",
      "laboratory vital-signs social-history core-characteristics LDA LDA-property LDA-assessment functional-mental-status periodontal labor-delivery newborn-delivery obstetrics-gynecology survey sdoh imaging 384821006 118228005 252275004 275711006 68793005 395124008 314076009 19851009 405825005",
    ],
    [
      "Procedure?category",
      "103693007 387713003 410606002 9632001 225317005 freedom-restricting-intervention",
    ],
    ["ServiceRequest?status", "draft active completed revoked unknown"],
    ["Task?code", "community-resource episode-checklist"],
  ])("2.2 accepted values: %s= takes each that it should", async (parameter, values) => {
    for (const value of values.split(" ")) {
      const got = await site.json(`${parameter}=${value}&patient=${ids.ada}`);
      expect([value, got.status, codes(got).filter((code) => code !== "4101")]).toEqual([
        value,
        200,
        [],
      ]);
    }
  });

  test("2.2 accepted values: Patient?gender= and legal-sex= take each that they should", async () => {
    const sexes = ["female", "male", "other", "unknown"];
    const taken = [
      ...sexes.map((sex) => `gender=${sex}`),
      ...[...sexes, "nonbinary", "x"].map((sex) => `legal-sex=${sex}`),
    ];
    const warned = [];
    for (const query of [...taken, "gender=x", "legal-sex=y"]) {
      if (codes(await site.json(`Patient?${query}`)).includes("59101")) warned.push(query);
    }
    expect(warned).toEqual(["gender=x", "legal-sex=y"]);
  });

  test("2.2 accepted values: List?code=worries gets a fatal 4115, since it is needed", async () => {
    const got = await site.json(`List?code=worries&patient=${ids.ada}`);
    expect([got.status, codes(got)]).toEqual([400, ["4115"]]);
  });

  test.each([
    { query: "family=Beam&given=Ada&birthdate=1980-01-15", found: [ids.ada] },
    { query: "family=Beem&given=Ada&birthdate=1980-01-15", found: [ids.ada] },
    { query: "family=Girder&given=Bob&birthdate=1971-05-06", found: [ids.bob] },
    { query: "family=Beam&given=Ada&birthdate=1980-01-16", found: [] },
  ])("2.2 names: by sound and by short form, $query", async ({ query, found }) => {
    const got = await site.json(`Patient?${query}`);
    expect([got.status, matches(got)]).toEqual([200, found]);
  });

  test.each([
    { query: "_lastUpdated=ge2026-03-01", found: ["eLate"] },
    { query: "_lastUpdated=lt2026-03-01", found: ["eEarly"] },
  ])("2.4 _lastupdated: of DocumentReference is when it was made, $query", async (row) => {
    const papers = await startSite({ store: withPapers() });
    const got = await papers.json(`DocumentReference?patient=${ids.ada}&${row.query}`);
    await papers.close();
    expect(matches(got)).toEqual(row.found);
  });

  test.each(["11506-3", "http://loinc.org|11506-3"])(
    "2.2 DocumentReference.type: by code or by system and code, %s",
    async (type) => {
      const papers = await startSite({ store: withPapers() });
      const got = await papers.json(`DocumentReference?patient=${ids.ada}&type=${type}`);
      await papers.close();
      expect(matches(got)).toEqual(["eLate"]);
    },
  );

  test("2.4 Patient?family=&given=&birthdate=: are enough for a list of patients", async () => {
    const got = await site.json("Patient?family=Beam&given=Ada&birthdate=1980-01-15");
    expect([got.status, matches(got)]).toEqual([200, [ids.ada]]);
  });

  test("2.2 Patient.identifier: by its system or by what its type is called", async () => {
    for (const value of [`${mrn}|900001`, "EPI|900001", "900001"]) {
      expect(matches(await site.json(`Patient?identifier=${value}`))).toEqual([ids.ada]);
    }
    expect(matches(await site.json("Patient?identifier=CEID|900001"))).toEqual([]);
  });

  test("2.6 59101 unknown optional value: a warning, and nothing", async () => {
    const got = await site.json(`MedicationRequest?patient=${ids.ada}&category=homemeds`);
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 0, ["59101", "4101"]]);
  });

  test("2.6 59109 value that cannot be read: left out with an information", async () => {
    const got = await site.json(`Encounter?patient=${ids.ada}&class=AMB&date=soon`);
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 2, ["59109", "59109"]]);
  });

  test("2.6 4122 unknown parameter at an older release: a warning", async () => {
    const older = await startSite({ switches: { olderOutcomeCodes: true } });
    const got = await older.json(`Condition?patient=${ids.ada}&nonsense=1`);
    await older.close();
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 2, ["4122"]]);
  });

  test("2.6 4117 immunization without a CVX code: a warning beside it", async () => {
    const coded = (id: string, system: string) => ({
      resourceType: "Immunization" as const,
      id,
      status: "completed" as const,
      vaccineCode: { coding: [{ system, code: "1" }] },
      occurrenceDateTime: "2025-10-01",
    });
    site.store
      .put({ ...coded("eNdc", "http://hl7.org/fhir/sid/ndc"), patient: about(ids.ada) })
      .put({ ...coded("eCvx", "http://hl7.org/fhir/sid/cvx"), patient: about(ids.bob) });
    const told = await Promise.all(
      ["_id=eShot00000000000000003", "_id=eNdc", "_id=eCvx", `patient=${ids.ada}`].map(
        async (query) => codes(await site.json(`Immunization?${query}`)),
      ),
    );
    expect(told).toEqual([["4117"], ["4117"], [], ["4117"]]);
  });

  test("2.6 59133 more than 100 results: an information on the first page", async () => {
    const store = ward();
    for (let number = 1; number <= 101; number += 1) {
      store.put({
        resourceType: "Flag",
        id: `eFlag${number}`,
        status: "active",
        code: { text: "Falls" },
        subject: about(ids.ada),
      });
    }
    const crowded = await startSite({ store });
    const first = await crowded.json(`Flag?patient=${ids.ada}&_count=100`);
    const second = await crowded.json(first.json.link?.[0].url ?? "");
    await crowded.close();
    expect([codes(first), codes(second), second.json.total]).toEqual([["59133"], [], 1]);
  });
});

/** Two notes of Ada's, one of which has a type and is younger. */
function withPapers() {
  const paper = {
    resourceType: "DocumentReference" as const,
    status: "current" as const,
    subject: about(ids.ada),
    content: [],
  } satisfies Partial<DocumentReference>;
  const coding = [{ system: "http://loinc.org", code: "11506-3" }];
  return new MemoryStore()
    .put({ resourceType: "Patient", id: ids.ada, birthDate: "1980-01-15" })
    .put({ ...paper, id: "eEarly", date: "2026-02-01T10:00:00Z" }, "Clinical Notes")
    .put(
      { ...paper, id: "eLate", date: "2026-03-02T10:00:00Z", type: { coding } },
      "Clinical Notes",
    );
}
