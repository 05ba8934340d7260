import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { TrestleError } from "@trestle/base";
import { type FhirClient, openFhirClient } from "@trestle/fhir/client";
import type { FhirResource } from "@trestle/fhir";
import { describe, expect, onTestFinished, test } from "vitest";
import { epicDialect, outcomeCodes } from "../src/index.ts";

const system = "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369";

describe("codes in refused answers", () => {
  test.each([
    ["4107", 410, "fhir.mergedAway", "permanent"],
    ["4113", 400, "fhir.searchExpired", "transient"],
    ["4118", 403, "fhir.userNotPermitted", "permanent"],
    ["4127", 400, "fhir.tooManyMatches", "permanent"],
    ["4131", 403, "fhir.recordRestricted", "permanent"],
    ["4135", 403, "fhir.dailyQuotaSpent", "transient"],
    ["59008", 404, "fhir.notFound", "permanent"],
    ["59012", 422, "fhir.requestRefused", "permanent"],
    ["59159", 400, "fhir.requestRefused", "permanent"],
    ["59177", 500, "fhir.serverFailed", "transient"],
  ])("%s with status %i", async (...[code, status, name, failure]) => {
    const client = await clientOf(() => ({ status, body: outcome("fatal", code) }));
    const error: unknown = await client.read("Patient", "e1").catch((error: unknown) => error);
    if (!(error instanceof TrestleError)) throw error;
    expect(error).toMatchObject({ code: name, failure, facts: { code } });
  });

  test("the issue that decides does so, whatever stands before it", async () => {
    const { issue } = outcome("information", "59100");
    const body = {
      resourceType: "OperationOutcome",
      issue: [...issue, ...outcome("fatal", "4127").issue],
    };
    const client = await clientOf(() => ({ status: 400, body }));
    await expect(client.search("Patient", { name: "x" }).all()).rejects.toMatchObject({
      code: "fhir.tooManyMatches",
    });
  });
});

describe("codes in good answers", () => {
  test.each([
    ["4101", "noMatches", true],
    ["4119", "partialView", false],
    ["4134", "recordRestricted", false],
    ["59100", "parameterIgnored", true],
    ["59133", "moreMatches", false],
    ["59204", "applicationLacksAccess", false],
    ["59205", "userLacksAccess", false],
  ])("%s is the notice %s", async (code, kind, isWhole) => {
    const entry = [{ resource: outcome("warning", code), search: { mode: "outcome" } }];
    const client = await clientOf(() => ({ body: bundle({ total: 0, entry }) }));
    const found = await client.search("Procedure", { patient: "e1" }).all();
    expect(found.notices.map(({ kind }) => kind)).toEqual([kind]);
    expect(found.isWhole).toBe(isWhole);
  });
});

test("what a code tells is one or two sentences, whole ones", () => {
  const meanings = Object.values(epicDialect().codes).flatMap(({ meaning }) => meaning ?? []);
  expect(meanings.length).toBeGreaterThan(20);
  for (const meaning of meanings) expect(meaning).toMatch(/^[A-Z].{20,220}\.$/u);
});

test.each([
  ["Processing failed. A type is not known.", "fhir.requestRefused", "permanent"],
  [
    "Request not allowed: The Client requested this Group too recently.",
    "fhir.dailyQuotaSpent",
    "transient",
  ],
])("59136, an export that does not begin: %s", async (...[diagnostics, code, failure]) => {
  const [issue] = outcome("fatal", "59136").issue;
  const client = await clientOf(() => ({
    status: 400,
    body: { resourceType: "OperationOutcome", issue: [{ ...issue, diagnostics }] },
  }));
  await expect(client.startExport({ of: { group: "g1" } })).rejects.toMatchObject({
    code,
    failure,
  });
});

test("every code that the package knows has a meaning for who asked", () => {
  const { codes } = epicDialect();
  for (const [code, { severity, status }] of Object.entries(outcomeCodes)) {
    // A server that failed is judged by its status, and what names no cause by its type.
    const isLeft = status >= 500 || ["4117", "40000", "59007", "59130", "59200"].includes(code);
    const meaning = codes[code];
    expect([code, isLeft || (severity === "fatal" ? meaning?.error : meaning?.notice)]).toEqual([
      code,
      expect.anything(),
    ]);
  }
});

test("Observation is searched by category, and a refused one is reported", async () => {
  const asked: (string | null)[] = [];
  const client = await clientOf(({ query }) => {
    const category = query.get("category");
    asked.push(category);
    return category === "LDA" ? { status: 403 } : { body: bundle({}) };
  });
  const { notices } = await client.search("Observation", { patient: "e1" }).all();
  expect(asked).toContain("vital-signs");
  expect(asked).toContain("laboratory");
  expect(notices).toMatchObject([
    { kind: "applicationLacksAccess", part: { parameter: "category", value: "LDA" } },
  ]);
});

test("vitals that are there already are not filed twice", async () => {
  const client = await clientOf(({ method }) =>
    method === "POST" ? { status: 400, body: outcome("fatal", "59189") } : { body: bundle({}) },
  );
  const vitals: FhirResource = {
    resourceType: "Observation",
    status: "final",
    code: { text: "x" },
  };
  const find = { patient: "e1", code: "8867-4", date: "2026-01-05" };
  expect(await client.createOnce(vitals, { find })).toMatchObject({ outcome: "existing" });
});

test("a problem whose create ended unknown is not looked for: it waits where no search finds it", async () => {
  const heard: string[] = [];
  const client = await clientOf(({ method }) => {
    heard.push(method);
    return method === "POST" ? { status: 504 } : { body: bundle({}) };
  });
  const problem: FhirResource = { resourceType: "Condition", subject: { reference: "Patient/e1" } };
  await expect(client.createOnce(problem, { find: { patient: "e1" } })).rejects.toMatchObject({
    code: "fhir.unsettled",
  });
  expect(heard).toEqual(["GET", "POST"]);
});

test("the app's id is sent where it is given", async () => {
  let sent: unknown;
  const client = await clientOf(
    ({ headers }) => {
      sent = headers["epic-client-id"];
      return { body: { resourceType: "CapabilityStatement" } };
    },
    epicDialect({ clientId: "a-guid" }),
  );
  await client.capabilities();
  expect(sent).toBe("a-guid");
});

interface Heard {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, unknown>>;
}

async function clientOf(
  script: (heard: Heard) => { status?: number; body?: unknown },
  dialect = epicDialect(),
): Promise<FhirClient> {
  const server = createServer((request, response) => {
    const { searchParams: query } = new URL(request.url ?? "", "http://host");
    const { status = 200, body } = script({
      method: request.method ?? "",
      query,
      headers: request.headers,
    });
    request.resume();
    response.writeHead(status, { "content-type": "application/fhir+json; charset=utf-8" });
    response.end(body === undefined ? "" : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = openFhirClient({
    settings: { baseUrl: `http://127.0.0.1:${port}/api/FHIR/R4`, retry: { maxAttempts: 1 } },
    dialect,
  });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  return client;
}

function bundle(more: object) {
  return { resourceType: "Bundle", type: "searchset", ...more };
}

function outcome(severity: string, code: string) {
  const details = { coding: [{ system, code, display: "said" }], text: "said" };
  return { resourceType: "OperationOutcome", issue: [{ severity, code: "processing", details }] };
}
