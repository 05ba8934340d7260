import { newToken, useSecret } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type AssertionSigner,
  Discovery,
  type SmartHttp,
  type TokenCache,
  backendTokens,
  openSmartHttp,
} from "../../src/index.ts";
import { type OAuthServer, startOAuthServer } from "../support/oauth-server.ts";
import { type SigningApp, startSigningApp } from "../support/signing-app.ts";

const hour = 3_600_000;

let clock: FakeClock;
let server: OAuthServer;
let app: SigningApp;
let http: SmartHttp;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  app = await startSigningApp(clock);
  http = openSmartHttp();
  server.clients.set("backend-1", {
    redirectUrls: [],
    proof: { type: "keys", keySetUrl: app.keySetUrl },
  });
});

afterEach(async () => {
  await http.close();
  await server.close();
  await app.http.close();
});

test("the request holds what the standard says and the secret of nobody", async () => {
  await open({}).current();
  const form = new URLSearchParams(server.http.received.at(-1)?.body);
  expect([...form.keys()].sort()).toEqual([
    "client_assertion",
    "client_assertion_type",
    "grant_type",
    "scope",
  ]);
  expect(form.get("grant_type")).toBe("client_credentials");
});

test("without scopes the parameter is not sent", async () => {
  const { scopes } = await open({}, "").current();
  expect(new URLSearchParams(server.http.received.at(-1)?.body).has("scope")).toBe(false);
  expect(scopes).toEqual([]);
});

test("an assertion names who, for whom and until when, and is used once", async () => {
  const cache = open({ keySetUrl: app.keySetUrl });
  await cache.current();
  const first = assertionOf(server);
  expect(decodeProtectedHeader(first)).toEqual({
    alg: "ES384",
    typ: "JWT",
    kid: (await app.ring.signingKey()).keyId,
    jku: app.keySetUrl,
  });
  const { jti, ...claims } = decodeJwt(first);
  expect(claims).toEqual({
    iss: "backend-1",
    sub: "backend-1",
    aud: server.tokenUrl,
    exp: clock.now() / 1000 + 150,
  });
  clock.advance(hour);
  await cache.current();
  expect(decodeJwt(assertionOf(server)).jti).not.toBe(jti);
});

test("what a server wants otherwise is said: audience, lifetime and time of making", async () => {
  const cache = open({ audience: "urn:example:login", lifetimeSeconds: 999, sendsIssuedAt: true });
  await expect(cache.current()).rejects.toThrow("smart.clientRefused");
  expect(decodeJwt(assertionOf(server))).toMatchObject({
    aud: "urn:example:login",
    iat: clock.now() / 1000,
    exp: clock.now() / 1000 + 300,
  });
});

test.each(["RS384", "ES384"] as const)("an app with a key for %s is let in", async (algorithm) => {
  const other = await startSigningApp(clock, { algorithm });
  server.clients.set("backend-1", {
    redirectUrls: [],
    proof: { type: "keys", keySetUrl: other.keySetUrl },
  });
  const { accessToken } = await open(other.signer).current();
  expect(useSecret(accessToken)).toBe("access-1");
  await other.http.close();
});

describe("rotation against a server that keeps key sets for 29 hours", () => {
  test("never loses access, through two rotations and hour by hour", async () => {
    const cache = open({});
    const signedBy = new Set<string | undefined>();
    for (let at = 0; at < 200; at += 1) {
      if (at === 20 || at === 90) await app.ring.rotate();
      await app.ring.tend();
      await cache.current();
      signedBy.add(decodeProtectedHeader(assertionOf(server)).kid);
      clock.advance(hour);
    }
    expect(signedBy.size).toBe(3);
    expect(app.http.count("/jwks.json")).toBe(Math.ceil(200 / 29));
    expect(await app.ring.status()).toHaveLength(1);
  });

  test("would lose access by a key that signs before the caches have seen it", async () => {
    const hasty = await startSigningApp(clock, { cacheSeconds: 0 });
    server.clients.set("backend-1", {
      redirectUrls: [],
      proof: { type: "keys", keySetUrl: hasty.keySetUrl },
    });
    const cache = open(hasty.signer);
    await cache.current();
    await hasty.ring.rotate();
    clock.advance(hour);
    await expect(cache.current()).rejects.toMatchObject({ code: "smart.clientRefused" });
    await hasty.http.close();
  });
});

describe("clocks that are apart", () => {
  test.each([-149, -60, 0, 60, 149])("by %i s do no harm", async (seconds) => {
    const own = new FakeClock(clock.now() + seconds * 1000);
    expect(useSecret((await open({ clock: own }).current()).accessToken)).toBe("access-1");
  });

  test.each([-400, 400])("by %i s are named as what is wrong", async (secondsAhead) => {
    const own = new FakeClock(clock.now() + secondsAhead * 1000);
    await expect(open({ clock: own }, "system/*.rs", own).current()).rejects.toMatchObject({
      code: "smart.clocksApart",
      facts: { secondsAhead, error: "invalid_client" },
    });
  });
});

function open(
  signer: Partial<AssertionSigner>,
  scopes = "system/Patient.rs",
  ownClock = clock,
): TokenCache {
  return backendTokens({
    http,
    clock: ownClock,
    discovery: new Discovery({ http, clock }),
    fhirBaseUrl: server.fhirBaseUrl,
    client: {
      clientId: "backend-1",
      authentication: { type: "key", signer: { ...app.signer, newToken, ...signer } },
    },
    ...(scopes === "" ? {} : { scopes }),
  });
}

function assertionOf({ http }: OAuthServer): string {
  const last = http.received.findLast(({ path }) => path.endsWith("/token"));
  return new URLSearchParams(last?.body).get("client_assertion") ?? "";
}
