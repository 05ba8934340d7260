import { TrestleError } from "@trestle/base";
import { FakeClock, eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Discovered, Discovery, type SmartHttp, openSmartHttp } from "../src/index.ts";
import { json, page } from "./support/http-server.ts";
import { type OAuthServer, startOAuthServer, xmlStatement } from "./support/oauth-server.ts";

let clock: FakeClock;
let server: OAuthServer;
let http: SmartHttp;
let discovery: Discovery;
let changes: { before: Discovered; after: Discovered }[];

beforeEach(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  http = openSmartHttp({ maxAnswerBytes: 4096 });
  changes = [];
  discovery = new Discovery({
    http,
    clock,
    headers: { "example-client": "app-1" },
    onChange: (before, after) => changes.push({ before, after }),
  });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

describe("where the endpoints come from", () => {
  test("the smart-configuration is asked first, and is enough", async () => {
    const { endpoints, source, isStale } = await discovery.find(`${server.fhirBaseUrl}/`);
    expect(endpoints).toMatchObject({
      fhirBaseUrl: server.fhirBaseUrl,
      tokenUrl: server.tokenUrl,
      authorizeUrl: server.tokenUrl.replace("token", "authorize"),
      codeChallengeMethodsSupported: ["S256"],
      namesIssuerInCallback: false,
    });
    expect({ source, isStale }).toEqual({ source: "smart-configuration", isStale: false });
    expect(server.http.count("/metadata")).toBe(0);
  });

  test.each([
    { what: "missing", behaviour: { status: 404 } },
    { what: "a page with 200", behaviour: page(200) },
    { what: "a page with 403", behaviour: page(403) },
    { what: "not JSON", behaviour: { status: 200, body: "{" } },
    { what: "without a token endpoint", behaviour: json({ issuer: "x", token_endpoint: 7 }) },
    { what: "too large", behaviour: json({ text: "x".repeat(5000) }) },
    { what: "broken off", behaviour: "break" as const },
  ])("where it is $what the CapabilityStatement tells", async ({ behaviour }) => {
    server.http.misbehave("/smart-configuration", behaviour);
    const { endpoints, source } = await discovery.find(server.fhirBaseUrl);
    expect(endpoints.tokenUrl).toBe(server.tokenUrl);
    expect(source).toBe("CapabilityStatement");
  });

  test("a server that gives XML whatever the header says is asked by parameter", async () => {
    server.http.misbehave("/smart-configuration", { status: 404 });
    server.http.misbehave("/metadata", ({ query }) => {
      if (query.get("_format") !== "json") return xmlStatement;
      server.http.behave("/metadata");
      return json({
        rest: [{ security: { extension: [oauthUris("https://login.example/token")] } }],
      });
    });
    const { endpoints } = await discovery.find(server.fhirBaseUrl);
    expect(endpoints.tokenUrl).toBe("https://login.example/token");
  });

  test("what is wanted and missing in one is taken from the other", async () => {
    const { endpoints, source } = await discovery.find(server.fhirBaseUrl, ["registerUrl"]);
    expect(endpoints.registerUrl).toBe(server.tokenUrl.replace("token", "register"));
    expect(endpoints.jwksUrl).toBe(server.tokenUrl.replace("token", "keys"));
    expect(source).toBe("both");
  });

  test("what is wanted is not said to be missing while the other cannot be had", async () => {
    server.http.misbehave("/metadata", { status: 503 });
    await expect(discovery.find(server.fhirBaseUrl, ["registerUrl"])).rejects.toMatchObject({
      code: "smart.unavailable",
    });
  });

  test("no address is ever made up from that of the FHIR server", async () => {
    server.http.misbehave("/smart-configuration", { status: 404 });
    server.http.misbehave("/metadata", json({ resourceType: "CapabilityStatement" }));
    await expect(discovery.find(server.fhirBaseUrl)).rejects.toMatchObject({
      code: "smart.noEndpoints",
      failure: "permanent",
    });
    expect(new Set(server.http.received.map(({ path }) => path))).toEqual(
      new Set(["/chart/R4/.well-known/smart-configuration", "/chart/R4/metadata"]),
    );
  });

  test("a server that is busy has not said that it has no endpoints", async () => {
    server.http.misbehave("/smart-configuration", {
      status: 503,
      headers: { "retry-after": "17" },
    });
    server.http.misbehave("/metadata", { status: 404 });
    await expect(discovery.find(server.fhirBaseUrl)).rejects.toMatchObject({
      code: "smart.unavailable",
      failure: "transient",
      facts: { retryAfterSeconds: 17 },
    });
  });
});

test.each([
  { retryAfter: "Thu, 01 Jan 2026 00:01:30 GMT", seconds: 90 },
  { retryAfter: "Wed, 31 Dec 2025 23:00:00 GMT", seconds: 0 },
  { retryAfter: "later", seconds: undefined },
])("Retry-After of $retryAfter is $seconds s by the server's own clock", async (row) => {
  server.http.misbehave("", { status: 503, headers: { "retry-after": row.retryAfter } });
  const error: unknown = await discovery.find(server.fhirBaseUrl).catch((error: unknown) => error);
  const facts = error instanceof TrestleError ? error.facts : {};
  expect(facts).toMatchObject({ status: 503 });
  expect(facts["retryAfterSeconds"]).toBe(row.seconds);
});

describe("how fresh they are", () => {
  test("one question is asked however many wait for it", async () => {
    await Promise.all(Array.from({ length: 50 }, () => discovery.find(server.fhirBaseUrl)));
    expect(server.http.count("/smart-configuration")).toBe(1);
  });

  test("what is newly wanted is looked for once, found or not, and is no change", async () => {
    await discovery.find(server.fhirBaseUrl);
    const wants = ["registerUrl", "authorizeUrl"] as const;
    const asked = await Promise.all(
      Array.from({ length: 9 }, () => discovery.find(server.fhirBaseUrl, wants)),
    );
    expect(asked.every(({ endpoints }) => endpoints.registerUrl !== undefined)).toBe(true);
    expect(await discovery.find(server.fhirBaseUrl)).toBe(asked[0]);
    expect([server.http.count("/smart-configuration"), changes]).toEqual([2, []]);

    const without = new Discovery({ http, clock });
    await without.find(server.fhirBaseUrl, wants);
    const { endpoints } = await without.find(server.fhirBaseUrl, wants);
    expect([endpoints.registerUrl, server.http.count("/metadata")]).toEqual([undefined, 2]);
  });

  test("what was looked for is not lost by a question that was on its way meanwhile", async () => {
    let answerFirst = (): void => {};
    const isHeld = new Promise<void>((resolve) => (answerFirst = resolve));
    server.http.misbehave("/smart-configuration", async () => {
      server.http.behave("/smart-configuration");
      await isHeld;
      return json(server.site.smartConfiguration);
    });
    const first = discovery.find(server.fhirBaseUrl);
    await eventually("it is asked", () => server.http.count("/smart-configuration") === 1);
    await discovery.find(server.fhirBaseUrl, ["registerUrl"]);
    answerFirst();
    expect((await first).endpoints.registerUrl).toBeDefined();
    const later = await discovery.find(server.fhirBaseUrl, ["registerUrl"]);
    expect(later.endpoints.registerUrl).toBeDefined();
  });

  test("within the hour nothing is asked again, and behind it once", async () => {
    const first = await discovery.find(server.fhirBaseUrl);
    clock.advance(3_600_000);
    expect(await discovery.find(server.fhirBaseUrl)).toBe(first);
    clock.advance(1);
    const second = await discovery.find(server.fhirBaseUrl);
    expect(second.checkedAtMs).toBe(first.checkedAtMs + 3_600_001);
    expect(server.http.count("/smart-configuration")).toBe(2);
  });

  test("old ones are marked as stale while the server is down, and at last refused", async () => {
    const first = await discovery.find(server.fhirBaseUrl);
    server.http.misbehave("", { status: 502 });
    clock.advance(7_200_000);
    expect(await discovery.find(server.fhirBaseUrl)).toEqual({ ...first, isStale: true });
    clock.advance(86_400_000);
    await expect(discovery.find(server.fhirBaseUrl)).rejects.toMatchObject({
      code: "smart.unavailable",
    });
  });

  test("a server that failed is left alone for a while, then asked again", async () => {
    server.http.misbehave("", { status: 502 });
    await expect(discovery.find(server.fhirBaseUrl)).rejects.toThrow("smart.unavailable");
    await expect(discovery.find(server.fhirBaseUrl)).rejects.toThrow("smart.unavailable");
    expect(server.http.count("/smart-configuration")).toBe(1);
    server.http.behave("");
    await expect(discovery.find(server.fhirBaseUrl)).rejects.toThrow("smart.unavailable");
    clock.advance(30_000);
    expect((await discovery.find(server.fhirBaseUrl)).endpoints.tokenUrl).toBe(server.tokenUrl);
  });

  test("a clock that is set back makes neither knowledge nor a pause last longer", async () => {
    await discovery.find(server.fhirBaseUrl);
    clock.advance(-86_400_000);
    await discovery.find(server.fhirBaseUrl);
    expect(server.http.count("/smart-configuration")).toBe(2);
    server.http.misbehave("", { status: 502 });
    const other = new Discovery({ http, clock });
    await expect(other.find(server.fhirBaseUrl)).rejects.toThrow("smart.unavailable");
    server.http.behave("");
    clock.advance(-86_400_000);
    expect((await other.find(server.fhirBaseUrl)).isStale).toBe(false);
  });

  test("asking anew tells of endpoints that moved", async () => {
    await discovery.find(server.fhirBaseUrl);
    await discovery.recheck(server.fhirBaseUrl);
    expect(changes).toEqual([]);
    server.site.smartConfiguration["token_endpoint"] = "https://moved.example/token";
    await discovery.recheck(server.fhirBaseUrl);
    expect(changes.map(({ after }) => after.endpoints.tokenUrl)).toEqual([
      "https://moved.example/token",
    ]);
  });

  test("the server not asked for the longest is forgotten", async () => {
    const small = new Discovery({ http, clock, settings: { maxServers: 2 } });
    await small.find(server.fhirBaseUrl);
    await small.find(`${server.http.origin}/b`);
    await small.find(server.fhirBaseUrl);
    await small.find(`${server.http.origin}/c`);
    await small.find(server.fhirBaseUrl);
    expect(server.http.count("/chart/R4/.well-known/smart-configuration")).toBe(1);
    await small.find(`${server.http.origin}/b`);
    expect(server.http.count("/b/.well-known/smart-configuration")).toBe(2);
  });
});

function oauthUris(token: string) {
  return {
    url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
    extension: [{ url: "token", valueUri: token }],
  };
}
