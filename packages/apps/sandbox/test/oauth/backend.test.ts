import { randomUUID, type webcrypto } from "node:crypto";
import { exportSPKI, generateKeyPair } from "jose";
import { clientSettings } from "../../src/access/client.ts";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type AssertionChanges,
  type ClientKey,
  askAsBackend,
  assertionFor,
  clientKey,
  serveKeys,
} from "../support/backend-key.ts";
import { backendApp, basic, clinicianApp, clinicianSecret } from "../support/sign-in.ts";
import { type TestSite, post, refusalOf, refused, startSite } from "../support/site.ts";

let key: ClientKey;
let other: ClientKey;

beforeAll(async () => {
  key = await clientKey();
  other = await clientKey("RS384", "key-2");
});

/** A site that knows a backend by the address of its keys. */
async function siteWith(
  url: string,
  changes: { readonly hasSiteUser?: boolean; readonly switches?: object } = {},
): Promise<TestSite> {
  const { switches = {}, hasSiteUser = true } = changes;
  return startSite({
    switches,
    sampleClients: false,
    clients: [
      {
        name: "Backend",
        clientId: backendApp,
        audience: "backend",
        jwksUrl: url,
        hasSiteUser,
        apis: ["Patient.Read*", "Observation.Search (Labs) (R4)"],
      },
    ],
  });
}

