import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codes, issues } from "./support/answers.ts";
import { type GotJson, type Site, allBut, startSite } from "./support/site.ts";
import { about, ids, ssn } from "./support/ward.ts";
import { whole } from "./support/written.ts";

let site: Site;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

const person = {
  resourceType: "Patient",
  identifier: [{ system: ssn, value: "000-00-0009" }],
  name: [{ family: "Joist", given: ["Ivy"], prefix: ["Dr."] }],
  gender: "female",
  birthDate: "1990-02-03",
};

const create = (
  body: { resourceType: string },
  headers: Record<string, string> = {},
): Promise<GotJson> => site.send("POST", body.resourceType, { body, headers });

describe("Patient.Create", () => {
  test("2.11 Patient.Create without the identifier of the site: 59108, identifier (ssn)", async () => {
    const got = await create({ ...person, identifier: [] } as typeof person);
    expect([got.status, issues(got)[0]]).toMatchObject([
      400,
      { details: { text: "A required element is missing." }, expression: ["identifier (ssn)"] },
    ]);
  });

  test("2.11 Patient.Create makes a patient, marked as unchecked", async () => {
    const { status, json } = await create(person, whole);
    expect([status, json.name[0].prefix]).toEqual([201, ["DR."]]);
    expect(json.meta?.security.map(({ code }) => code)).toEqual(["PATRPT", "UNCERTREL"]);
  });

  test("2.11 Patient.Create: match or create, so that a second one is the first", async () => {
    const [first, second] = [await create(person), await create(person)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.headers["location"]).toBe(first.headers["location"]);
  });

  test("a patient who is there already is told to nobody who may not read patients", async () => {
    const blind = await startSite({
      grant: { apis: allBut({ type: "Patient", operation: "Read" }) },
    });
    const send = (headers: Record<string, string>) =>
      blind.send("POST", "Patient", { body: person, headers });
    const [made, again] = [await send(whole), await send(whole)];
    await blind.close();
    expect([made.status, made.json.resourceType]).toEqual([201, "Patient"]);
    expect([again.status, again.headers["location"], again.text]).toEqual([
      200,
      made.headers["location"],
      "",
    ]);
  });

  test("a restricted patient is not created again, nor told", async () => {
    const strict = await startSite({ switches: { breakTheGlassPatients: { "900001": "4130" } } });
    const twin = { ...person, identifier: [{ system: ssn, value: "000-00-0001" }] };
    const got = await strict.send("POST", "Patient", { body: twin, headers: whole });
    await strict.close();
    expect([got.status, codes(got)]).toEqual([403, ["4130"]]);
  });

  test("2.6 59141 several whom it could be: no one more", async () => {
    const twin = { ...person, resourceType: "Patient" } as const;
    for (const id of ["eTwin1", "eTwin2"]) site.store.put({ ...twin, gender: "female", id });
    const got = await create(person);
    expect([got.status, codes(got)]).toEqual([400, ["59141"]]);
  });

  test.each([{ deceasedDateTime: "2026-01-01" }, { link: [{ type: "seealso" }] }])(
    "2.11 Patient.Create: %o is fatal",
    async (change) => {
      const got = await create({ ...person, ...change });
      expect([got.status, codes(got)]).toEqual([422, ["59012"]]);
    },
  );
});

describe("updates", () => {
  const paper = {
    resourceType: "DocumentReference",
    id: "eScan00000000000000003",
    status: "current",
    subject: about(ids.ada),
    description: "Checked",
    content: [],
  };

  test("2.2 U: another version takes its place", async () => {
    const path = `DocumentReference/${paper.id}`;
    const minimal = await site.send("PUT", path, { body: paper });
    expect([minimal.status, minimal.text]).toEqual([200, ""]);
    const read = await site.json(path);
    expect(read.json.description).toBe("Checked");
    const full = await site.send("PUT", path, { body: paper, headers: whole });
    expect(full.json).toEqual(read.json);
  });

  test("2.11 PUT-create is not supported", async () => {
    const got = await site.send("PUT", "DocumentReference/eNew", {
      body: { ...paper, id: "eNew" },
    });
    expect([got.status, codes(got)]).toEqual([404, ["59008"]]);
  });

  test("an update needs the API of the part that is updated", async () => {
    const body = { ...paper, id: "eNote00000000000000003" };
    const got = await site.send("PUT", `DocumentReference/${body.id}`, { body });
    expect([got.status, got.text]).toEqual([403, ""]);
  });

  test("an update changes neither id nor patient", async () => {
    const path = `DocumentReference/${paper.id}`;
    const otherId = await site.send("PUT", path, { body: { ...paper, id: "eOther" } });
    const otherPatient = await site.send("PUT", path, {
      body: { ...paper, subject: about(ids.bob) },
    });
    expect([codes(otherId), codes(otherPatient)]).toEqual([["59102"], ["59159"]]);
  });
});
