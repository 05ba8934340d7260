import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codes, issues, kinds } from "./support/answers.ts";
import { type GotJson, type Site, startSite } from "./support/site.ts";
import { ids, mrn, ssn, ward } from "./support/ward.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const ada = {
  resourceType: "Patient",
  name: [{ family: "Beam", given: ["Ada"] }],
  gender: "female",
  birthDate: "1980-01-15",
};
const known = {
  ...ada,
  telecom: [{ system: "phone", value: "(555) 555-0100" }],
  address: [{ line: ["1 Test St."], city: "Madison", postalCode: "53703-1234" }],
};

function match(resource: object, only: object = { valueBoolean: true }): Promise<GotJson> {
  const parameter = [
    { name: "resource", resource },
    { name: "onlyCertainMatches", ...only },
  ];
  return site.send("POST", "Patient/$match", { body: { resourceType: "Parameters", parameter } });
}

describe("Patient/$match", () => {
  test("2.11 Patient.$match one certain: 200, score 1, grade certain", async () => {
    const got = await match(known);
    expect([got.status, got.json.total]).toEqual([200, 1]);
    expect(got.json.entry?.[0]).toMatchObject({
      resource: { id: ids.ada },
      search: {
        score: 1,
        extension: [
          { url: "http://hl7.org/fhir/StructureDefinition/match-grade", valueCode: "certain" },
        ],
      },
    });
  });

  test("2.11 Patient.$match a number of another's list is certain", async () => {
    const got = await match({ ...ada, identifier: [{ system: ssn, value: "000-00-0001" }] });
    expect(got.json.total).toBe(1);
  });

  test("a restricted patient is withheld from $match as from a read", async () => {
    const strict = await startSite({ switches: { breakTheGlassPatients: { "900001": "4131" } } });
    const body = {
      resourceType: "Parameters",
      parameter: [
        { name: "resource", resource: known },
        { name: "onlyCertainMatches", valueBoolean: true },
      ],
    };
    const got = await strict.send("POST", "Patient/$match", { body });
    await strict.close();
    expect([got.status, codes(got)]).toEqual([403, ["4131"]]);
  });

  test("2.11 Patient.$match none: 200 with 4101", async () => {
    const got = await match({ ...known, birthDate: "1999-09-09" });
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 0, ["4101"]]);
  });

  test("2.6 59013 $match low confidence: name, birth and sex alone, 400", async () => {
    const got = await match(ada);
    expect([got.status, codes(got)]).toEqual([400, ["59013"]]);
  });

  test("2.6 59011 $match several high: 400", async () => {
    const store = ward();
    const twin = structuredClone(store.read("Patient", ids.ada)?.resource);
    if (twin?.resourceType === "Patient") store.put({ ...twin, id: "eTwin" });
    const doubled = await startSite({ store });
    const parameter = [
      { name: "resource", resource: known },
      { name: "onlyCertainMatches", valueBoolean: true },
    ];
    const got = await doubled.send("POST", "Patient/$match", {
      body: { resourceType: "Parameters", parameter },
    });
    await doubled.close();
    expect([got.status, codes(got)]).toEqual([400, ["59011"]]);
  });

  test.each([
    { only: { valueString: "true" }, code: "59102" },
    { only: { valueBoolean: false }, code: "59138" },
  ])("2.6 $code for onlyCertainMatches $only", async ({ only, code }) => {
    const got = await match(known, only);
    expect([got.status, codes(got)]).toEqual([400, [code]]);
  });

  test("2.6 59138 for onlyCertainMatches left out, which means false", async () => {
    const parameter = [{ name: "resource", resource: known }];
    const body = { resourceType: "Parameters", parameter };
    const got = await site.send("POST", "Patient/$match", { body });
    expect([got.status, codes(got)]).toEqual([400, ["59138"]]);
  });

  test("2.11 Patient.$match: Epic's own identifier systems are ignored, 59109", async () => {
    const got = await match({
      ...known,
      birthDate: "1999-09-09",
      identifier: [{ system: mrn, value: "900001" }],
    });
    expect([kinds(got), codes(got)]).toEqual([["outcome OperationOutcome"], ["59109", "4101"]]);
    expect(issues(got)[0]?.diagnostics).toBe(`${mrn} is not supported for this interaction`);
  });
});
