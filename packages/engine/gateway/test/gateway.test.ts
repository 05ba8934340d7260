import { reveal, systemClock } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { fhirClientSettings, plainDialect } from "@trestle/fhir/client";
import { KeyRing, memoryKeyStore, openSmartHttp } from "@trestle/smart";
import { afterEach, describe, expect, test } from "vitest";
import type { FhirAnswer, Gateway, Needs } from "../src/index.ts";
import { openGateway } from "../src/open-gateway.ts";
import { type Answers, type FhirServer, startFhirServer } from "./support/fhir-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const everything: Needs = { scopes: ["system/*.rs"], elements: {} };

async function opened(
  answers: Answers,
  needs: Needs = everything,
): Promise<{ gateway: Gateway; server: FhirServer; logged: string[] }> {
  const server = await startFhirServer(answers, "system/Patient.rs system/Binary.rs");
  const keys = new KeyRing({ store: memoryKeyStore(), clock: systemClock });
  await keys.tend();
  const http = openSmartHttp();
  const logged: string[] = [];
  const gateway = openGateway({
    sites: [
      {
        id: "lakeshore",
        clientId: "app",
        dialect: plainDialect,
        scopes: needs.scopes,
        settings: fhirClientSettings.parse({ baseUrl: server.url, retry: { maxAttempts: 1 } }),
      },
    ],
    needs,
    keys,
    http,
    log: (request) => logged.push(JSON.stringify(request)),
  });
  closing.push(
    () => server.close(),
    () => http.close(),
    () => gateway.close(),
  );
  return { gateway, server, logged };
}

const patient = {
  resourceType: "Patient",
  id: "p1",
  name: [{ family: "Beam" }],
  birthDate: "1980-01-15",
};

function result(id: string, ...categories: readonly string[]) {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    category: categories.map((code) => ({ coding: [{ code }] })),
    subject: { reference: "Patient/p1" },
  };
}

function page(resources: readonly object[], next?: string) {
  const entry = resources.map((resource) => ({ resource, search: { mode: "match" } }));
  return {
    body: {
      resourceType: "Bundle",
      type: "searchset",
      total: resources.length,
      ...(next !== undefined && { link: [{ relation: "next", url: next }] }),
      entry,
    },
  };
}

const bundleOf = (answer: FhirAnswer) => JSON.parse(reveal(answer.json)) as Bundle;
const idsIn = (answer: FhirAnswer) => bundleOf(answer).entry?.map(({ resource }) => resource?.id);
const search = (gateway: Gateway, type: string, query: string) =>
  gateway.search("lakeshore", { type, parameters: [...new URLSearchParams(query)] });

/** Ids of the Observations of all pages, read by their cursors. */
async function allIds(
  gateway: Gateway,
  query: string,
  look: (answer: FhirAnswer) => void = () => {},
): Promise<unknown[]> {
  const found: unknown[] = [];
  let next: string | undefined = `?${query}`;
  for (let pages = 0; next !== undefined && pages < 9; pages += 1) {
    if (pages > 0)
      expect(next).toMatch(/^\/api\/v1\/sites\/lakeshore\/fhir\/\w+\?_cursor=[\w-]{43}$/u);
    const answer: FhirAnswer = await search(
      gateway,
      "Observation",
      next.slice(next.indexOf("?") + 1),
    );
    look(answer);
    for (const { resource, search: how } of bundleOf(answer).entry ?? []) {
      if (how?.mode === "match") found.push(resource?.id);
    }
    next = bundleOf(answer).link?.[0]?.url;
  }
  return found;
}

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
    await expect(search(gateway, "Patient", "")).rejects.toMatchObject({
      code: "gateway.notNeeded",
    });
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
    const asked = search(gateway, "Patient", "family=Beam&telecom=555-0100");
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

  test("keeps the digits of a decimal", async () => {
    const text = '{"resourceType":"Observation","id":"o1","valueQuantity":{"value":4.10}}';
    const { gateway } = await opened({ "/Observation/o1": { text } });
    const answer = await gateway.read("lakeshore", { type: "Observation", id: "o1" });
    expect(reveal(answer.json)).toBe(text);
  });
});

