import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { printXml } from "@trestle/fhir/xml";
import { codes, issues } from "./support/answers.ts";
import { type GotJson, type Site, allBut, startSite } from "./support/site.ts";
import { about, ids } from "./support/ward.ts";
import { allergy, note, problem, vital, whole } from "./support/written.ts";

let site: Site;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

const create = (
  body: { resourceType: string },
  headers: Record<string, string> = {},
): Promise<GotJson> => site.send("POST", body.resourceType, { body, headers });

describe("every create", () => {
  test("2.11 no Prefer, or return=minimal: 201 with nothing in it", async () => {
    for (const headers of [{}, { prefer: "return=minimal" }] as const) {
      const got = await create(allergy, headers);
      expect([got.status, got.text]).toEqual([201, ""]);
    }
  });

  test("2.11 Prefer return=representation: 201 with what was filed", async () => {
    const got = await create(problem, whole);
    expect([got.status, got.json.resourceType]).toEqual([201, "Condition"]);
    expect(got.headers["location"]).toBe(`Condition/${got.json.id}`);
  });

  test("2.11 Location: relative, no ETag", async () => {
    const got = await create(vital);
    expect(got.headers["location"]).toMatch(/^Observation\/[^/]+$/u);
    expect(got.headers["etag"]).toBeUndefined();
    const read = await site.json(String(got.headers["location"]));
    expect([read.status, read.json.valueQuantity]).toEqual([200, vital.valueQuantity]);
  });

  test("what is written may be XML", async () => {
    const headers = { "content-type": "application/fhir+xml", ...whole };
    const sent = await site.send("POST", "Condition", { body: printXml(problem), headers });
    const same = await create(problem, whole);
    expect([sent.status, { ...sent.json, id: "" }]).toEqual([201, { ...same.json, id: "" }]);
    const bad = await site.send("POST", "Condition", { body: "<Condition", headers });
    expect([bad.status, codes(bad)]).toEqual([400, ["59105"]]);
  });

  test("2.11 If-None-Exist is not supported: a second one is filed", async () => {
    const headers = { "if-none-exist": "patient=1" };
    const [first, second] = [await create(problem, headers), await create(problem, headers)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.headers["location"]).not.toBe(second.headers["location"]);
  });

  test("2.11 read-back needs its own API grant, else 403 empty", async () => {
    const poor = await startSite({
      grant: { apis: allBut({ type: "Observation", operation: "Read" }) },
    });
    const made = await poor.send("POST", "Observation", { body: vital });
    const read = await poor.json(String(made.headers["location"]));
    await poor.close();
    expect([made.status, read.status, read.text]).toEqual([201, 403, ""]);
  });

  test.each([allergy, problem, note])(
    "2.11 duplicates: a replay of $resourceType files a second record",
    async (body) => {
      const [first, second] = [await create(body), await create(body)];
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(first.headers["location"]).not.toBe(second.headers["location"]);
    },
  );

  test.each([
    { what: "bad JSON", body: "{", code: "59105", status: 400 },
    { what: "another type", body: { resourceType: "Patient" }, code: "59105", status: 400 },
    { what: "no patient", body: { ...problem, subject: undefined }, code: "59108", status: 400 },
    {
      what: "an unknown patient",
      body: { ...problem, subject: about("nobody") },
      code: "59144",
      status: 404,
    },
    {
      what: "a modifier that is not understood",
      body: { ...problem, modifierExtension: [{ url: "http://m" }] },
      code: "59012",
      status: 422,
    },
  ])("2.6 $code for $what", async ({ body, code, status }) => {
    const got = await site.send("POST", "Condition", { body });
    expect([got.status, codes(got)]).toEqual([status, [code]]);
  });

  test("2.2 what the type does not offer is not there", async () => {
    expect(
      (await site.send("POST", "Encounter", { body: { resourceType: "Encounter" } })).status,
    ).toBe(405);
    expect(
      (await site.send("PUT", `Patient/${ids.ada}`, { body: { resourceType: "Patient" } })).status,
    ).toBe(405);
  });

  test("a patient files for nobody else", async () => {
    const own = await startSite({ grant: { user: { kind: "patient", patientId: ids.ada } } });
    const got = await own.send("POST", "Observation", {
      body: { ...vital, subject: about(ids.bob) },
    });
    await own.close();
    expect([got.status, codes(got)]).toEqual([403, ["4118"]]);
  });
});

