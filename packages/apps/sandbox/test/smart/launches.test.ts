import { Secret, newToken, reveal, useSecret } from "@trestle/base";
import {
  Discovery,
  KeyRing,
  type Redirect,
  type Session,
  SmartApp,
  type SmartClient,
  type SmartHttp,
  backendTokens,
  memoryKeyStore,
  memoryLaunchStore,
  openSmartHttp,
  parseScopes,
  registerClient,
  registeredTokens,
  scopesCover,
  userTokens,
} from "@trestle/smart";
import type { JWK } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { everybodysPassword } from "../../src/access/users.ts";
import { serveKeys } from "../support/backend-key.ts";
import { clinician, patient, visit } from "../support/people.ts";
import {
  clinicianApp,
  clinicianSecret,
  patientDeviceApp,
  redirectOf,
  redirectUri,
  submit,
} from "../support/sign-in.ts";
import { type TestSite, get, post, startSite } from "../support/site.ts";

// The client for applications against the simulated hospital: neither knows the other's code.

const browser = { browser: "cookie-1" };

test("a clinician launches an application from a patient's chart, and it stays", async () => {
  const { site, app, parts } = await appAt(await startSite(), confidential, "offline_access");
  const opened = await post(`${site.url}/interconnect/hyperspace/launch`, {
    tab: clinicianApp,
    login: clinician.login,
    patient: patient.patientId,
    encounter: visit.id ?? "",
  });
  const redirect = await app.launchFromRecord(redirectOf(opened).href, browser);
  const { tokens, identity, unmet } = await app.finish(
    redirectOf(await visitBy(redirect)).href,
    browser,
  );
  const { context } = tokens;
  expect(context.patient && reveal(context.patient)).toBe(patient.patientId);
  expect(context.encounter && reveal(context.encounter)).toBe(visit.id);
  expect(context.needsPatientBanner).toBeTypeOf("boolean");
  expect(reveal(context.more)).toMatchObject({ user: clinician.login });
  expect(identity?.fhirUser && reveal(identity.fhirUser)).toBe(
    `${site.site.addresses.fhirBase}/Practitioner/${clinician.practitionerId}`,
  );
  expect(unmet.missing).toEqual([]);

  const cache = userTokens({
    ...parts,
    client: confidential,
    start: { type: "tokens", tokens },
    keepRefreshToken: async () => {},
  });
  site.clock.advance(3_600_000);
  const renewed = await cache.current();
  expect(useSecret(renewed.accessToken)).not.toBe(useSecret(tokens.accessToken));
  expect(renewed.context.patient && reveal(renewed.context.patient)).toBe(patient.patientId);
  expect(await grantOf(site, renewed.accessToken)).toMatchObject({ kind: "clinician" });
});

test("a clinician signs in at the application, and no patient comes", async () => {
  const { site, app } = await appAt(await startSite(), confidential);
  const session = await signedIn(site, app, "clinician");
  expect(session.tokens.context.patient).toBeUndefined();
  expect(await grantOf(site, session.tokens.accessToken)).toEqual({
    kind: "clinician",
    practitionerId: clinician.practitionerId,
  });
});

test("a patient signs in, and the device registers a key and needs its user no more", async () => {
  const client = { clientId: patientDeviceApp, authentication: { type: "public" } } as const;
  const { site, app, parts } = await appAt(await startSite(), client);
  const { tokens } = await signedIn(site, app, "patient");
  expect(tokens.context.patient && reveal(tokens.context.patient)).toBe(patient.patientId);
  expect(tokens.refreshToken).toBeUndefined();

  const keys = new KeyRing({ store: memoryKeyStore(), clock: site.clock });
  await keys.tend();
  const { clientId } = await registerClient(parts.http, {
    registerUrl: site.site.addresses.register,
    initialToken: tokens.accessToken,
    softwareId: patientDeviceApp,
    keySet: await keys.keySet(),
  });
  const signer = { keys, clock: site.clock, newToken };
  const cache = registeredTokens({ ...parts, clientId, signer });
  for (let hour = 0; hour < 3; hour += 1) {
    site.clock.advance(3_600_000);
    const { accessToken } = await cache.current();
    expect(await grantOf(site, accessToken)).toEqual({
      kind: "patient",
      patientId: patient.patientId,
    });
  }
});

