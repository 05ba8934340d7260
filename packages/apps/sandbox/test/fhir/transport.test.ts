import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Site, allBut, startSite } from "./support/site.ts";
import { ids } from "./support/ward.ts";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe("format of an answer", () => {
  test.each([
    { accept: "application/fhir+json", type: "application/fhir+json; charset=utf-8" },
    { accept: "application/json", type: "application/json; charset=utf-8" },
    { accept: "application/xml", type: "application/xml; charset=utf-8" },
    { accept: "application/fhir+xml", type: "application/fhir+xml; charset=utf-8" },
    { accept: "*/*", type: "application/xml; charset=utf-8" },
    { accept: "image/nonsense", type: "application/xml; charset=utf-8" },
    {
      accept: "application/xml;q=0.5, application/fhir+json;q=0.9",
      type: "application/fhir+json; charset=utf-8",
    },
  ])("2.7 Accept $accept: $type", async ({ accept, type }) => {
    const got = await site.get(`Patient/${ids.ada}`, { accept });
    expect([got.status, got.headers["content-type"]]).toEqual([200, type]);
    expect(got.text.startsWith(type.includes("json") ? "{" : "<?xml")).toBe(true);
  });

  test("2.7 no Accept: XML, of reads, searches and the capability statement", async () => {
    for (const path of [`Patient/${ids.ada}`, `Condition?patient=${ids.ada}`, "metadata"]) {
      const got = await site.get(path);
      expect([got.status, got.headers["content-type"]]).toEqual([
        200,
        "application/xml; charset=utf-8",
      ]);
      expect(got.text).toMatch(/^<\?xml[^>]*\?><\w+ xmlns="http:\/\/hl7.org\/fhir">/u);
    }
  });

  test("2.7 _format=json goes before Accept", async () => {
    const got = await site.get(`Patient/${ids.ada}?_format=json`, { accept: "application/xml" });
    expect(got.headers["content-type"]).toBe("application/fhir+json; charset=utf-8");
    expect(JSON.parse(got.text)).toMatchObject({ resourceType: "Patient", id: ids.ada });
  });

  test("a site can send JSON where nothing is asked for", async () => {
    const json = await startSite({ switches: { acceptDefault: "json" } });
    const got = await json.get(`Patient/${ids.ada}`);
    await json.close();
    expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
  });

  test("2.7 no ETag, no Last-Modified, no meta of versions", async () => {
    const got = await site.json(`Patient/${ids.ada}`);
    expect(Object.keys(got.headers)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:etag|last-modified|x-ratelimit.*)$/u)]),
    );
    expect(got.json.meta).toBeUndefined();
  });
});

describe("who asks", () => {
  test("1.9 invalid bearer: 401 with two quotation marks", async () => {
    for (const authorization of ["Bearer bad", ""]) {
      const got = await site.get(`Patient/${ids.ada}`, { authorization });
      expect([got.status, got.text]).toEqual([401, '""']);
      expect(got.headers["www-authenticate"]).toBe(
        'Bearer error="invalid_token", error_description="The access token provided is not valid"',
      );
      expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    }
  });

  test("1.9 API not on the client: 403 with nothing in it", async () => {
    const poor = await startSite({
      grant: {
        apis: allBut({ type: "Patient", operation: "Read" }, { type: "Goal", operation: "Search" }),
      },
    });
    for (const path of [`Patient/${ids.ada}`, `Patient/unknown`, `Goal?patient=${ids.ada}`]) {
      const got = await poor.get(path);
      expect([got.status, got.text]).toEqual([403, ""]);
      expect(got.headers["www-authenticate"]).toBe(
        'Bearer error="insufficient_scope", error_description="The access token provided is valid, but is not authorized for this service"',
      );
    }
    await poor.close();
  });
});

describe("what there is not", () => {
  test.each(["Schedule", "Nonsense/1", "$export", "Patient/$everything", "Patient/a/b/c"])(
    "2.4 unknown type %s: the web server's page",
    async (path) => {
      const got = await site.get(path, { accept: "application/fhir+json" });
      expect([got.status, got.headers["content-type"]]).toEqual([404, "text/html"]);
      expect(got.text).toContain("<title>404 - File or directory not found.</title>");
      expect(got.text).toContain("<h1>Server Error</h1>");
    },
  );

  test("a site can answer unknown types with an outcome", async () => {
    const outcomes = await startSite({ switches: { unknownType: "outcome" } });
    const got = await outcomes.json("Schedule");
    await outcomes.close();
    expect([got.status, got.json.resourceType]).toEqual([404, "OperationOutcome"]);
  });

  test.each(["PATCH", "DELETE"] as const)("2.11 %s is not supported", async (method) => {
    const got = await site.send(method, `Patient/${ids.ada}`);
    expect([got.status, got.headers["content-type"]]).toEqual([405, "text/html"]);
  });

  test("2.11 a batch is not supported", async () => {
    const got = await site.send("POST", "", { body: { resourceType: "Bundle", type: "batch" } });
    expect(got.status).toBe(404);
  });
});

test("2.1 metadata needs no token, and knows the client by its header", async () => {
  const got = await site.json("metadata", { authorization: "", "epic-client-id": "client-9" });
  expect([got.status, got.json]).toEqual([
    200,
    expect.objectContaining({ base: site.base, root: site.root, clientId: "client-9" }),
  ]);
});

test("a body over the limit gets the web server's page", async () => {
  const small = await startSite({ limits: { maxBodyBytes: 100 } });
  const got = await small.send("POST", "Condition", { body: { text: "x".repeat(200) } });
  await small.close();
  expect([got.status, got.headers["content-type"]]).toEqual([413, "text/html"]);
});