describe("AllergyIntolerance.Create", () => {
  test("2.11 AllergyIntolerance.Create goes to a holding tank: readable, not searchable", async () => {
    const made = await create(allergy, whole);
    const found = await site.json(`AllergyIntolerance?patient=${ids.ada}`);
    expect(found.json.total).toBe(1);
    expect((await site.json(`AllergyIntolerance/${made.json.id}`)).status).toBe(200);
  });

  test("2.11 AllergyIntolerance.Create: category and recordedDate are not echoed, text is the display", async () => {
    const { json } = await create(allergy, whole);
    expect([json.category, json.recordedDate, json.code.text]).toEqual([
      undefined,
      undefined,
      "Peanut",
    ]);
  });

  test.each([
    {
      what: "another clinicalStatus",
      change: { clinicalStatus: { coding: [{ code: "resolved" }] } },
      code: "59012",
    },
    {
      what: "a confirmed one",
      change: { verificationStatus: { coding: [{ code: "confirmed" }] } },
      code: "59012",
    },
    {
      what: "two manifestations",
      change: { reaction: [{ manifestation: [{ text: "a" }, { text: "b" }] }] },
      code: "59111",
    },
    { what: "no code", change: { code: undefined }, code: "59108" },
  ])("2.11 AllergyIntolerance.Create refuses $what with $code", async ({ change, code }) => {
    expect(codes(await create({ ...allergy, ...change }))).toEqual([code]);
  });
});

describe("Condition.Create", () => {
  test("2.11 Condition.Create: comes back as a provisional problem without visit or onset", async () => {
    const { json } = await create(problem, whole);
    expect(json.category?.[0].coding[0].code).toBe("problem-list-item");
    expect(json.verificationStatus.coding[0].code).toBe("provisional");
    expect([json.encounter, json.onsetDateTime]).toEqual([undefined, undefined]);
    expect((await site.json(`Condition?patient=${ids.ada}`)).json.total).toBe(2);
  });

  test("2.6 59012 provisional only: 422, expression verificationstatus", async () => {
    const body = { ...problem, verificationStatus: { coding: [{ code: "confirmed" }] } };
    const got = await create(body);
    expect([got.status, issues(got)[0]]).toMatchObject([
      422,
      {
        severity: "fatal",
        diagnostics: "Only a verificationStatus of 'provisional' is supported.",
        expression: ["verificationstatus"],
      },
    ]);
  });

  test("2.11 Condition.Create: a note of 450 characters, no longer", async () => {
    const [fits, long] = [450, 451].map((size) => ({
      ...problem,
      note: [{ text: "x".repeat(size) }],
    }));
    expect((await create(fits ?? problem)).status).toBe(201);
    expect(codes(await create(long ?? problem))).toEqual(["59111"]);
  });

  test("2.11 Condition.Create: ICD-10 or SNOMED, with a display or text", async () => {
    const withCode = (coding: object): typeof problem =>
      ({ ...problem, code: { coding: [coding] } }) as typeof problem;
    expect(codes(await create(withCode({ system: "http://loinc.org", code: "1" })))).toEqual([
      "59111",
    ]);
    expect(
      codes(await create(withCode({ system: "http://hl7.org/fhir/sid/icd-10-cm", code: "J45" }))),
    ).toEqual(["59108"]);
  });
});

describe("DocumentReference.Create", () => {
  test("2.11 DocumentReference.Create: one text becomes HTML and RTF, each a Binary", async () => {
    const { json } = await create(note, whole);
    const content = json.content as readonly { attachment: { contentType: string; url: string } }[];
    const [html, rtf] = content.map(({ attachment }) => attachment);
    expect([content.length, html?.contentType, rtf?.contentType]).toEqual([
      2,
      "text/html",
      "text/rtf",
    ]);
    const page = await site.get(html?.url ?? "");
    expect(page.text).toBe(
      "<html><head></head><body><div>Well &#38; &#60;fine&#62; ü</div><div>Second {line}</div></body></html>",
    );
    const rich = await site.get(rtf?.url ?? "");
    expect(rich.text).toContain("Well & <fine> \\u252?\\par\nSecond \\{line\\}\\par");
  });

  test("2.11 DocumentReference.Create: a finished visit is taken, the author is the background user", async () => {
    const body = {
      ...note,
      context: { encounter: [{ reference: `Encounter/${ids.closedVisit}` }] },
    };
    const background = { name: [{ text: "User Interconnect" }] };
    site.store.put({ resourceType: "Practitioner", id: "eBackground0000000003", ...background });
    const got = await create(body, whole);
    expect([got.status, got.json.author]).toEqual([
      201,
      [
        {
          reference: "Practitioner/eBackground0000000003",
          type: "Practitioner",
          display: "User Interconnect",
        },
      ],
    ]);
  });

  test("2.11 DocumentReference.Create: comes back with the number and the type of the visit", async () => {
    const { json } = await create(note, whole);
    expect(json.context).toMatchObject({
      encounter: [
        {
          reference: `Encounter/${ids.visit}`,
          identifier: { use: "usual", value: "70000001" },
          display: "Office Visit",
        },
      ],
    });
  });

  test("a clinician is the author of a note, by name", async () => {
    const user = { kind: "clinician", practitionerId: ids.doctor } as const;
    const ward = await startSite({ grant: { user } });
    const got = await ward.send("POST", "DocumentReference", { body: note, headers: whole });
    await ward.close();
    expect(got.json.author).toEqual([
      { reference: `Practitioner/${ids.doctor}`, type: "Practitioner", display: "Ina Truss, MD" },
    ]);
  });

  test.each([
    { what: "no visit", change: { context: {} }, code: "59108" },
    { what: "no patient", change: { subject: undefined }, code: "59108" },
    { what: "no type", change: { type: undefined }, code: "59108" },
    { what: "no status", change: { status: undefined }, code: "59108" },
    { what: "no docStatus", change: { docStatus: undefined }, code: "59108" },
    {
      what: "another's visit",
      change: { context: { encounter: [{ reference: `Encounter/${ids.bobVisit}` }] } },
      code: "59159",
    },
    {
      what: "an unknown visit",
      change: { context: { encounter: [{ reference: "Encounter/none" }] } },
      code: "59144",
    },
    { what: "an unknown type", change: { type: { coding: [{ code: "0-0" }] } }, code: "59111" },
    { what: "another status", change: { status: "superseded" }, code: "59012" },
    { what: "another docStatus", change: { docStatus: "amended" }, code: "59012" },
    {
      what: "HTML",
      change: { content: [{ attachment: { contentType: "text/html", data: "eA==" } }] },
      code: "59111",
    },
    {
      what: "no text",
      change: { content: [{ attachment: { contentType: "text/plain" } }] },
      code: "59108",
    },
  ])("2.11 DocumentReference.Create refuses $what with $code", async ({ change, code }) => {
    expect(codes(await create({ ...note, ...change }))).toEqual([code]);
  });
});

