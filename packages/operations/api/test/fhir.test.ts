import { Secret, newToken, phi, useSecret } from "@trestle/base";
import { fhirErrors } from "@trestle/fhir/client";
import { type FhirAnswer, type Gateway, gatewayErrors, noGateway } from "@trestle/gateway";
import { afterEach, describe, expect, test } from "vitest";
import { type Hub, openHub } from "./hub-fixture.ts";
import { told } from "./hub-call.ts";
import { routes } from "../src/contract/index.ts";

let hub: Hub | undefined;
afterEach(() => hub?.close());

const answer: FhirAnswer = {
  status: 200,
  json: phi('{"resourceType":"Patient","id":"1","valueDecimal":4.10}'),
  notices: [
    {
      kind: "partialView",
      mayMiss: true,
      code: "4119",
      text: "Über",
      hint: "Show it.",
      part: "a=b",
    },
  ],
  subjects: ["site lakeshore"],
};

/** A door behind which everything is found, and where what was asked is kept. */
function door(asked: unknown[] = [], json = answer.json): Gateway {
  const give = (site: string, what: object) => {
    if (site !== "lakeshore") throw gatewayErrors.unknownSite({ site });
    asked.push(what);
    return Promise.resolve({ ...answer, json });
  };
  return {
    ...noGateway,
    meaningOf: (site, code) => (/\d/u.test(code) ? `${code} at ${site}` : undefined),
    search: async (...all) => give(...all),
    read: async (...all) => give(...all),
  };
}

async function tokenOf(open: Hub): Promise<Readonly<Record<string, string>>> {
  const token = new Secret(newToken());
  await open.access.acceptApplicationToken(token, "Planner");
  return { authorization: `Bearer ${useSecret(token)}` };
}

describe("the application", () => {
  test("reads what a site has, as the site wrote it, and it is in the access record", async () => {
    hub = await openHub({ gateway: door() });
    const headers = await tokenOf(hub);
    const options = { isSignedIn: false, headers };
    const reply = await hub.call("GET", "/api/v1/sites/lakeshore/fhir/Patient/1", options);
    expect(reply.status).toBe(200);
    expect(reply.headers["content-type"]).toBe("application/fhir+json");
    expect(reply.text).toContain("4.10");
    expect(JSON.parse(String(reply.headers["trestle-warnings"]))).toEqual([
      { kind: "partialView", code: "4119", mayMiss: true, part: "a=b" },
    ]);
    expect(await hub.access.accessRecords(1)).toMatchObject([
      { personId: "application", action: "readSiteFhir", subjects: ["site lakeshore"] },
    ]);
  });

  test("searches with every parameter that it sent, repeated ones too", async () => {
    const asked: unknown[] = [];
    hub = await openHub({ gateway: door(asked) });
    const options = { isSignedIn: false, headers: await tokenOf(hub) };
    const query = "date=ge2026-01-01&date=lt2026-02-01&code=http%3A%2F%2Fa.example%7C1";
    await hub.call("GET", `/api/v1/sites/lakeshore/fhir/Observation?${query}`, options);
    const parameters = [...new URLSearchParams(query)];
    expect(asked).toEqual([{ reader: "application", type: "Observation", parameters }]);
    expect(hub.logged.join("\n")).not.toContain("a.example");
  });

  test.each([
    { method: "POST", path: "Patient/_search" },
    { method: "POST", path: "Patient" },
    { method: "PUT", path: "Patient/1" },
    { method: "GET", path: "Patient/1/$everything" },
    { method: "GET", path: "Patient/1/_history/1" },
    { method: "GET", path: "$export" },
    { method: "GET", path: "" },
  ] as const)("asks no site by $method $path", async ({ method, path }) => {
    const asked: unknown[] = [];
    hub = await openHub({ gateway: door(asked) });
    const body = method === "GET" ? {} : { body: { resourceType: "Patient" } };
    const options = { isSignedIn: false, headers: await tokenOf(hub), ...body };
    const reply = await hub.call(method, `/api/v1/sites/lakeshore/fhir/${path}`, options);
    expect([400, 404, 405]).toContain(reply.status);
    expect(asked).toEqual([]);
  });

  test("hears in FHIR why a site is not asked", async () => {
    hub = await openHub({ gateway: door() });
    const options = { isSignedIn: false, headers: await tokenOf(hub) };
    const reply = await hub.call("GET", "/api/v1/sites/riverside/fhir/Patient/1", options);
    expect(reply).toMatchObject({
      status: 404,
      json: { resourceType: "OperationOutcome", issue: [{ code: "not-found" }] },
    });
  });

  test("hears how long to wait where a site was asked too much", async () => {
    const tooMuch = gatewayErrors.cursorUnknown();
    const gateway: Gateway = {
      ...noGateway,
      read: () => Promise.reject(tooMuch),
      failureStatus: () => 429,
      retryAfterSeconds: () => 7,
    };
    hub = await openHub({ gateway });
    const options = { isSignedIn: false, headers: await tokenOf(hub) };
    const reply = await hub.call("GET", "/api/v1/sites/lakeshore/fhir/Patient/1", options);
    expect(reply).toMatchObject({ status: 429, headers: { "retry-after": "7" } });
  });

  test("gets nothing else of the API, and nothing without its token", async () => {
    hub = await openHub({ gateway: door() });
    const options = { isSignedIn: false, headers: await tokenOf(hub) };
    for (const path of ["/api/v1/messages", "/api/v1/deliveries", "/api/v1/fhir-sites"]) {
      expect((await hub.call("GET", path, options)).status).toBe(403);
    }
    const stranger = { isSignedIn: false };
    const reply = await hub.call("GET", "/api/v1/sites/lakeshore/fhir/Patient/1", stranger);
    expect(reply.status).toBe(401);
  });
});

