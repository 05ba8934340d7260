import { inspect } from "node:util";
import { Secret, newToken, useSecret } from "@trestle/base";
import { FakeClock, eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  Discovery,
  type SmartHttp,
  type TokenCache,
  backendTokens,
  openSmartHttp,
} from "../../src/index.ts";
import { type OAuthServer, refused, startOAuthServer } from "../support/oauth-server.ts";
import { type SigningApp, startSigningApp } from "../support/signing-app.ts";

let clock: FakeClock;
let server: OAuthServer;
let app: SigningApp;
let http: SmartHttp;
let tokens: TokenCache;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  app = await startSigningApp(clock);
  http = openSmartHttp();
  server.clients.set("backend-1", {
    redirectUrls: [],
    proof: { type: "keys", keySetUrl: app.keySetUrl },
  });
  tokens = backendTokens({
    http,
    clock,
    discovery: new Discovery({ http, clock }),
    fhirBaseUrl: server.fhirBaseUrl,
    client: {
      clientId: "backend-1",
      authentication: { type: "key", signer: { ...app.signer, newToken } },
    },
    scopes: "system/Patient.rs",
  });
});

afterEach(async () => {
  await http.close();
  await server.close();
  await app.http.close();
});

describe("one request however many wait", () => {
  test("a thousand callers at once cause one, and get the same token", async () => {
    const given = await Promise.all(Array.from({ length: 1000 }, () => access()));
    expect(new Set(given)).toEqual(new Set(["access-1"]));
    expect(server.http.count("/token")).toBe(1);
  });

  test("so do a thousand at the end of its life", async () => {
    await access();
    clock.advance(3_600_000);
    const given = await Promise.all(Array.from({ length: 1000 }, () => access()));
    expect(new Set(given)).toEqual(new Set(["access-2"]));
    expect(server.http.count("/token")).toBe(2);
  });

  test("a thousand that report the same token as refused cause one", async () => {
    const first = await tokens.current();
    const given = await Promise.all(
      Array.from({ length: 1000 }, () => {
        tokens.refused(first.accessToken);
        return access();
      }),
    );
    expect(new Set(given)).toEqual(new Set(["access-2"]));
    tokens.refused(first.accessToken);
    expect(await access()).toBe("access-2");
    expect(server.http.count("/token")).toBe(2);
  });
});

describe("renewal before the end", () => {
  test.each([
    { lifetimeSeconds: 3600, afterSeconds: 3539, stage: "valid" },
    { lifetimeSeconds: 3600, afterSeconds: 3540, stage: "due" },
    { lifetimeSeconds: 3600, afterSeconds: 3600, stage: "ended" },
    { lifetimeSeconds: 20, afterSeconds: 9, stage: "valid" },
    { lifetimeSeconds: 20, afterSeconds: 10, stage: "due" },
    { lifetimeSeconds: 0, afterSeconds: 0, stage: "ended" },
  ])("a token of $lifetimeSeconds s is $stage after $afterSeconds s", async (row) => {
    server.site.lifetimeSeconds = row.lifetimeSeconds;
    await access();
    clock.advance(row.afterSeconds * 1000);
    expect(tokens.status().stage).toBe(row.stage);
  });

  test("callers get the token that is due without waiting, and soon the new one", async () => {
    await access();
    clock.advance(3_590_000);
    server.http.misbehave("/token", "silence");
    expect(await Promise.all([access(), access(), access()])).toEqual(Array(3).fill("access-1"));
    expect(tokens.status().isRenewing).toBe(true);
    await eventually("the renewal is asked for", () => server.http.count("/token") === 2);
    server.http.behave("/token");
  });

  test("an early renewal that fails leaves callers the token until its end", async () => {
    await access();
    clock.advance(3_590_000);
    server.http.misbehave("/token", { status: 503 });
    expect(await access()).toBe("access-1");
    await eventually("it failed", () => tokens.status().failure === "smart.unavailable");
    expect(await access()).toBe("access-1");
    expect(server.http.count("/token")).toBe(2);
    clock.advance(10_000);
    server.http.behave("/token");
    expect(await access()).toBe("access-2");
    expect(tokens.status()).toMatchObject({ stage: "valid", failure: undefined, renewals: 3 });
  });

  test("a lifetime that no date can hold counts as a year", async () => {
    server.site.lifetimeSeconds = 1e15;
    await access();
    expect(tokens.status().endsAtMs).toBe(clock.now() + 365 * 86_400_000);
  });

  test("a token of a server that says no lifetime is renewed after five minutes", async () => {
    server.site.extra = { expires_in: undefined };
    await access();
    clock.advance(300_000);
    expect(await access()).toBe("access-2");
  });
});

