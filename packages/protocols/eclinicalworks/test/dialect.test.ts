import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type FailureKind, kindOf, openFhirClient } from "@trestle/fhir/client";
import { TrestleError } from "@trestle/base";
import { expect, onTestFinished, test } from "vitest";
import { eclinicalworksBaseUrl, eclinicalworksDialect } from "../src/index.ts";

test.each<{ status: number; error: string; code: string; kind: FailureKind }>([
  { status: 403, error: "403", code: "fhir.apiNotGranted", kind: "permission" },
  { status: 400, error: "403", code: "fhir.apiNotGranted", kind: "permission" },
  { status: 400, error: "invalid_token", code: "fhir.tokenRefused", kind: "auth" },
  { status: 400, error: "429", code: "fhir.throttled", kind: "quota" },
  { status: 400, error: "else", code: "fhir.requestRefused", kind: "validation" },
])("a body $error with status $status is $code", async ({ status, error, code, kind }) => {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error, error_description: "invalid_request" }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = openFhirClient({
    settings: { baseUrl: `http://127.0.0.1:${port}/`, retry: { maxAttempts: 1 } },
    dialect: eclinicalworksDialect,
  });
  onTestFinished(async () => {
    await client.close();
    server.close();
  });
  const failure: unknown = await client.read("Patient", "p").catch((error: unknown) => error);
  if (!(failure instanceof TrestleError)) throw failure;
  expect({ code: failure.code, kind: kindOf(failure) }).toEqual({ code, kind });
});

test("a practice has an address of its own, for clinicians and for patients", () => {
  expect(eclinicalworksBaseUrl("A/1")).toBe("https://fhir4.eclinicalworks.com/fhir/r4/A%2F1");
  expect(eclinicalworksBaseUrl("A1", "patients")).toBe("https://fhir4.healow.com/fhir/r4/A1");
});

test("250 requests in a minute are its limit", () => {
  expect(eclinicalworksDialect.requestsPerMinute).toBe(250);
});
