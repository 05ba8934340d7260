import { reveal } from "@trestle/base";
import { describe, expect, test } from "vitest";
import { opened, page, patient, result, search } from "./support/opened-gateway.ts";

describe("reading a resource", () => {
  test("gives what the site has, and says about whom it is by an id of our own", async () => {
    const { gateway } = await opened({ "/Patient/p1": { body: patient } });
    const answer = await gateway.read("lakeshore", { type: "Patient", id: "p1" });
    expect(JSON.parse(reveal(answer.json))).toEqual(patient);
    expect(answer.subjects).toEqual([
      "site lakeshore",
      expect.stringMatching(/^patient of the site [\da-f-]{36}$/u),
    ]);
  });

  test.each([
    {
      participant: [
        { actor: { reference: "Location/l1" } },
        { actor: { reference: "Patient/p1" } },
      ],
    },
    { subject: [{ reference: "Patient/p1" }] },
    { for: { reference: "Patient/p1" } },
    { contained: [{ patient: { reference: "https://other.example/Patient/p1/_history/2" } }] },
  ])("says about whom it is wherever a patient is named: %j", async (elements) => {
    const body = { resourceType: "Basic", id: "b1", ...elements };
    const { gateway } = await opened({ "/Basic/b1": { body }, "/Patient/p1": { body: patient } });
    const { subjects } = await gateway.read("lakeshore", { type: "Basic", id: "b1" });
    const ofPatient = await gateway.read("lakeshore", { type: "Patient", id: "p1" });
    expect(subjects).toEqual(ofPatient.subjects);
  });

  test("gives the elements that are needed and no others", async () => {
    const needs = { scopes: ["system/Patient.r"], elements: { Patient: ["birthDate"] } };
    const { gateway } = await opened({ "/Patient/p1": { body: patient } }, needs);
    const answer = await gateway.read("lakeshore", { type: "Patient", id: "p1" });
    expect(reveal(answer.json)).toContain("1980-01-15");
    expect(reveal(answer.json)).not.toContain("Beam");
  });

  test("asks no site for what the application does not need", async () => {
    const needs = { scopes: ["system/Patient.r"], elements: {} };
    const { gateway, server } = await opened({}, needs);
    const asked = gateway.read("lakeshore", { type: "Observation", id: "o1" });
    await expect(asked).rejects.toMatchObject({ code: "gateway.notNeeded" });
    await expect(search(gateway, "Patient")).rejects.toMatchObject({
      code: "gateway.notNeeded",
    });
    expect(server.asked).toEqual([]);
  });

  test("asks no site over FHIR for what comes there by another method, and says so", async () => {
    const { gateway, server } = await opened({});
    const code = "gateway.otherPathway";
    const read = gateway.read("lakeshore", { type: "Immunization", id: "i1" });
    await expect(read).rejects.toMatchObject({ code, facts: { method: "hl7v2" } });
    const searched: unknown = await search(gateway, "Immunization?patient=p1").catch(
      (error: unknown) => error,
    );
    expect(searched).toMatchObject({ code, hint: expect.stringContaining("pathways") });
    expect(gateway.failureStatus(searched)).toBe(403);
    expect(server.asked).toEqual([]);
  });

  test.each(["_history", "_search", "$everything", "$export", "p1/$everything", "p1?_format=xml"])(
    "takes %s for no id, and asks no site",
    async (id) => {
      const { gateway, server } = await opened({});
      const failure: unknown = await gateway
        .read("lakeshore", { type: "Patient", id })
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "gateway.noId" });
      expect(gateway.failureStatus(failure)).toBe(400);
      expect(server.asked).toEqual([]);
    },
  );

  test("gives nothing of another type than was asked for", async () => {
    const { gateway } = await opened({ "/Patient/p1": page([patient]) });
    const asked = gateway.read("lakeshore", { type: "Patient", id: "p1" });
    await expect(asked).rejects.toMatchObject({ code: "gateway.otherType" });
  });

  test("asks no site by what the application may not see", async () => {
    const needs = { scopes: ["system/Patient.rs"], elements: { Patient: ["name"] } };
    const { gateway, server } = await opened({}, needs);
    const asked = search(gateway, "Patient?family=Beam&telecom=555-0100");
    await expect(asked).rejects.toMatchObject({ code: "gateway.parameterNotNeeded" });
    expect(server.asked).toEqual([]);
  });

  test("keeps back what a granular scope does not cover", async () => {
    const needs = { scopes: ["system/Observation.r?category=laboratory"], elements: {} };
    const { gateway } = await opened(
      {
        "/Observation/o1": { body: result("o1", "laboratory") },
        "/Observation/o2": { body: result("o2", "vital-signs") },
      },
      needs,
    );
    await gateway.read("lakeshore", { type: "Observation", id: "o1" });
    const other = gateway.read("lakeshore", { type: "Observation", id: "o2" });
    await expect(other).rejects.toMatchObject({ code: "gateway.notNeeded" });
  });

  test.each([
    {
      type: "Bundle",
      holding: (resource: object) => ({ type: "document", entry: [{ resource }] }),
    },
    {
      type: "Parameters",
      holding: (resource: object) => ({
        parameter: [{ name: "a", part: [{ name: "b", resource }] }],
      }),
    },
  ])("gives of what stands in $type no more than of what stands alone", async (each) => {
    const { type, holding } = each;
    const needs = {
      scopes: [`system/${type}.r`, "system/Patient.r"],
      elements: { Patient: ["birthDate"] },
    };
    const answers = {
      [`/${type}/b1`]: { body: { resourceType: type, id: "b1", ...holding(patient) } },
      [`/${type}/b2`]: { body: { resourceType: type, id: "b2", ...holding(result("o1", "a")) } },
    };
    const { gateway } = await opened(answers, needs);
    const answer = await gateway.read("lakeshore", { type, id: "b1" });
    expect(reveal(answer.json)).toContain("1980-01-15");
    expect(reveal(answer.json)).not.toContain("Beam");
    expect(answer.subjects).toHaveLength(2);
    const other = await gateway.read("lakeshore", { type, id: "b2" });
    expect(reveal(other.json)).not.toContain("Observation");
  });

  test("keeps the digits of a decimal", async () => {
    const text = '{"resourceType":"Observation","id":"o1","valueQuantity":{"value":4.10}}';
    const { gateway } = await opened({ "/Observation/o1": { text } });
    const answer = await gateway.read("lakeshore", { type: "Observation", id: "o1" });
    expect(reveal(answer.json)).toBe(text);
  });
});