describe("backend services", () => {
  test("1.7 response: access token, type, life and the scopes of the record; nothing else", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const response = await askAsBackend(site, await assertionFor(site, key));
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual(["access_token", "token_type", "expires_in", "scope"]);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    expect(body["scope"]).toContain("system/Patient.r");
    expect(body["scope"]).toContain(
      "category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
    );
  });

  test("1.8 granular: scopes of a category stand beside the bare ones", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const response = await askAsBackend(site, await assertionFor(site, key));
    const { scope = "" } = (await response.json()) as Record<string, string>;
    const searches = scope.split(" ").filter((each) => each.startsWith("system/Observation.s"));
    expect(searches).toEqual([
      "system/Observation.s",
      "system/Observation.s?category=http://terminology.hl7.org/CodeSystem/observation-category|imaging",
      "system/Observation.s?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
    ]);
  });

  test("1.7 clock skew: a site may tolerate some, and has none by itself", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const statuses: number[] = [];
    for (const clockSkewSeconds of [0, 30]) {
      const site = await siteWith(keys.url, { switches: { clockSkewSeconds } });
      const now = Math.floor(site.clock.now() / 1000);
      const late = { claims: { iat: now - 300, nbf: now - 300, exp: now - 10 } };
      statuses.push((await askAsBackend(site, await assertionFor(site, key, late))).status);
    }
    expect(statuses).toEqual([400, 200]);
  });

  test("1.7 static keys: are taken only where a site still does, without their ids", async () => {
    const { publicKey, privateKey } = await generateKeyPair("RS384", { extractable: true });
    const pem = await exportSPKI(publicKey);
    const statuses: number[] = [];
    for (const keyMode of ["static", "jku"] as const) {
      const site = await startSite({
        switches: { keyMode },
        sampleClients: false,
        clients: [
          { name: "Backend", clientId: backendApp, audience: "backend", keys: [pem], apis: ["*"] },
        ],
      });
      const own = { ...key, privateKey };
      const header = { kid: "whatever" };
      const assertion = await assertionFor(site, own, { header });
      statuses.push((await askAsBackend(site, assertion)).status);
    }
    expect(statuses).toEqual([200, 400]);
  });

  test("1.7 scope: whatever is asked for, the same is granted", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url, { switches: { scopeSpelling: "v1" } });
    const scope = "system/Condition.read system/*.read";
    const response = await askAsBackend(site, await assertionFor(site, key), { scope });
    expect(await response.json()).toMatchObject({
      scope: "system/Observation.read system/Patient.read",
    });
  });

  const minute = 60;
  const now = Math.floor(1_790_000_000_000 / 1000);
  test.each<{ rule: string; changes: AssertionChanges }>([
    { rule: "typ: another than JWT", changes: { header: { typ: "at+jwt" } } },
    { rule: "kid: one that the set does not have", changes: { header: { kid: "elsewhere" } } },
    {
      rule: "jku: another than the registered address",
      changes: { header: { jku: "http://127.0.0.1:9/k" } },
    },
    { rule: "iss: another client", changes: { claims: { iss: clinicianApp } } },
    { rule: "sub: another client", changes: { claims: { sub: clinicianApp } } },
    { rule: "aud: another address", changes: { claims: { aud: "http://127.0.0.1/oauth2/token" } } },
    { rule: "aud: none", changes: { claims: { aud: undefined } } },
    { rule: "jti: none", changes: { claims: { jti: undefined } } },
    { rule: "jti: 152 characters", changes: { claims: { jti: "j".repeat(152) } } },
    { rule: "jti: a number", changes: { claims: { jti: 7 } } },
    { rule: "exp: none", changes: { claims: { exp: undefined } } },
    {
      rule: "exp: more than 5 minutes away",
      changes: { claims: { exp: now + 5 * minute + 1, iat: undefined, nbf: undefined } },
    },
    { rule: "exp: over", changes: { claims: { exp: now, iat: now - minute, nbf: undefined } } },
    { rule: "nbf: in the future", changes: { claims: { nbf: now + 1 } } },
    { rule: "iat: in the future", changes: { claims: { iat: now + 1 } } },
    { rule: "exp minus iat: more than 5 minutes", changes: { claims: { iat: now - minute } } },
    { rule: "exp minus nbf: more than 5 minutes", changes: { claims: { nbf: now - 1 } } },
  ])("1.7 assertion $rule: is invalid_client", async ({ changes }) => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const response = await askAsBackend(site, await assertionFor(site, key, changes));
    expect(await refusalOf(response)).toBe(refused("invalid_client"));
  });

  test.each<{ rule: string; changes: AssertionChanges }>([
    { rule: "jti: 151 characters", changes: { claims: { jti: "j".repeat(151) } } },
    { rule: "jku: the registered address", changes: {} },
    { rule: "nbf and iat: left out", changes: { claims: { nbf: undefined, iat: undefined } } },
    { rule: "kid: left out where there is one key", changes: { header: { kid: undefined } } },
  ])("1.7 assertion $rule: is taken", async ({ rule, changes }) => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const header = rule.startsWith("jku") ? { jku: keys.url } : {};
    const assertion = await assertionFor(site, key, {
      ...changes,
      header: { ...changes.header, ...header },
    });
    expect((await askAsBackend(site, assertion)).status).toBe(200);
  });

  test("1.7 assertion kid: is needed to choose among several keys", async () => {
    const keys = await serveKeys(() => [other.jwk, key.jwk]);
    const site = await siteWith(keys.url);
    const unnamed = await assertionFor(site, key, { header: { kid: undefined } });
    expect((await askAsBackend(site, unnamed)).status).toBe(400);
    expect((await askAsBackend(site, await assertionFor(site, key))).status).toBe(200);
  });

  test("1.7 assertion jti: is not taken a second time before its end", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const assertion = await assertionFor(site, key);
    expect((await askAsBackend(site, assertion)).status).toBe(200);
    expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
  });

  test("1.7 assertion jti: of many at once with the same one, one is taken", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const assertion = await assertionFor(site, key);
    const asked = Array.from({ length: 8 }, () => askAsBackend(site, assertion));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test("1.7 aud: a site may allow more addresses", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const aud = "https://proxy.trestle.example/oauth2/token";
    const site = await siteWith(keys.url, { switches: { extraAudiences: [aud] } });
    const assertion = await assertionFor(site, key, { claims: { aud } });
    expect((await askAsBackend(site, assertion)).status).toBe(200);
  });

  test.each(["RS256", "RS384", "RS512", "ES256", "ES384"])("1.7 alg: %s is taken", async (alg) => {
    const own = await clientKey(alg);
    const keys = await serveKeys(() => [own.jwk]);
    const site = await siteWith(keys.url);
    expect((await askAsBackend(site, await assertionFor(site, own))).status).toBe(200);
  });

  test.each(["PS256", "ES512"])("1.7 alg: %s is not", async (alg) => {
    const own = await clientKey(alg);
    const keys = await serveKeys(() => [own.jwk]);
    const site = await siteWith(keys.url);
    const response = await askAsBackend(site, await assertionFor(site, own));
    expect(await refusalOf(response)).toBe(refused("invalid_client"));
  });

  test("1.7 alg: elliptic curves only with the address of a set, static keys are RSA", async () => {
    const curve = await clientKey("ES256");
    const settings = { name: "B", clientId: backendApp, audience: "backend" } as const;
    const asked = async (own: ClientKey, keyMode: "static" | "jku") => {
      const clients = [{ ...settings, keys: [{ ...own.jwk }] }];
      const site = await startSite({ sampleClients: false, clients, switches: { keyMode } });
      return (await askAsBackend(site, await assertionFor(site, own))).status;
    };
    expect(await asked(key, "static")).toBe(200);
    expect(await asked(curve, "static")).toBe(400);
    // Keys on record are no longer taken where a site wants an address.
    expect(await asked(key, "jku")).toBe(400);
  });

  test("1.7 RSA size: 1024 bits are too few", async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(
      {
        name: "RSASSA-PKCS1-v1_5",
        modulusLength: 1024,
        publicExponent: Uint8Array.of(1, 0, 1),
        hash: "SHA-384",
      },
      true,
      ["sign", "verify"],
    );
    const jwk = { ...((await crypto.subtle.exportKey("jwk", publicKey)) as object), kid: "key-1" };
    const keys = await serveKeys(() => [jwk]);
    const site = await siteWith(keys.url);
    const assertion = await signedBy(privateKey, await assertionFor(site, key));
    expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
  });

  test("1.9 bad client: an unknown one, and one whose signature is another's", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url);
    const unknown = randomUUID();
    const stranger = await assertionFor(site, key, { claims: { iss: unknown, sub: unknown } });
    const forged = await assertionFor(site, { ...other, jwk: key.jwk });
    for (const assertion of [stranger, forged, "no.assertion", ""]) {
      expect(await refusalOf(await askAsBackend(site, assertion))).toBe(refused("invalid_client"));
    }
  });

  test("1.7 client secret: is no way in for a backend", async () => {
    const site = await startSite({
      clients: [
        { name: "B", clientId: "with-secret", audience: "backend", secret: "sesame-sesame" },
      ],
    });
    const form = { grant_type: "client_credentials" };
    const response = await post(
      site.site.addresses.token,
      form,
      basic("with-secret", "sesame-sesame"),
    );
    expect(await refusalOf(response)).toBe(refused("invalid_client"));
    const clinicians = await post(
      site.site.addresses.token,
      form,
      basic(clinicianApp, clinicianSecret),
    );
    expect(await refusalOf(clinicians)).toBe(refused("invalid_client"));
  });

  test("1.9 backend user not mapped: is unauthorized_client", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await siteWith(keys.url, { hasSiteUser: false });
    const response = await askAsBackend(site, await assertionFor(site, key));
    expect(await refusalOf(response)).toBe(refused("unauthorized_client"));
  });

  test("1.7 propagation: a client that was just added is invalid_client for a while", async () => {
    const keys = await serveKeys(() => [key.jwk]);
    const site = await startSite({ switches: { propagationMinutes: 60 } });
    const settings = { name: "New", clientId: "fresh", audience: "backend", jwksUrl: keys.url };
    site.clients.add(clientSettings.parse(settings));
    const ask = async () => {
      const claims = { iss: "fresh", sub: "fresh" };
      return (await askAsBackend(site, await assertionFor(site, key, { claims }))).status;
    };
    expect(await ask()).toBe(400);
    site.clock.advance(3_600_000);
    expect(await ask()).toBe(200);
  });
});