test("a backend service keeps its access while its keys rotate", async () => {
  const clientId = "7a1d3c5e-0000-4000-8000-0000000bac99";
  let published: readonly JWK[] = [];
  const served = await serveKeys(() => published);
  const site = await startSite({
    clients: [{ name: "Rotating", clientId, audience: "backend", jwksUrl: served.url }],
  });
  const { parts } = await appAt(site, confidential);
  const keys = new KeyRing({ store: memoryKeyStore(), clock: site.clock });
  const signer = { keys, clock: site.clock, newToken, keySetUrl: served.url };
  const authentication = { type: "key", signer } as const;
  const cache = backendTokens({ ...parts, client: { clientId, authentication } });
  const signedBy = new Set<string>();
  for (let hour = 0; hour < 100; hour += 1) {
    await keys.tend();
    if (hour === 10) await keys.rotate();
    published = (await keys.keySet()).keys;
    signedBy.add((await keys.signingKey()).keyId);
    const { accessToken } = await cache.current();
    expect(await grantOf(site, accessToken)).toEqual({ kind: "backend" });
    site.clock.advance(3_600_000);
  }
  expect(signedBy.size).toBe(2);
  expect(served.asked).toBe(Math.ceil(100 / 29));
});

test("what a site grants is understood in each of its spellings", async () => {
  for (const scopeSpelling of ["v1", "v2"] as const) {
    const site = await startSite({ switches: { scopeSpelling } });
    const { app } = await appAt(site, confidential);
    const { tokens } = await signedIn(site, app, "clinician");
    expect(scopesCover(tokens.scopes ?? [], parseScopes("user/Patient.read"))).toBe(true);
  }
});

test("what the site refuses is told with the party to ask", async () => {
  const wrong = {
    clientId: clinicianApp,
    authentication: { type: "secret", secret: new Secret("wrong-secret"), sentBy: "header" },
  } as const;
  const { site, app } = await appAt(await startSite(), wrong);
  await expect(signedIn(site, app, "clinician")).rejects.toMatchObject({
    code: "smart.clientRefused",
    facts: { error: "invalid_client" },
  });
});

const confidential: SmartClient = {
  clientId: clinicianApp,
  authentication: { type: "secret", secret: new Secret(clinicianSecret), sentBy: "header" },
};

async function appAt(site: TestSite, client: SmartClient, more = "") {
  const http: SmartHttp = openSmartHttp();
  onTestFinished(() => http.close());
  const discovery = new Discovery({ http, clock: site.clock });
  const { fhirBase: fhirBaseUrl } = site.site.addresses;
  const parts = { http, clock: site.clock, discovery, fhirBaseUrl };
  const app = new SmartApp({
    ...parts,
    newToken,
    launches: memoryLaunchStore(site.clock),
    client,
    redirectUrl: redirectUri,
    scopes: `openid fhirUser ${more}`,
    servers: [fhirBaseUrl],
  });
  return { site, app, parts };
}

/** Begins at the application, and fills in what the site's pages ask for. */
async function signedIn(
  site: TestSite,
  app: SmartApp,
  user: "clinician" | "patient",
): Promise<Session> {
  const { fhirBase: fhirBaseUrl } = site.site.addresses;
  const page = await visitBy(await app.launchAlone(user, { fhirBaseUrl, ...browser }));
  const { login } = user === "clinician" ? clinician : patient;
  const next = await submit(page, { login: login.toLowerCase(), password: everybodysPassword });
  const done =
    user === "clinician" ? next : await submit(next, { answer: "allow", duration: "day" });
  return app.finish(redirectOf(done).href, browser);
}

function visitBy(redirect: Redirect): Promise<Response> {
  return redirect.method === "GET" ? get(redirect.url) : post(redirect.url, redirect.fields);
}

async function grantOf(site: TestSite, accessToken: Secret<string>) {
  return (await site.authority.grantFor(`Bearer ${useSecret(accessToken)}`))?.user;
}

test("a site of an older release tells by its CapabilityStatement where to sign in", async () => {
  const { site, app, parts } = await appAt(
    await startSite({ switches: { release: "May 2021" } }),
    confidential,
  );
  const { source } = await parts.discovery.find(parts.fhirBaseUrl);
  expect(source).toBe("CapabilityStatement");
  const { tokens } = await signedIn(site, app, "clinician");
  expect(await grantOf(site, tokens.accessToken)).toMatchObject({ kind: "clinician" });
});

test("a site tells where to register to those who say who they are", async () => {
  const site = await startSite();
  const { http, fhirBaseUrl } = (await appAt(site, confidential)).parts;
  const asked = new Discovery({
    http,
    clock: site.clock,
    headers: { "epic-client-id": patientDeviceApp },
  });
  const { endpoints, source } = await asked.find(fhirBaseUrl, ["registerUrl"]);
  expect({ registerUrl: endpoints.registerUrl, source }).toEqual({
    registerUrl: site.site.addresses.register,
    source: "both",
  });
});