describe("searching", () => {
  test("goes from page to page by cursors that say nothing, to the last", async () => {
    const { gateway } = await opened({
      "/Observation?patient=p1": page([result("o1", "a")], "Observation?session=1"),
      "/Observation?session=1": page([], "Observation?session=2"),
      "/Observation?session=2": page([result("o2", "a")]),
    });
    const pages: FhirAnswer[] = [];
    const found = await allIds(gateway, "patient=p1", (each) => pages.push(each));
    expect(found).toEqual(["o1", "o2"]);
    expect(pages).toHaveLength(3);
    for (const each of pages) expect(bundleOf(each)).not.toHaveProperty("total");
  });

  test("leaves out what the site gives beyond a granular scope, page by page", async () => {
    const needs = { scopes: ["system/Observation.s?category=laboratory"], elements: {} };
    const { gateway, server } = await opened(
      {
        "/Observation?patient=p1&category=laboratory": page([
          result("o1", "laboratory"),
          result("o2", "vital-signs"),
        ]),
      },
      needs,
    );
    expect(idsIn(await search(gateway, "Observation", "patient=p1"))).toEqual(["o1"]);
    expect(server.asked).toEqual(["/Observation?patient=p1&category=laboratory"]);
  });

  test("takes a match of another type for what came along", async () => {
    const needs = { scopes: ["system/Observation.rs"], elements: {} };
    const answers = { "/Observation?patient=p1": page([patient, result("o1", "a")]) };
    const { gateway } = await opened(answers, needs);
    const answer = await search(gateway, "Observation", "patient=p1");
    expect(idsIn(answer)).toEqual(["o1"]);
    expect(reveal(answer.json)).not.toContain("Beam");
  });

  const twoCategories: Needs = {
    scopes: ["system/Observation.s?category=laboratory", "system/Observation.s?category=survey"],
    elements: {},
  };
  const refusal = {
    status: 403,
    body: { resourceType: "OperationOutcome", issue: [{ severity: "fatal", code: "forbidden" }] },
  };

  test("gives once what belongs to several granular scopes", async () => {
    const { gateway } = await opened(
      {
        "/Observation?category=laboratory": page([result("o1", "laboratory", "survey")]),
        "/Observation?category=survey": page([
          result("o1", "laboratory", "survey"),
          result("o2", "survey"),
        ]),
      },
      twoCategories,
    );
    expect(await allIds(gateway, "")).toEqual(["o1", "o2"]);
  });

  test.each([
    { refused: "laboratory", given: ["o2"] },
    { refused: "survey", given: ["o1"] },
  ])("goes on where $refused alone is refused, and says so", async ({ refused, given }) => {
    const { gateway } = await opened(
      {
        "/Observation?category=laboratory": page([result("o1", "laboratory")]),
        "/Observation?category=survey": page([result("o2", "survey")]),
        [`/Observation?category=${refused}`]: refusal,
      },
      twoCategories,
    );
    const told: unknown[] = [];
    expect(await allIds(gateway, "", (answer) => told.push(...answer.notices))).toEqual(given);
    expect(told).toMatchObject([{ mayMiss: true, part: `category=${refused}` }]);
  });

  test("fails where every part is refused", async () => {
    const { gateway } = await opened(
      { "/Observation?category=laboratory": refusal, "/Observation?category=survey": refusal },
      twoCategories,
    );
    const asked = allIds(gateway, "");
    await expect(asked).rejects.toMatchObject({ code: "fhir.userNotPermitted" });
  });

  test("gives what came along only where it may be read too", async () => {
    const bundle = {
      resourceType: "Bundle",
      type: "searchset",
      entry: [
        { resource: result("o1", "a"), search: { mode: "match" } },
        { resource: patient, search: { mode: "include" } },
      ],
    };
    const query = "_include=Observation:patient";
    const path = `/Observation?${new URLSearchParams(query).toString()}`;
    const needs = { scopes: ["system/Observation.rs"], elements: {} };
    const { gateway } = await opened({ [path]: { body: bundle } }, needs);
    expect(idsIn(await search(gateway, "Observation", query))).toEqual(["o1"]);
  });

  test("tells what the site remarks beside what it found", async () => {
    const issue = [{ severity: "warning", code: "suppressed" }];
    const outcome = { resource: { resourceType: "OperationOutcome", issue } };
    const body = { resourceType: "Bundle", type: "searchset", total: 0, entry: [outcome] };
    const { gateway } = await opened({ "/Condition?patient=p1": { body } });
    const answer = await search(gateway, "Condition", "patient=p1");
    expect(answer.notices).toMatchObject([{ kind: "userLacksAccess", mayMiss: true }]);
    expect(bundleOf(answer).entry).toMatchObject([
      { resource: { resourceType: "OperationOutcome" }, search: { mode: "outcome" } },
    ]);
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

  test("to name a site that is there has a status of its own", async () => {
    const { gateway } = await opened({});
    const failure: unknown = await gateway.site("riverside").catch((error: unknown) => error);
    expect(gateway.failureStatus(failure)).toBe(404);
    const gone: unknown = await search(gateway, "Patient", "_cursor=made-up").catch(
      (error: unknown) => error,
    );
    expect(gateway.failureStatus(gone)).toBe(410);
    expect(gateway.failureStatus(new Error("other"))).toBeUndefined();
  });
});

describe("the state of a site", () => {
  test("holds what it can, what it granted, and how it answered", async () => {
    const metadata = {
      resourceType: "CapabilityStatement",
      fhirVersion: "4.0.1",
      software: { name: "Server", version: "7" },
      rest: [{ mode: "server", resource: [{ type: "Patient", interaction: [{ code: "read" }] }] }],
    };
    const needs = { scopes: ["system/Patient.rs", "system/Observation.rs"], elements: {} };
    const { gateway, logged } = await opened(
      { "/metadata": { body: metadata }, "/Patient/p1": { body: patient } },
      needs,
    );
    expect(gateway.connections()).toMatchObject([{ token: { state: "none" } }]);
    await gateway.read("lakeshore", { type: "Patient", id: "p1" });
    const state = await gateway.site("lakeshore");
    expect(state).toMatchObject({
      software: "Server 7",
      fhirVersion: "4.0.1",
      capabilities: [{ type: "Patient", interactions: ["read"] }],
      scopes: { missing: ["system/Observation.rs"], surplus: ["system/Binary.rs"] },
      token: { state: "valid" },
    });
    expect(state.requests.count).toBeGreaterThan(0);
    expect(logged.join("\n")).toContain("lakeshore");
    expect(logged.join("\n")).not.toContain("p1");
  });

  test("tells why it cannot be asked", async () => {
    const { gateway } = await opened({ "/metadata": { status: 404, body: {} } });
    const state = await gateway.site("lakeshore");
    expect(state.problem?.code).toMatch(/^fhir\./u);
    expect(state.capabilities).toEqual([]);
  });
});