test("1.7 propagation: until a change has reached the site, the record before holds", async () => {
  const keys = await serveKeys(() => [key.jwk]);
  const site = await siteWith(keys.url, { switches: { propagationMinutes: 60 } });
  const settings = { name: "Moved", clientId: backendApp, audience: "backend" };
  for (const hasSiteUser of [true, false]) {
    site.clients.add(clientSettings.parse({ ...settings, jwksUrl: keys.url, hasSiteUser }));
  }
  const ask = async () => (await askAsBackend(site, await assertionFor(site, key))).status;
  expect(await ask()).toBe(200);
  site.clock.advance(3_600_000);
  expect(await ask()).toBe(400);
});

describe("the key sets of clients", () => {
  test("1.7 JWKS fetch: is cached, and asked again when a signature does not fit, once each", async () => {
    let current = key;
    const keys = await serveKeys(() => [current.jwk]);
    const site = await siteWith(keys.url);
    const ask = async (own: ClientKey) =>
      (await askAsBackend(site, await assertionFor(site, own))).status;
    expect([await ask(key), await ask(key), keys.asked]).toEqual([200, 200, 1]);
    current = other;
    expect([await ask(other), keys.asked]).toEqual([200, 2]);
    expect([await ask(key), keys.asked]).toEqual([400, 3]);
  });

  test.each([
    { cacheControl: undefined, hours: 28.9, asked: 1 },
    { cacheControl: undefined, hours: 29, asked: 2 },
    { cacheControl: "max-age=999999999", hours: 29, asked: 2 },
    { cacheControl: "public, max-age=3600", hours: 1, asked: 2 },
    { cacheControl: "max-age=3600", hours: 0.9, asked: 1 },
    { cacheControl: "no-store", hours: 0, asked: 2 },
  ])("1.7 JWKS cache: with $cacheControl after $hours h it was asked $asked times", async (row) => {
    const keys = await serveKeys(() => [key.jwk], row.cacheControl);
    const site = await siteWith(keys.url);
    expect((await askAsBackend(site, await assertionFor(site, key))).status).toBe(200);
    site.clock.advance(row.hours * 3_600_000);
    expect((await askAsBackend(site, await assertionFor(site, key))).status).toBe(200);
    expect(keys.asked).toBe(row.asked);
  });

  test("that cannot be had are invalid_client", async () => {
    const site = await siteWith("http://127.0.0.1:9/jwks.json");
    const response = await askAsBackend(site, await assertionFor(site, key));
    expect(await refusalOf(response)).toBe(refused("invalid_client"));
  });
});

/** Signs with a key that the library would not take. */
async function signedBy(privateKey: webcrypto.CryptoKey, assertion: string): Promise<string> {
  const signed = assertion.slice(0, assertion.lastIndexOf("."));
  const bytes = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, Buffer.from(signed));
  return `${signed}.${Buffer.from(bytes).toString("base64url")}`;
}
