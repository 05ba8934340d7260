import { reveal } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { browser, type LaunchingApp, openLaunchingApp } from "../support/launching-app.ts";
import { type OAuthServer, startOAuthServer } from "../support/oauth-server.ts";

const others = "smart.identityForOthers";
const expired = "smart.identityExpired";
const notReadable = "smart.identityNotReadable";

let clock: FakeClock;
let server: OAuthServer;
let launching: LaunchingApp;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startOAuthServer(clock);
  launching = openLaunchingApp(server, clock);
});

afterEach(async () => {
  await launching.http.close();
  await server.close();
});

describe("the keys of an issuer", () => {
  test("are fetched once for many sign-ins", async () => {
    await launching.launch();
    await launching.launch();
    expect(server.http.count("/keys")).toBe(1);
  });

  test("are fetched once more for a key that is not known", async () => {
    await launching.launch();
    await server.rotateKeys();
    expect((await launching.launch()).identity).toBeDefined();
    expect(server.http.count("/keys")).toBe(2);
  });

  test("are fetched once more where another key has the same name", async () => {
    await server.rotateKeys("the-key");
    await launching.launch();
    await server.rotateKeys("the-key");
    expect((await launching.launch()).identity).toBeDefined();
    expect(server.http.count("/keys")).toBe(2);
  });

  test("are not asked for again and again when the key stays unknown", async () => {
    await launching.launch();
    server.http.misbehave("/keys", { status: 200, body: '{"keys":[]}' });
    await server.rotateKeys();
    await expect(launching.launch()).rejects.toMatchObject({ code: "smart.identityKeyUnknown" });
    expect(server.http.count("/keys")).toBe(2);
  });

  test("are fetched anew after an hour, so that a withdrawn one ends", async () => {
    await launching.launch();
    clock.advance(3_600_001);
    await launching.launch();
    expect(server.http.count("/keys")).toBe(2);
  });

  test("are fetched anew where the clock was set back, so that a withdrawn one ends", async () => {
    await launching.launch();
    clock.advance(-60_000);
    await launching.launch();
    expect(server.http.count("/keys")).toBe(2);
  });

  test("that cannot be fetched are asked for at the next sign-in", async () => {
    server.http.misbehave("/keys", { status: 503 });
    await expect(launching.launch()).rejects.toMatchObject({ code: "smart.unavailable" });
    server.http.behave("/keys");
    expect((await launching.launch()).identity).toBeDefined();
  });

  test("are found by the issuer's own discovery where the server does not name them", async () => {
    delete server.site.smartConfiguration["jwks_uri"];
    delete server.site.smartConfiguration["issuer"];
    expect((await launching.launch()).identity?.issuer).toBe(`${server.http.origin}/login`);
    expect(server.http.count("/login/.well-known/openid-configuration")).toBe(1);
  });

  test("are not taken from a discovery that is another issuer's", async () => {
    delete server.site.smartConfiguration["jwks_uri"];
    delete server.site.smartConfiguration["issuer"];
    server.http.misbehave("/openid-configuration", {
      status: 200,
      body: JSON.stringify({ issuer: "https://x.example", jwks_uri: `${server.http.origin}/keys` }),
    });
    await expect(launching.launch()).rejects.toMatchObject({ code: "smart.endpointMissing" });
  });
});

