import { Secret, newToken, reveal, useSecret } from "@trestle/base";
import { FakeClock } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryLaunchStore } from "../../src/index.ts";
import { authorizationRequest } from "../../src/launch/authorization-request.ts";
import { codeChallenge } from "../../src/launch/code-challenge.ts";
import {
  type LaunchingApp,
  browser,
  openLaunchingApp,
  redirectUrl,
} from "../support/launching-app.ts";
import { type OAuthServer, refused, startOAuthServer } from "../support/oauth-server.ts";
import { startSigningApp } from "../support/signing-app.ts";

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

describe("a launch from the hospital's software", () => {
  test("ends with tokens, context and the user, all guarded", async () => {
    server.site.extra = {
      patient: "p.1-A",
      encounter: "e1",
      need_patient_banner: "true",
      smart_style_url: "https://hospital.example/style.json",
      loginDepartment: "d1",
      appContext: "card-7",
      state: "echoed",
    };
    const { tokens, identity, unmet, fhirBaseUrl } = await launching.launch();
    const { context } = tokens;
    expect(fhirBaseUrl).toBe(server.fhirBaseUrl);
    expect(context.patient && reveal(context.patient)).toBe("p.1-A");
    expect(context.encounter && reveal(context.encounter)).toBe("e1");
    expect(context.appContext && reveal(context.appContext)).toBe("card-7");
    expect(reveal(context.more)).toEqual({ loginDepartment: "d1" });
    expect(context).toMatchObject({
      needsPatientBanner: true,
      styleUrl: "https://hospital.example/style.json",
    });
    expect(identity?.fhirUser && reveal(identity.fhirUser)).toBe("Practitioner/user-1");
    expect(unmet).toEqual({ missing: [], isCertain: true });
    expect(JSON.stringify({ tokens, identity })).not.toMatch(/p\.1-A|card-7|user-1|access-1/u);
  });

  test("asks with PKCE, state, nonce, aud and launch, and nothing of it twice", async () => {
    const asked = [];
    for (let at = 0; at < 3; at += 1) {
      await launching.launch();
      asked.push(server.http.received.findLast(({ path }) => path.endsWith("/authorize"))?.query);
    }
    expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
      response_type: "code",
      client_id: "app-1",
      redirect_uri: redirectUrl,
      aud: server.fhirBaseUrl,
      launch: "ey.launch",
      code_challenge_method: "S256",
      scope: "launch openid fhirUser user/Patient.rs",
    });
    for (const name of ["state", "nonce", "code_challenge"]) {
      const values = asked.map((query) => query?.get(name));
      expect(new Set(values).size).toBe(3);
      expect(values.every((value) => (value?.length ?? 0) >= 43)).toBe(true);
    }
  });

  test("names the server as the launch did, with the slash at its end", async () => {
    const redirect = await launching.app.launchFromRecord(
      `/launch?launch=l&iss=${encodeURIComponent(`${server.fhirBaseUrl}/`)}`,
      browser,
    );
    expect(new URL(redirect.url).searchParams.get("aud")).toBe(`${server.fhirBaseUrl}/`);
  });

  test.each([
    { query: "launch=l", missing: "iss" },
    { query: "iss=https%3A%2F%2Fa.example&launch=", missing: "launch" },
    { query: "", missing: "iss" },
  ])("with $query lacks $missing", async ({ query, missing }) => {
    await expect(launching.app.launchFromRecord(`/launch?${query}`, browser)).rejects.toMatchObject(
      {
        code: "smart.launchNotUsable",
        facts: { missing },
      },
    );
  });

  test("from a server that the app does not know reaches nobody", async () => {
    const strange = `${server.http.origin}/other/R4`;
    const begun = launching.app.launchFromRecord(`/?launch=l&iss=${strange}`, browser);
    await expect(begun).rejects.toMatchObject({ code: "smart.issuerNotAllowed" });
    expect(server.http.received).toEqual([]);
  });

  test("that is too long for an address is sent as a form, where the server takes one", async () => {
    const long = "l".repeat(3000);
    const url = `/?iss=${server.fhirBaseUrl}&launch=${long}`;
    const redirect = await launching.app.launchFromRecord(url, browser);
    expect(redirect).toMatchObject({ method: "POST", fields: { launch: long } });
    const session = await launching.app.finish(await launching.visit(redirect), browser);
    expect(useSecret(session.tokens.accessToken)).toBe("access-1");

    server.site.smartConfiguration["capabilities"] = [];
    await launching.discovery.recheck(server.fhirBaseUrl);
    expect((await launching.app.launchFromRecord(url, browser)).method).toBe("GET");
  });
});

