import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { printXml } from "@trestle/fhir/xml";
import { codes, issues, kinds } from "./support/answers.ts";
import { type Site, allBut, startSite } from "./support/site.ts";
import { about, ids } from "./support/ward.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe("what comes with it", () => {
  test.each([
    {
      include: "*",
      found: ["match Encounter", "include Patient", "include Practitioner", "include Location"],
    },
    { include: "Encounter:location", found: ["match Encounter", "include Location"] },
    {
      include: "Encounter:participant:Practitioner",
      found: ["match Encounter", "include Practitioner"],
    },
    { include: "Encounter:participant:Patient", found: ["match Encounter"] },
    { include: "Condition:encounter", found: ["match Encounter"] },
  ])("2.4 _include=$include", async ({ include, found }) => {
    const got = await site.json(`Encounter?_id=${ids.visit}&_include=${include}`);
    expect([got.json.total, kinds(got)]).toEqual([1, found]);
  });

  test("2.4 _include= sends nothing twice, neither what matches nor what two matches refer to", async () => {
    const linked = await startSite();
    const [first, second] = ["eFirst00000003", "eSecond0000003"];
    for (const id of [first, second]) {
      linked.store.put({
        resourceType: "Communication",
        id,
        status: "completed",
        subject: about(ids.ada),
        ...(id === second && { partOf: [{ reference: `Communication/${first}` }] }),
      });
    }
    const got = await linked.json(`Communication?patient=${ids.ada}&_include=*`);
    await linked.close();
    expect(kinds(got)).toEqual(["match Communication", "match Communication", "include Patient"]);
  });

  test("2.4 _revinclude=Provenance:target", async () => {
    const path = `AllergyIntolerance?patient=${ids.ada}&_revinclude=Provenance:target`;
    expect(kinds(await site.json(path))).toEqual([
      "match AllergyIntolerance",
      "include Provenance",
    ]);
  });

  test("what the client may not read is not included", async () => {
    const apis = allBut({ type: "Practitioner", operation: "Read" });
    const poor = await startSite({ grant: { apis } });
    const got = await poor.json(`Encounter?_id=${ids.visit}&_include=*`);
    await poor.close();
    expect(kinds(got)).toEqual(["match Encounter", "include Patient", "include Location"]);
  });
});

describe("shape of a search", () => {
  test("2.6 empty search: no link to more, an outcome that does not count", async () => {
    const got = await site.json(`Procedure?patient=${ids.ada}`);
    expect(got.json).toEqual({
      resourceType: "Bundle",
      type: "searchset",
      total: 0,
      link: [{ relation: "self", url: `${site.base}/Procedure?patient=${ids.ada}` }],
      entry: [
        {
          fullUrl: expect.stringMatching(
            /^urn:uuid:[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/u,
          ),
          resource: {
            resourceType: "OperationOutcome",
            issue: [
              {
                severity: "warning",
                code: "processing",
                details: {
                  coding: [
                    {
                      system: "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369",
                      code: "4101",
                      display: "Resource request returns no results.",
                    },
                  ],
                  text: "Resource request returns no results.",
                },
              },
            ],
          },
          search: { mode: "outcome" },
        },
      ],
    });
  });

  test("2.6 match entry: link, fullUrl, resource, search, in this order", async () => {
    const got = await site.json(`Patient?_id=${ids.ada}`);
    const url = `${site.base}/Patient/${ids.ada}`;
    const entry = got.json.entry?.[0];
    expect(Object.keys(entry ?? {})).toEqual(["link", "fullUrl", "resource", "search"]);
    expect([entry?.link, entry?.fullUrl, entry?.search]).toEqual([
      [{ relation: "self", url }],
      url,
      { mode: "match" },
    ]);
  });

  test("a search says in XML what it says in JSON", async () => {
    const path = `AllergyIntolerance?patient=${ids.ada}&_revinclude=Provenance:target`;
    const { json } = await site.json(path);
    const got = await site.get(path, { accept: "application/fhir+xml" });
    expect(got.text).toBe(printXml(json as object));
  });

  test("an outcome stands behind the matches in XML, too", async () => {
    const path = `Immunization?patient=${ids.ada}`;
    const got = await site.get(path);
    const modes = [...got.text.matchAll(/<mode value="(?<mode>\w+)"/gu)];
    expect(modes.map(({ groups }) => groups?.["mode"])).toEqual(["match", "outcome"]);
    expect(got.text).toContain("<resource><OperationOutcome><issue>");
  });
});

describe("POST _search", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };

  test("2.4 POST _search: the form counts, of the address only _format", async () => {
    const got = await site.send("POST", `Condition/_search?patient=${ids.bob}&_format=json`, {
      body: `patient=${ids.ada}`,
      headers: { ...form, accept: "application/xml" },
    });
    expect([got.status, got.json.total]).toEqual([200, 2]);
  });

  test("2.4 POST _search: 404 at a release that does not have it", async () => {
    const old = await startSite({ switches: { postSearch: false } });
    const got = await old.send("POST", "Condition/_search", { body: "patient=1", headers: form });
    await old.close();
    expect([got.status, got.headers["content-type"]]).toEqual([404, "text/html"]);
  });
});

describe("parts of a type", () => {
  test("1.9 sub-resource not on the client, in a search: 200 with 59204", async () => {
    const apis = allBut({ type: "Observation", operation: "Search", subType: "Labs" });
    const poor = await startSite({ grant: { apis } });
    const all = await poor.json(`Observation?patient=${ids.ada}&code=2345-7,8867-4`);
    const labs = await poor.json(`Observation?patient=${ids.ada}&category=laboratory`);
    const vitals = await poor.json(`Observation?patient=${ids.ada}&category=vital-signs`);
    await poor.close();
    expect([all.json.total, codes(all)]).toEqual([8, ["59204"]]);
    expect(issues(all)[0]).toMatchObject({
      severity: "warning",
      code: "suppressed",
      diagnostics:
        "Client not authorized for Observation - Labs. Search results of this type have not been included.",
    });
    expect([labs.status, labs.json.total, codes(labs)]).toEqual([200, 0, ["59204", "4101"]]);
    expect([vitals.json.total, codes(vitals)]).toEqual([8, []]);
  });

  test("1.9 sub-resource not visible to the user: 200 with 59205, before 59204 and 4101", async () => {
    const apis = allBut({
      type: "Observation",
      operation: "Search",
      subType: "Outside Record Results",
    });
    const strict = await startSite({
      grant: { apis },
      switches: { userRights: ["Observation (Labs)"] },
    });
    const got = await strict.json(`Observation?patient=${ids.ada}&category=laboratory`);
    await strict.close();
    expect([got.status, got.json.total, codes(got)]).toEqual([200, 0, ["59205", "59204", "4101"]]);
    expect(issues(got)[0]?.diagnostics).toBe(
      "User not authorized for Observation - Labs. Search results of this type have not been included.",
    );
  });

  test("2.6 4119 on every search of a patient; another's is 4118", async () => {
    const own = await startSite({
      grant: { user: { kind: "patient", patientId: ids.ada }, patientId: ids.ada },
    });
    const found = await own.json(`Condition?patient=${ids.ada}`);
    const empty = await own.json(`Procedure?patient=${ids.ada}`);
    const other = await own.json(`Condition?patient=${ids.bob}`);
    const byNumber = await own.json("Patient?identifier=900002");
    await own.close();
    expect([codes(found), codes(empty)]).toEqual([["4119"], ["4119", "4101"]]);
    expect([other.status, codes(other)]).toEqual([403, ["4118"]]);
    expect(byNumber.json.total).toBe(0);
  });
});