describe("Observation.Create", () => {
  test("2.6 59189 vitals replay: 400, reading already exists", async () => {
    const inUtc = { ...vital, effectiveDateTime: "2026-03-01T17:00:00Z" };
    await create(vital);
    const got = await create(inUtc);
    expect([got.status, codes(got), issues(got)[0]]).toMatchObject([
      400,
      ["59189"],
      { diagnostics: "Reading already exists", expression: ["code/instant"] },
    ]);
  });

  test("a site can take a vital sign twice", async () => {
    const lax = await startSite({ switches: { vitalsReplayFails: false } });
    const statuses: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      statuses.push((await lax.send("POST", "Observation", { body: vital })).status);
    }
    await lax.close();
    expect(statuses).toEqual([201, 201]);
  });

  test("2.11 Observation.Create is found at once", async () => {
    await create(vital);
    const got = await site.json(
      `Observation?patient=${ids.ada}&category=vital-signs&date=2026-03-01`,
    );
    expect(got.json.total).toBe(1);
  });

  test.each([
    {
      what: "a visit that is over",
      change: { encounter: { reference: `Encounter/${ids.closedVisit}` } },
      code: "59159",
    },
    { what: "no visit", change: { encounter: undefined }, code: "59108" },
    { what: "no patient", change: { subject: undefined }, code: "59108" },
    { what: "no status", change: { status: undefined }, code: "59108" },
    { what: "no category", change: { category: undefined }, code: "59108" },
    { what: "no time", change: { effectiveDateTime: undefined }, code: "59108" },
    {
      what: "a time without an offset",
      change: { effectiveDateTime: "2026-03-01T11:00:00" },
      code: "59111",
    },
    { what: "another status", change: { status: "preliminary" }, code: "59012" },
    {
      what: "another category",
      change: { category: [{ coding: [{ code: "laboratory" }] }] },
      code: "59111",
    },
    {
      what: "two codings",
      change: { code: { coding: [{ code: "1" }, { code: "2" }] } },
      code: "59111",
    },
    {
      what: "a reading without a row",
      change: { code: { coding: [{ system: "http://loinc.org", code: "0-0" }] } },
      code: "59188",
    },
    { what: "no value", change: { valueQuantity: undefined }, code: "59108" },
    { what: "a long note", change: { note: [{ text: "x".repeat(255) }] }, code: "59111" },
  ])("2.11 Observation.Create refuses $what with $code", async ({ change, code }) => {
    expect(codes(await create({ ...vital, ...change }))).toEqual([code]);
  });

  test("2.6 59187 a patient's own reading without a row", async () => {
    const own = await startSite({ grant: { user: { kind: "patient", patientId: ids.ada } } });
    const code = { coding: [{ system: "http://loinc.org", code: "0-0" }] };
    const got = await own.send("POST", "Observation", { body: { ...vital, code } });
    await own.close();
    expect([got.status, codes(got)]).toEqual([400, ["59187"]]);
  });

  test("5 notes of vitals had 60 characters before May 2025", async () => {
    const old = await startSite({ switches: { release: "February 2025" } });
    const withNote = (length: number) => ({ ...vital, note: [{ text: "x".repeat(length) }] });
    const long = await old.send("POST", "Observation", { body: withNote(61) });
    const fits = await old.send("POST", "Observation", { body: withNote(60) });
    await old.close();
    const now = await create(withNote(254));
    expect([codes(long), fits.status, now.status]).toEqual([["59111"], 201, 201]);
  });
});