describe("a launch that starts at the app", () => {
  test.each([
    { user: "clinician" as const, scope: "openid fhirUser user/Patient.rs" },
    { user: "patient" as const, scope: "launch/patient openid fhirUser user/Patient.rs" },
  ])("of a $user asks for $scope", async ({ user, scope }) => {
    const { fhirBaseUrl } = server;
    const redirect = await launching.app.launchAlone(user, { fhirBaseUrl, ...browser });
    const { searchParams } = new URL(redirect.url);
    expect([searchParams.get("scope"), searchParams.has("launch")]).toEqual([scope, false]);
    const session = await launching.app.finish(await launching.visit(redirect), browser);
    expect(useSecret(session.tokens.accessToken)).toBe("access-1");
    expect(session.tokens.context.patient).toBeUndefined();
  });

  test("keeps the parameters that the authorization address has of its own", async () => {
    server.site.smartConfiguration["authorization_endpoint"] =
      `${server.tokenUrl.replace("token", "authorize")}?brand=7`;
    const { fhirBaseUrl } = server;
    const redirect = await launching.app.launchAlone("clinician", { fhirBaseUrl, ...browser });
    expect(new URL(redirect.url).searchParams.get("brand")).toBe("7");
  });

  test("sends along what else is said, and never in place of the standard's own", async () => {
    const moreParameters = { prompt: "login", response_type: "token", state: "fixed" };
    const other = openLaunchingApp(server, clock, { moreParameters });
    const { fhirBaseUrl } = server;
    const { url } = await other.app.launchAlone("clinician", { fhirBaseUrl, ...browser });
    const { searchParams } = new URL(url);
    expect([searchParams.get("prompt"), searchParams.get("response_type")]).toEqual([
      "login",
      "code",
    ]);
    expect(searchParams.get("state")).not.toBe("fixed");
    await other.http.close();
  });

  test("needs an authorization endpoint", async () => {
    server.site.smartConfiguration["authorization_endpoint"] = null;
    server.http.misbehave("/metadata", { status: 404 });
    const { fhirBaseUrl } = server;
    await expect(
      launching.app.launchAlone("clinician", { fhirBaseUrl, ...browser }),
    ).rejects.toMatchObject({ code: "smart.endpointMissing", facts: { endpoint: "authorize" } });
  });
});

describe("a browser is not sent to an authorization endpoint that is", () => {
  test.each(["data:text/html,page", "/login/authorize", "authorize", "ftp://x.example/a"])(
    "%s",
    async (address) => {
      server.site.smartConfiguration["authorization_endpoint"] = address;
      const { fhirBaseUrl } = server;
      await expect(
        launching.app.launchAlone("clinician", { fhirBaseUrl, ...browser }),
      ).rejects.toMatchObject({ code: "smart.addressNotSecure", facts: { endpoint: "authorize" } });
    },
  );

  test("plain http, of a server that is asked by https", async () => {
    const { fhirBaseUrl } = server;
    const { endpoints } = await launching.discovery.find(fhirBaseUrl);
    const request = (own: string) =>
      authorizationRequest({
        endpoints: { ...endpoints, fhirBaseUrl: own },
        clientId: "app-1",
        redirectUrl,
        pending,
        launch: undefined,
        moreParameters: {},
        maxUrlLength: 2000,
      });
    expect(request(fhirBaseUrl).url).toMatch(/^http:/u);
    expect(() => request("https://hospital.example/R4")).toThrow("smart.addressNotSecure");
  });

  const pending = {
    state: "s",
    codeVerifier: new Secret("v"),
    nonce: undefined,
    fhirBaseUrl: "https://hospital.example/R4",
    tokenUrl: "https://hospital.example/token",
    issuer: undefined,
    scopes: "openid",
    browserDigest: undefined,
    beganAtMs: 0,
  };
});