describe("a clock that is set back", () => {
  test("makes a token due, for nobody knows how old it is", async () => {
    await access();
    clock.advance(-86_400_000);
    expect(tokens.status().stage).toBe("due");
    expect(await access()).toBe("access-1");
    await eventually("it is renewed", () => tokens.status().stage === "valid");
    expect(await access()).toBe("access-2");
  });

  test("does not make the pause behind a failure longer", async () => {
    server.http.misbehave("/token", { status: 503 });
    await expect(access()).rejects.toThrow("smart.unavailable");
    server.http.behave("/token");
    clock.advance(-86_400_000);
    expect(await access()).toBe("access-1");
  });
});

describe("a failure", () => {
  test("is shared by all who wait, and those who come during the pause", async () => {
    server.http.misbehave("/token", refused("invalid_client"));
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => access()));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    clock.advance(999);
    await expect(access()).rejects.toMatchObject({ code: "smart.clientRefused" });
    expect(server.http.count("/token")).toBe(1);
  });

  test("is not kept for ever: pauses double from a second to a minute", async () => {
    server.http.misbehave("/token", { status: 500 });
    for (const [tries, pauseMs] of [
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ].entries()) {
      await expect(access()).rejects.toThrow("smart.unavailable");
      clock.advance(pauseMs - 1);
      await expect(access()).rejects.toThrow("smart.unavailable");
      expect(server.http.count("/token")).toBe(tries + 1);
      clock.advance(1);
    }
    server.http.behave("/token");
    expect(await access()).toBe("access-1");
  });

  test("of a server that asks for patience is given it, within the longest pause", async () => {
    server.http.misbehave("/token", { status: 429, headers: { "retry-after": "30" } });
    await expect(access()).rejects.toThrow("smart.unavailable");
    clock.advance(29_999);
    await expect(access()).rejects.toThrow("smart.unavailable");
    expect(server.http.count("/token")).toBe(1);
    clock.advance(1);
    await expect(access()).rejects.toThrow("smart.unavailable");
    expect(server.http.count("/token")).toBe(2);
  });

  test("of a token endpoint is got over while the server cannot say where it is now", async () => {
    await access();
    server.http.misbehave("/login/token", { status: 404 });
    tokens.refused(new Secret("access-1"));
    await expect(access()).rejects.toMatchObject({ code: "smart.notJson" });
    server.http.behave("/login/token");
    server.http.misbehave("/smart-configuration", { status: 502 });
    server.http.misbehave("/metadata", { status: 502 });
    clock.advance(1000);
    expect(await access()).toBe("access-2");
  });

  test("of a token endpoint that moved is followed by looking where it is now", async () => {
    await access();
    server.http.misbehave("/login/token", { status: 404 });
    tokens.refused(new Secret("access-1"));
    await expect(access()).rejects.toMatchObject({ code: "smart.notJson" });
    server.site.smartConfiguration["token_endpoint"] = `${server.http.origin}/new/token`;
    clock.advance(1000);
    await expect(access()).rejects.toMatchObject({ code: "smart.clientRefused" });
    expect(server.http.count("/new/token")).toBe(1);
  });
});

test("a caller that gives up leaves the renewal to the others", async () => {
  server.http.misbehave("/token", "silence");
  const impatient = new AbortController();
  const first = tokens.current(impatient.signal);
  await eventually("it is asked for", () => server.http.count("/token") === 1);
  impatient.abort();
  await expect(first).rejects.toMatchObject({ code: "smart.cancelled" });
  await expect(tokens.current(impatient.signal)).rejects.toMatchObject({ code: "smart.cancelled" });
  expect(tokens.status().isRenewing).toBe(true);
});

test("tokens appear nowhere by accident", async () => {
  const given = await tokens.current();
  expect(`${String(given.accessToken)} ${JSON.stringify(given)} ${inspect(given)}`).not.toContain(
    "access-1",
  );
});

async function access(): Promise<string> {
  return useSecret((await tokens.current()).accessToken);
}
