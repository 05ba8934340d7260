import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codes } from "./support/answers.ts";
import { type Site, startSite } from "./support/site.ts";
import { about, ids, ward } from "./support/ward.ts";

const system = "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

test("a read gives the resource", async () => {
  const got = await site.json(`Patient/${ids.ada}`);
  expect([got.status, got.json]).toEqual([200, site.store.read("Patient", ids.ada)?.resource]);
});

test("2.6 X/<bad id>: 404 with 59008, member by member", async () => {
  const got = await site.json("Patient/nobody");
  expect(got.status).toBe(404);
  expect(got.text).toBe(
    `{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"not-found","details":{"coding":[{"system":"${system}","code":"59008","display":"The FHIR ID provided was not found."}],"text":"The FHIR ID provided was not found."},"diagnostics":"Invalid FHIR ID provided","location":["/f:id"],"expression":["id"]}]}`,
  );
});

test("2.6 an outcome comes as XML where nothing is asked for", async () => {
  const got = await site.get("Patient/nobody");
  expect([got.status, got.headers["content-type"]]).toEqual([
    404,
    "application/xml; charset=utf-8",
  ]);
  expect(got.text).toContain('<severity value="fatal"/><code value="not-found"/>');
});

test("2.6 the system of outcomes is the customer's", async () => {
  const other = await startSite({ switches: { customerId: 412, environment: "production" } });
  const got = await other.json("Patient/nobody");
  await other.close();
  expect(got.json.issue[0].details.coding[0].system).toBe(
    "urn:oid:1.2.840.114350.1.13.412.2.7.2.657369",
  );
});

test("2.6 4102 unknown id at an older release: 404", async () => {
  const older = await startSite({ switches: { olderOutcomeCodes: true } });
  const got = await older.json("Patient/nobody");
  await older.close();
  expect([got.status, codes(got)]).toEqual([404, ["4102"]]);
});

test("2.6 4103 what was written and taken out again: 410", async () => {
  const written = await startSite();
  const body = { resourceType: "Communication", status: "completed", subject: about(ids.ada) };
  const made = await written.send("POST", "Communication", { body });
  const path = String(made.headers["location"]);
  expect((await written.json(path)).status).toBe(200);
  written.store.wipe();
  const got = await written.json(path);
  await written.close();
  expect([got.status, codes(got)]).toEqual([410, ["4103"]]);
});

test("2.6 59177 what should not happen: 500, and nothing of what it was", async () => {
  const store = ward();
  store.read = () => {
    throw new Error("the disk of Ada Beam is full");
  };
  const broken = await startSite({ store });
  const got = await broken.json(`Patient/${ids.ada}`);
  await broken.close();
  expect([got.status, codes(got)]).toEqual([500, ["59177"]]);
  expect(got.text).not.toContain("disk");
});

test("2.6 4107 merged patient: a redirect to the survivor", async () => {
  const store = ward();
  store.merge(ids.bob, ids.ada);
  const merged = await startSite({ store });
  const got = await merged.json(`Patient/${ids.bob}`);
  const search = await merged.json(`Condition?patient=${ids.bob}`);
  await merged.close();
  expect([got.status, got.headers["location"]]).toEqual([302, `${merged.base}/Patient/${ids.ada}`]);
  expect(got.json.issue[0].details.coding[0].code).toBe("4107");
  expect(search.json.total).toBe(2);
});

describe("Binary", () => {
  const path = "Binary/fHtml0000000000000004";

  test("is the document itself", async () => {
    const got = await site.get(path);
    expect([got.status, got.headers["content-type"]]).toEqual([200, "text/html"]);
    expect(got.text).toBe("<html><body>Ada &amp; well</body></html>");
  });

  test("is a resource where FHIR is asked for", async () => {
    const got = await site.json(path);
    expect(got.json).toMatchObject({ resourceType: "Binary", contentType: "text/html" });
  });
});

