import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codes, issues, matches } from "./support/answers.ts";
import { MemoryStore } from "./support/memory-store.ts";
import { type Site, startSite } from "./support/site.ts";
import { ids, mrn, ssn } from "./support/ward.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe("what a search needs", () => {
  test.each([
    { row: "Patient?birthdate=", path: "Patient?birthdate=1980-01-15" },
    { row: "Patient?family=", path: "Patient?family=Beam" },
    { row: "Patient?given=", path: "Patient?given=Ada" },
    { row: "Patient?gender=", path: "Patient?gender=female" },
    { row: "Patient?name=", path: "Patient?name=Beam" },
  ])("2.4 $row alone: 200 and nobody", async ({ path }) => {
    const got = await site.json(path);
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 0, ["4101"]]);
  });

  test("2.4 Patient?birthdate=ge: 400, a single valid date is required", async () => {
    for (const date of ["ge1980-01-15", "1980-01", "1980-01-15&birthdate=1980-01-16"]) {
      const got = await site.json(`Patient?family=Beam&given=Ada&birthdate=${date}`);
      expect([got.status, issues(got)[0]?.diagnostics]).toEqual([
        400,
        "A single valid date is required for birthdate",
      ]);
    }
  });

  test("2.4 Patient with nothing to look for: 400 with 59159", async () => {
    const got = await site.json("Patient?_count=5");
    expect([got.status, got.json.issue]).toMatchObject([
      400,
      [
        {
          severity: "fatal",
          code: "business-rule",
          diagnostics: "This resource requires demographics or _id parameter for searching.",
          location: ["/f:demographics/_id"],
          expression: ["demographics/_id"],
        },
      ],
    ]);
  });

  test("2.4 Patient?identifier= without a system: found", async () => {
    for (const value of ["900001", `${mrn}|900001`, "EPI|900001"]) {
      const got = await site.json(`Patient?identifier=${value}`);
      expect([got.status, got.json.total, matches(got)]).toEqual([200, 1, [ids.ada]]);
    }
    expect((await site.json(`Patient?identifier=${ssn}|900001`)).json.total).toBe(0);
  });

  test("2.4 Observation?patient= without code or category: 400 with 59108", async () => {
    const got = await site.json(`Observation?patient=${ids.ada}`);
    expect([got.status, codes(got)]).toEqual([400, ["59108"]]);
    expect(issues(got)[0]).toMatchObject({
      code: "required",
      diagnostics: "Must have either code or category.",
    });
  });

  test("2.4 Observation?category= without a patient: 400, fatal", async () => {
    const got = await site.json("Observation?category=laboratory");
    expect([got.status, issues(got)[0]?.severity]).toEqual([400, "fatal"]);
  });

  test("2.4 AllergyIntolerance without a patient: 403, fatal, processing", async () => {
    const got = await site.json("AllergyIntolerance?clinical-status=active");
    expect([got.status, issues(got)[0]]).toMatchObject([
      403,
      { severity: "fatal", code: "processing" },
    ]);
  });

  test.each(["Condition", "DiagnosticReport", "Encounter", "Immunization", "MedicationRequest"])(
    "2.4 %s without a patient: 400 with 59159",
    async (type) => {
      const got = await site.json(type);
      expect([got.status, codes(got)]).toEqual([400, ["59159"]]);
    },
  );

  test.each(["DocumentReference", "Procedure"])(
    "2.4 %s without a patient: 400 with 59108",
    async (type) => {
      const got = await site.json(`${type}?status=current`);
      expect([got.status, codes(got)]).toEqual([400, ["59108"]]);
    },
  );

  test("2.4 Encounter?class=AMB without a patient: first 59109, then fatal", async () => {
    const got = await site.json("Encounter?class=AMB");
    expect([got.status, codes(got)]).toEqual([400, ["59109", "59159"]]);
    expect(issues(got)[0]).toMatchObject({ severity: "information", code: "value" });
  });

  test("2.4 X?_id= of nothing of the type: first not found, then fatal", async () => {
    const got = await site.json(`Encounter?_id=${ids.ada}`);
    expect([got.status, issues(got).map(({ severity, code }) => `${severity} ${code}`)]).toEqual([
      400,
      ["information not-found", "fatal business-rule"],
    ]);
  });

  test("2.4 unknown parameter alone on Patient: 59100, then 59159", async () => {
    const got = await site.json("Patient?nonsense=1");
    expect([got.status, codes(got)]).toEqual([400, ["59100", "59159"]]);
    expect(issues(got)[0]).toMatchObject({
      severity: "information",
      code: "invalid",
      diagnostics: "Unknown parameter: NONSENSE. Parameter has been ignored.",
    });
  });

  test("2.4 unknown parameter with a valid patient: nothing is said of it", async () => {
    const got = await site.json(`Condition?patient=${ids.ada}&nonsense=1&_sort=date`);
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 2, []]);
  });

  test("2.4 Patient.Search with more than 100 matches: 4127", async () => {
    const store = new MemoryStore();
    for (let number = 1; number <= 101; number += 1) {
      store.put({
        resourceType: "Patient",
        id: `eTwin${number}`,
        name: [{ family: "Twin", given: ["Tess"] }],
        gender: "female",
      });
    }
    const crowded = await startSite({ store });
    const got = await crowded.json("Patient?family=Twin&given=Tess&gender=female");
    await crowded.close();
    expect([got.status, codes(got)]).toEqual([400, ["4127"]]);
  });

  test.each([
    { path: `Condition?patient=${ids.ada}&encounter=none`, code: "4100" },
    { path: "Goal", code: "4110" },
    { path: "Goal?lifecycle-status=active", code: "4111" },
    { path: "Organization", code: "4110" },
    { path: `CarePlan?patient=${ids.ada}`, code: "59108" },
    { path: `Condition?patient=${ids.ada}&subject=${ids.bob}`, code: "4112" },
    { path: `Observation?patient=${ids.ada}&category=nonsense`, code: "4115" },
    { path: "Condition?patient=nobody", code: "59102" },
    { path: "Practitioner?given=Ina", code: "4111" },
    { path: "Practitioner?family=Truss&address-city=MADISON", code: "4112" },
    { path: "PractitionerRole?role=nurse", code: "4115" },
  ])("2.6 $code: $path", async ({ path, code }) => {
    const got = await site.json(path);
    expect([got.status, codes(got)]).toEqual([400, [code]]);
  });
});