describe("a failure", () => {
  test.each([
    { answered: 404, status: 404 },
    { answered: 403, status: 403 },
    { answered: 400, status: 400 },
    { answered: 429, status: 429 },
    { answered: 500, status: 502 },
  ])("of the site, $answered, is answered as $status", async ({ answered, status }) => {
    const issue = [{ severity: "fatal", code: "processing" }];
    const body = { resourceType: "OperationOutcome", issue };
    const { gateway } = await opened({ "/Patient/p1": { status: answered, body } });
    const failure: unknown = await gateway
      .read("lakeshore", { type: "Patient", id: "p1" })
      .catch((error: unknown) => error);
    expect(gateway.failureStatus(failure)).toBe(status);
    expect(String(failure)).not.toContain("p1");
  });

  test.each([
    { answered: 429, headers: { "retry-after": "7" }, wait: 7 },
    { answered: 429, headers: {}, wait: 10 },
    { answered: 503, headers: { "retry-after": "30" }, wait: 30 },
    { answered: 404, headers: {}, wait: undefined },
  ])("of the site, $answered with $headers, says to wait $wait s", async (each) => {
    const { answered, headers, wait } = each;
    const { gateway } = await opened({ "/Patient/p1": { status: answered, headers, body: {} } });
    const failure: unknown = await gateway
      .read("lakeshore", { type: "Patient", id: "p1" })
      .catch((error: unknown) => error);
    expect(gateway.retryAfterSeconds(failure)).toBe(wait);
  });

  test("to name a site that is there has a status of its own", async () => {
    const { gateway } = await opened({});
    const failure: unknown = await gateway.site("riverside").catch((error: unknown) => error);
    expect(gateway.failureStatus(failure)).toBe(404);
    const gone: unknown = await search(gateway, "Patient?_cursor=made-up").catch(
      (error: unknown) => error,
    );
    expect(gateway.failureStatus(gone)).toBe(410);
    expect(gateway.failureStatus(new Error("other"))).toBeUndefined();
  });
});