describe("what a user may not see", () => {
  test("1.9 user lacks security: 403 with 4118", async () => {
    const strict = await startSite({
      grant: { hiddenFromUser: new Set(["Observation (Labs)"]) },
    });
    const got = await strict.json("Observation/fReading03000000000004");
    const seen = await strict.json("Observation/fReading01000000000004");
    await strict.close();
    expect([got.status, got.json.issue[0]]).toMatchObject([
      403,
      { severity: "fatal", details: { coding: [{ code: "4118" }] } },
    ]);
    expect(seen.status).toBe(200);
  });

  test("1.9 patient not visible: a patient sees nobody else", async () => {
    const own = await startSite({
      grant: { user: { kind: "patient", patientId: ids.ada }, patientId: ids.ada },
    });
    const statuses = await Promise.all(
      [
        `Patient/${ids.ada}`,
        `Patient/${ids.bob}`,
        `Encounter/${ids.bobVisit}`,
        `Group/${ids.group}`,
        `Group/${ids.group}/$export`,
        `Practitioner/${ids.doctor}`,
      ].map(async (path) => (await own.json(path)).status),
    );
    await own.close();
    expect(statuses).toEqual([200, 403, 403, 403, 403, 200]);
  });

  test("2.10 NOPAT: a note that is marked so is kept from its patient", async () => {
    const own = await startSite({ grant: { user: { kind: "patient", patientId: ids.ada } } });
    const path = `DocumentReference?patient=${ids.ada}`;
    const read = await own.json("DocumentReference/eScan00000000000000003");
    const [forPatient, forStaff] = [await own.json(path), await site.json(path)];
    await own.close();
    expect([read.status, forPatient.json.total, forStaff.json.total]).toEqual([403, 1, 2]);
  });

  test.each([
    { code: "4130", status: 403, severity: "fatal" },
    { code: "4131", status: 403, severity: "fatal" },
    { code: "4134", status: 200, severity: "information" },
  ])("2.6 $code restricted patient: $status", async ({ code, status, severity }) => {
    const strict = await startSite({ switches: { breakTheGlassPatients: { "900001": code } } });
    const read = await strict.json(`Encounter/${ids.visit}`);
    const search = await strict.json(`Encounter?patient=${ids.ada}`);
    const other = await strict.json(`Encounter?patient=${ids.bob}`);
    const byNumber = await strict.json("Patient?identifier=900001");
    await strict.close();
    expect([byNumber.status, codes(byNumber)]).toEqual([status, [code]]);
    const issue = { severity, details: { coding: [{ code }] } };
    expect([read.status, read.json.issue]).toMatchObject([status, [issue]]);
    expect(search.status).toBe(status);
    const said = status === 200 ? search.json.entry?.[0].resource : search.json;
    expect(said?.issue?.[0]).toMatchObject(issue);
    expect(other.json.total).toBe(1);
  });

  test("2.6 4135 document quota: until the next day, for each client", async () => {
    const capped = await startSite({ switches: { docDailyCap: 2 } });
    const statuses: number[] = [];
    const ask = async (authorization: string): Promise<void> => {
      const got = await capped.json(`DocumentReference?patient=${ids.ada}`, { authorization });
      statuses.push(got.status);
    };
    for (let count = 0; count < 3; count += 1) await ask("Bearer good");
    await ask("Bearer other");
    capped.clock.advance(24 * 3_600_000);
    await ask("Bearer good");
    await capped.close();
    expect(statuses).toEqual([200, 200, 403, 200, 200]);
  });
});

test("2.8 references: are relative, and absolute at a site that has them so", async () => {
  const today = await site.json(`Encounter/${ids.visit}`);
  expect(today.json.subject.reference).toBe(`Patient/${ids.ada}`);
  const old = await startSite({ switches: { absoluteReferences: true } });
  const got = await old.json(`Encounter/${ids.visit}`);
  await old.close();
  expect(got.json.subject.reference).toBe(`${old.base}/Patient/${ids.ada}`);
});

test("2.2 Patient.$summary: is a document of what may be read", async () => {
  const got = await site.json(`Patient/${ids.ada}/$summary`);
  expect([got.status, got.json.type, got.json.entry?.[0].resource.resourceType]).toEqual([
    200,
    "document",
    "Composition",
  ]);
  const types = (got.json.entry as readonly { resource: { resourceType: string } }[]).map(
    ({ resource }) => resource.resourceType,
  );
  expect(types).toEqual(expect.arrayContaining(["Patient", "Condition", "AllergyIntolerance"]));
});