describe("a person", () => {
  test("asks a site once they say why they look", async () => {
    hub = await openHub({ gateway: door() });
    const path = "/api/v1/fhir-sites/lakeshore/query";
    const body = { query: "Patient/1" };
    expect(await hub.call("POST", path, { body })).toMatchObject({
      status: 403,
      json: { code: "api.purposeNeeded" },
    });
    const headers = { "trestle-purpose": "testing" };
    const reply = await hub.call("POST", path, { body, headers });
    expect(reply.json).toMatchObject({
      status: 200,
      text: expect.stringContaining('  "valueDecimal": 4.10'),
      notices: [{ kind: "partialView", mayMiss: true, meaning: "4119 at lakeshore" }],
    });
    expect(reply.json).not.toHaveProperty("page");
    expect(await hub.access.accessRecords(1)).toMatchObject([{ purpose: "testing" }]);
  });

  test("sees how much a page holds, and by which query the next one comes", async () => {
    const next = "/api/v1/sites/lakeshore/fhir/Observation?_cursor=abc%2F";
    const bundle = {
      resourceType: "Bundle",
      link: [{ relation: "next", url: next }],
      entry: [
        { resource: { resourceType: "Observation" }, search: { mode: "match" } },
        { resource: { resourceType: "Patient" }, search: { mode: "include" } },
      ],
    };
    const asked: unknown[] = [];
    hub = await openHub({ gateway: door(asked, phi(JSON.stringify(bundle))) });
    const options = { headers: { "trestle-purpose": "testing" } };
    const path = "/api/v1/fhir-sites/lakeshore/query";
    const query = "Observation?patient=1&category=laboratory";
    const reply = await hub.call("POST", path, { ...options, body: { query } });
    const { page } = told(routes.querySiteFhir, reply);
    expect(page).toEqual({ matches: 1, next: "Observation?_cursor=abc%2F" });
    await hub.call("POST", path, { ...options, body: { query: page?.next } });
    expect(asked.at(-1)).toMatchObject({ type: "Observation", parameters: [["_cursor", "abc/"]] });
  });

  test("hears in words why a site refused", async () => {
    const refused: Gateway = {
      ...door(),
      search: () => Promise.reject(fhirErrors.requestRefused({ code: "59159" })),
      failureStatus: () => 400,
    };
    hub = await openHub({ gateway: refused });
    const options = { body: { query: "Patient" }, headers: { "trestle-purpose": "testing" } };
    const reply = await hub.call("POST", "/api/v1/fhir-sites/lakeshore/query", options);
    expect(reply).toMatchObject({
      status: 200,
      json: {
        status: 400,
        problem: {
          code: "fhir.requestRefused",
          hint: expect.stringContaining("finds the request wrong"),
          siteCode: "59159",
          meaning: "59159 at lakeshore",
        },
      },
    });
  });

  test.each([
    "patient/1",
    "Patient/",
    "Patient/1/2?",
    "../Patient/1",
    "Patient/1?_count=1",
    "",
    "P",
  ])("is told that %s is no query", async (query) => {
    hub = await openHub({ gateway: door() });
    const headers = { "trestle-purpose": "testing" };
    const options = { body: { query }, headers };
    const reply = await hub.call("POST", "/api/v1/fhir-sites/lakeshore/query", options);
    expect(reply).toMatchObject({
      status: 400,
      json: { issues: [{ at: "body.query", text: expect.stringContaining("Patient/123") }] },
    });
  });

  test("sees that no site answers over FHIR, and the keys are public all the same", async () => {
    hub = await openHub();
    expect((await hub.call("GET", "/api/v1/fhir-sites")).json).toEqual({ items: [] });
    expect(await hub.call("GET", "/api/v1/fhir-sites/lakeshore")).toMatchObject({ status: 404 });
    const keys = await hub.call("GET", "/.well-known/jwks.json", { isSignedIn: false });
    expect(keys.json).toEqual({ keys: [] });
  });
});