describe("an id_token is not believed", () => {
  test.each<{ what: string; claims: Record<string, unknown>; code: string; facts: object }>([
    {
      what: "of another issuer",
      claims: { iss: "https://x.example" },
      code: others,
      facts: { claim: "iss" },
    },
    { what: "for another app", claims: { aud: "app-2" }, code: others, facts: { claim: "aud" } },
    { what: "of another launch", claims: { nonce: "n" }, code: others, facts: { claim: "nonce" } },
    {
      what: "without a nonce",
      claims: { nonce: undefined },
      code: others,
      facts: { claim: "nonce" },
    },
    {
      what: "for several apps without saying which",
      claims: { aud: ["app-1", "app-2"] },
      code: others,
      facts: { claim: "azp" },
    },
    {
      what: "for the other of several",
      claims: { azp: "app-2" },
      code: others,
      facts: { claim: "azp" },
    },
    {
      what: "that has ended",
      claims: { exp: 1_767_225_539 },
      code: expired,
      facts: { claim: "exp" },
    },
    {
      what: "of the future",
      claims: { nbf: 1_767_225_661 },
      code: expired,
      facts: { claim: "nbf" },
    },
    {
      what: "without an end",
      claims: { exp: undefined },
      code: notReadable,
      facts: { claim: "exp" },
    },
    {
      what: "about nobody",
      claims: { sub: undefined },
      code: notReadable,
      facts: { claim: "sub" },
    },
  ])("$what", async ({ claims, code, facts }) => {
    server.site.idTokenClaims = claims;
    await expect(launching.launch()).rejects.toMatchObject({ code, facts });
  });

  test.each([{ exp: 1_767_225_541 }, { nbf: 1_767_225_659 }, { aud: ["app-1"] }])(
    "but is with %o, for clocks may be a minute apart and a list may hold one",
    async (claims) => {
      server.site.idTokenClaims = claims;
      expect((await launching.launch()).identity).toBeDefined();
    },
  );

  test("when somebody else signed it", async () => {
    const strange = await startOAuthServer(clock);
    await strange.rotateKeys("the-key");
    await server.rotateKeys("the-key");
    const { iss, ...rest } = { iss: `${server.http.origin}/login`, sub: "user-1", aud: "app-1" };
    server.site.extra = {
      id_token: await strange.signIdToken({ iss, ...rest, iat: 1_767_225_600, exp: 1_767_225_900 }),
    };
    await expect(launching.launch()).rejects.toMatchObject({ code: "smart.identityForged" });
    await strange.close();
  });

  test.each([
    { what: "opaque", idToken: "opaque" },
    { what: "unsigned", idToken: `${encoded({ alg: "none" })}.${encoded({ iss: "x" })}.` },
    {
      what: "signed by a shared secret",
      idToken: `${encoded({ alg: "HS256" })}.${encoded({ iss: "x" })}.AAAA`,
    },
  ])("when it is $what", async ({ idToken }) => {
    server.site.extra = { id_token: idToken };
    const failure = launching.launch();
    await expect(failure).rejects.toMatchObject({ code: notReadable });
    await expect(failure).rejects.not.toHaveProperty("cause.message");
  });

  test("when it is signed by an algorithm that was not agreed on", async () => {
    const pair = await generateKeyPair("ES256", { extractable: true });
    const keys = [{ ...(await exportJWK(pair.publicKey)), kid: "ec" }];
    server.http.misbehave("/keys", { status: 200, body: JSON.stringify({ keys }) });
    const claims = {
      iss: `${server.http.origin}/login`,
      sub: "u",
      aud: "app-1",
      exp: 1_767_225_900,
    };
    const other = openLaunchingApp(server, clock, {
      identity: { algorithms: ["ES256"] },
    });
    const sign = (nonce: string | null) =>
      new SignJWT({ ...claims, iat: 1_767_225_600, nonce })
        .setProtectedHeader({ alg: "ES256", kid: "ec" })
        .sign(pair.privateKey);
    const { fhirBaseUrl } = server;

    server.site.extra = { id_token: await sign("n") };
    await expect(launching.launch()).rejects.toMatchObject({
      code: notReadable,
      facts: { reason: "algorithm" },
    });
    const redirect = await other.app.launchAlone("clinician", { fhirBaseUrl, ...browser });
    const nonce = new URL(redirect.url).searchParams.get("nonce");
    server.site.extra = { id_token: await sign(nonce) };
    const url = await other.visit(redirect);
    expect((await other.app.finish(url, browser)).identity).toBeDefined();
    await other.http.close();
  });

  test("and one that is missing fails the launch, unless the site is known for it", async () => {
    server.site.extra = { id_token: undefined };
    await expect(launching.launch()).rejects.toMatchObject({ code: "smart.identityMissing" });
    const lenient = openLaunchingApp(server, clock, { identity: { isRequired: false } });
    expect((await lenient.launch()).identity).toBeUndefined();
    await lenient.http.close();
  });
});

test("a site that signs in another name than it publishes can be allowed to", async () => {
  server.site.idTokenClaims = { iss: "https://old-name.example" };
  const lenient = openLaunchingApp(server, clock, {
    identity: { otherIssuers: ["https://old-name.example"] },
  });
  expect((await lenient.launch()).identity?.issuer).toBe("https://old-name.example");
  await lenient.http.close();
});

test("an app that does not ask who signed in does not look at an id_token", async () => {
  const other = openLaunchingApp(server, clock, { scopes: "user/Patient.rs" });
  server.site.extra = { id_token: "opaque" };
  expect((await other.launch()).identity).toBeUndefined();
  await other.http.close();
});

test("the user is found under the older name too", async () => {
  server.site.idTokenClaims = {
    fhirUser: undefined,
    profile: "Patient/p1",
    preferred_username: "u",
  };
  const { fhirBaseUrl } = server;
  const redirect = await launching.app.launchAlone("patient", { fhirBaseUrl, ...browser });
  const { identity } = await launching.app.finish(await launching.visit(redirect), browser);
  expect(identity?.fhirUser && reveal(identity.fhirUser)).toBe("Patient/p1");
  expect(identity?.userName && reveal(identity.userName)).toBe("u");
});

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