describe("the way back", () => {
  test("works once", async () => {
    const url = await begun();
    await launching.app.finish(url, browser);
    await expect(launching.app.finish(url, browser)).rejects.toMatchObject({
      code: "smart.launchUnknown",
    });
  });

  test("is closed to another browser, and the code stays unused", async () => {
    const url = await begun();
    await expect(launching.app.finish(url, { browser: "cookie-2" })).rejects.toMatchObject({
      code: "smart.browserDiffers",
    });
    expect(server.http.count("/token")).toBe(0);
  });

  test("is closed after a quarter of an hour, also where the clock was set back before", async () => {
    await begun();
    clock.advance(-600_000);
    const url = await begun();
    clock.advance(900_001);
    await expect(launching.app.finish(url, browser)).rejects.toThrow("smart.launchUnknown");
  });

  test.each([
    { change: { state: "guessed" }, code: "smart.launchUnknown" },
    { change: { code: "" }, code: "smart.callbackNotUsable" },
    { change: { code: "changed" }, code: "smart.codeRefused" },
    { change: { error: "access_denied" }, code: "smart.accessDenied" },
    { change: { error: "invalid_scope" }, code: "smart.authorizationRefused" },
    { change: { error: "access_denied", state: "" }, code: "smart.accessDenied" },
    { change: { error: "no spaces here" }, code: "smart.authorizationRefused" },
    { change: { iss: "https://other.example" }, code: "smart.callbackIssuerDiffers" },
  ])("with $change ends in $code", async ({ change, code }) => {
    const url = new URL(await begun());
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    const failure = launching.app.finish(url.href, browser);
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.not.toThrow("spaces here");
  });

  test("must name the issuer where the server says that it does", async () => {
    server.site.smartConfiguration["authorization_response_iss_parameter_supported"] = true;
    await launching.discovery.recheck(server.fhirBaseUrl);
    const bare = await begun();
    await expect(launching.app.finish(bare, browser)).rejects.toThrow("callbackIssuerDiffers");
    const issuer = encodeURIComponent(String(server.site.smartConfiguration["issuer"]));
    const named = `${await begun()}&iss=${issuer}`;
    expect((await launching.app.finish(named, browser)).identity).toBeDefined();
  });

  test("without an answer to the code is not to be repeated", async () => {
    const url = await begun();
    server.http.misbehave("/token", "break");
    await expect(launching.app.finish(url, browser)).rejects.toMatchObject({
      code: "smart.fateUnknown",
      failure: "ambiguous",
    });
  });
});

test("no more launches are under way than allowed", async () => {
  const launches = memoryLaunchStore(clock, { maxPending: 2 });
  const other = openLaunchingApp(server, clock, { launches });
  const { fhirBaseUrl } = server;
  const begin = () => other.app.launchAlone("clinician", { fhirBaseUrl, ...browser });
  await begin();
  await begin();
  await expect(begin()).rejects.toMatchObject({ code: "smart.tooManyLaunches" });
  clock.advance(900_001);
  await begin();
  await other.http.close();
});

describe("how the app shows who it is", () => {
  test.each(["header", "body"] as const)(
    "by a secret in the %s, of any characters",
    async (sentBy) => {
      const secret = "a:b+c d%é&";
      const authentication = { type: "secret", secret: new Secret(secret), sentBy } as const;
      const other = openLaunchingApp(server, clock, {
        client: { clientId: "app-1", authentication },
      });
      server.clients.set("app-1", {
        redirectUrls: [redirectUrl],
        proof: { type: "secret", secret },
      });
      await other.launch();
      const { body } = server.http.received.findLast(({ path }) => path.endsWith("/token")) ?? {};
      expect(new URLSearchParams(body).has("client_id")).toBe(sentBy === "body");
      await other.http.close();
    },
  );

  test("by a key", async () => {
    const { signer, keySetUrl, http } = await startSigningApp(clock);
    const authentication = { type: "key", signer: { ...signer, newToken } } as const;
    const other = openLaunchingApp(server, clock, {
      client: { clientId: "app-1", authentication },
    });
    server.clients.set("app-1", {
      redirectUrls: [redirectUrl],
      proof: { type: "keys", keySetUrl },
    });
    expect(useSecret((await other.launch()).tokens.accessToken)).toBe("access-1");
    expect(server.http.count("/smart-configuration")).toBe(1);
    await other.http.close();
    await http.close();
  });

  test("by a key, and a clock that is off is told from a wrong registration", async () => {
    const { signer, keySetUrl, http } = await startSigningApp(clock);
    const own = new FakeClock(clock.now() + 900_000);
    const authentication = { type: "key", signer: { ...signer, clock: own, newToken } } as const;
    const client = { clientId: "app-1", authentication };
    const other = openLaunchingApp(server, own, { client });
    server.clients.set("app-1", {
      redirectUrls: [redirectUrl],
      proof: { type: "keys", keySetUrl },
    });
    await expect(other.launch()).rejects.toMatchObject({
      code: "smart.clocksApart",
      facts: { secondsAhead: 900 },
    });
    await other.http.close();
    await http.close();
  });

  test("the code challenge is that of the standard's example", () => {
    // RFC 7636, appendix B
    expect(codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
  });
});

test("a page at the token endpoint is told from a refusal", async () => {
  const url = await begun();
  server.http.misbehave("/token", { status: 404, body: "<html><body>Not found</body></html>" });
  await expect(launching.app.finish(url, browser)).rejects.toMatchObject({
    code: "smart.pageInsteadOfAnswer",
    facts: { status: 404 },
  });
  server.http.misbehave("/token", refused("invalid_grant"));
  await expect(launching.app.finish(await begun(), browser)).rejects.toThrow("smart.codeRefused");
});

async function begun(): Promise<string> {
  const { fhirBaseUrl } = server;
  const redirect = await launching.app.launchAlone("clinician", { fhirBaseUrl, ...browser });
  return launching.visit(redirect);
}
