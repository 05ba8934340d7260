import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { testCertificate } from "@trestle/testkit";
import { expect, onTestFinished, test } from "vitest";
import { fhirClientSettings, openFhirClient } from "../../src/client/index.ts";
import { failureOf } from "../support/opened.ts";

const baseUrl = "https://fhir.lakeshore.example/api/FHIR/R4";

test("the defaults", () => {
  expect(fhirClientSettings.parse({ baseUrl })).toEqual({
    baseUrl,
    allowedOrigins: [],
    maxPages: 1000,
    maxUrlBytes: 4096,
    maxAnswerBytes: 32 * 1024 * 1024,
    maxBinaryBytes: 64 * 1024 * 1024,
    maxConcurrent: 8,
    maxQueued: 1000,
    maxQueueSeconds: 60,
    connectTimeoutSeconds: 10,
    answerTimeoutSeconds: 30,
    maxAliases: 100_000,
    retry: { maxAttempts: 4, firstDelayMs: 500, maxDelayMs: 20_000, maxRetryAfterSeconds: 120 },
    circuit: { failures: 10, openSeconds: 30 },
    cache: { maxEntries: 1000, maxBytes: 32 * 1024 * 1024 },
    bulk: {
      pollSeconds: 60,
      maxPollSeconds: 1800,
      horizonHours: 48,
      maxLineBytes: 16 * 1024 * 1024,
      maxFileAttempts: 5,
    },
  });
});

test("the examples of the schema parse", () => {
  const examples = fhirClientSettings.meta()?.["examples"] as readonly unknown[];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(fhirClientSettings.safeParse(example).success).toBe(true);
});

test.each([
  {},
  { baseUrl: "ftp://host" },
  { baseUrl, maxConcurent: 4 },
  { baseUrl, budget: { timeZone: "Nowhere", peakRequestsPerHour: 1, offPeakRequestsPerHour: 1 } },
])("%j is refused", (settings) => {
  expect(fhirClientSettings.safeParse(settings).success).toBe(false);
});

test("a certificate that nobody vouches for is refused before anything is sent, and taken with its authority", async () => {
  const authority = testCertificate({ name: "test authority" });
  const { key, certificate } = testCertificate({ name: "localhost", authority });
  let requests = 0;
  const server = createServer({ key, cert: certificate }, (_, response) => {
    requests += 1;
    response.end('{"resourceType":"Patient","id":"p"}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const settings = { baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}/fhir` };
  const strict = openFhirClient({ settings });
  const trusting = openFhirClient({ settings, ca: authority.certificate });
  onTestFinished(async () => {
    await Promise.all([strict.close(), trusting.close()]);
    server.close();
  });
  expect(await failureOf(strict.read("Patient", "p"))).toMatchObject({
    code: "fhir.notTrusted",
    failure: "permanent",
  });
  expect(requests).toBe(0);
  expect(await trusting.read("Patient", "p")).toMatchObject({ id: "p" });
});
