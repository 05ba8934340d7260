import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { everybodysPassword } from "../../src/access/users.ts";
import { clinician, identifierOf, patient, relatedId, ward } from "../support/people.ts";
import {
  authorizeUrl,
  basic,
  challenge,
  clinicianApp,
  clinicianCode,
  clinicianSecret,
  exchange,
  patientCode,
  patientDeviceApp,
  patientServerApp,
  patientServerSecret,
  publicClinicianApp,
  redirectOf,
  redirectUri,
  submit,
  verifier,
} from "../support/sign-in.ts";
import { type TestSite, get, post, refusalOf, refused, startSite } from "../support/site.ts";

type Body = Readonly<Record<string, unknown>>;

const secret = { client_id: clinicianApp, client_secret: clinicianSecret };

async function bodyOf(response: Response): Promise<Body> {
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
}

describe("the exchange of a code", () => {
  test("1.4 response members: in the order that sites have, no patient for a clinician alone", async () => {
    const site = await startSite();
    const code = await clinicianCode(site, {
      scope: "openid fhirUser offline_access launch/patient",
    });
    const response = await exchange(site, code, secret);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const body = await bodyOf(response);
    expect(Object.keys(body)).toEqual([
      "access_token",
      "token_type",
      "expires_in",
      "scope",
      "state",
      "smart_style_url",
      "id_token",
      "refresh_token",
    ]);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600, state: "st-1" });
    expect((await get(String(body["smart_style_url"]))).status).toBe(200);
  });

  test("1.4 patient: is told with its older id where a patient signed in", async () => {
    const site = await startSite();
    const code = await patientCode(site, { scope: "launch/patient openid" });
    const body = await bodyOf(await exchange(site, code, { client_id: patientDeviceApp }));
    expect(body).toMatchObject({
      patient: patient.patientId,
      need_patient_banner: "true",
      "__epic.dstu2.patient": identifierOf("FHIR"),
    });
    expect(body).not.toHaveProperty("encounter");
    expect(String(body["scope"])).toContain("patient/Observation.s");
  });

  test.each([
    { how: "a secret in the header", headers: basic(clinicianApp, clinicianSecret), fields: {} },
    { how: "a secret in the form", headers: {}, fields: secret },
  ])("1.4 client authentication: $how is taken", async ({ headers, fields }) => {
    const site = await startSite();
    const form = { grant_type: "authorization_code", redirect_uri: redirectUri, ...fields };
    const code = await clinicianCode(site);
    expect((await post(site.site.addresses.token, { ...form, code }, headers)).status).toBe(200);
  });

  test.each([
    { how: "a wrong secret", fields: { ...secret, client_secret: "guess" } },
    { how: "no secret where there is one", fields: { client_id: clinicianApp } },
    {
      how: "a secret where there is none",
      fields: { client_id: publicClinicianApp, client_secret: "x" },
    },
    { how: "nobody", fields: {} },
  ])("1.9 bad client: $how is invalid_client", async ({ fields }) => {
    const site = await startSite();
    const response = await exchange(site, await clinicianCode(site), fields);
    expect(await refusalOf(response)).toBe(refused("invalid_client"));
  });

  test("1.9 used code: is invalid_grant, and so is one at its end, of another client or address", async () => {
    const site = await startSite();
    const used = await clinicianCode(site);
    expect((await exchange(site, used, secret)).status).toBe(200);
    const late = await clinicianCode(site);
    site.clock.advance(300_000);
    const others = await clinicianCode(site);
    const elsewhere = { ...secret, redirect_uri: "http://localhost:8080/callback" };
    const tries = [
      exchange(site, used, secret),
      exchange(site, late, secret),
      exchange(site, others, { client_id: publicClinicianApp }),
      exchange(site, await clinicianCode(site), elsewhere),
      exchange(site, "eyJ.no.code", secret),
    ];
    for (const response of await Promise.all(tries)) {
      expect(await refusalOf(response)).toBe(refused("invalid_grant"));
    }
  });

  test("1.3 PKCE S256: the verifier must fit, and must not be missing or extra", async () => {
    const site = await startSite();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const status = async (asked: object, shown: object) =>
      (await exchange(site, await clinicianCode(site, { ...asked }), { ...secret, ...shown }))
        .status;
    expect(await status(pkce, { code_verifier: verifier })).toBe(200);
    expect(await status(pkce, { code_verifier: `${verifier}x` })).toBe(400);
    expect(await status(pkce, {})).toBe(400);
    expect(await status({}, { code_verifier: verifier })).toBe(400);
  });

  test.each([
    { what: "no grant type", form: { code: "c", redirect_uri: redirectUri, ...secret } },
    { what: "an unknown grant type", form: { grant_type: "password", ...secret } },
    {
      what: "no code",
      form: { grant_type: "authorization_code", redirect_uri: redirectUri, ...secret },
    },
    { what: "no redirect_uri", form: { grant_type: "authorization_code", code: "c", ...secret } },
    { what: "a name of an object's own", form: { grant_type: "constructor", ...secret } },
  ])("1.9 missing parameter: $what is invalid_request", async ({ form }) => {
    const site = await startSite();
    const response = await post(site.site.addresses.token, form);
    expect(await refusalOf(response)).toBe(refused("invalid_request"));
  });

  test("1.9 bad parameter: JSON in place of a form, and a field that comes twice, are invalid_request", async () => {
    const site = await startSite();
    const { token } = site.site.addresses;
    const headers = { "content-type": "application/json" };
    const json = await fetch(token, { method: "POST", headers, body: JSON.stringify(secret) });
    expect(await refusalOf(json)).toBe(refused("invalid_request"));
    const twice = new URLSearchParams("grant_type=authorization_code&code=a&code=b");
    const response = await fetch(token, { method: "POST", body: twice });
    expect(await refusalOf(response)).toBe(refused("invalid_request"));
  });
});

describe("tokens", () => {
  test("1.4 access token JWT: has the claims that the public sandbox shows", async () => {
    const site = await startSite();
    const body = await bodyOf(await exchange(site, await clinicianCode(site), secret));
    const token = String(body["access_token"]);
    expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "JWT" });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      aud: "urn:oid:1.2.840.114350.1.13.0.1.7.3.688884.100",
      iss: "urn:oid:1.2.840.114350.1.13.0.1.7.3.688884.100",
      client_id: clinicianApp,
      "epic.eci": "urn:epic:Open.Epic-current",
      "epic.tokentype": "access",
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
    expect(token.length).toBeGreaterThan(1000);
  });

  test("6 quirk 1: codes and tokens are JWTs or opaque, as the site has it", async () => {
    const jwt = await startSite();
    expect(decodeJwt(await clinicianCode(jwt))).toMatchObject({ "epic.tokentype": "code" });
    const opaque = await startSite({ switches: { tokenFormat: "opaque" } });
    const code = await clinicianCode(opaque);
    expect(code).not.toContain(".");
    const body = await bodyOf(await exchange(opaque, code, secret));
    expect(String(body["access_token"])).not.toContain(".");
  });

  test("1.4 id_token: is signed by a published key, for five minutes, with who signed in", async () => {
    const site = await startSite();
    const code = await clinicianCode(site, { scope: "openid fhirUser profile", nonce: "n-1" });
    const body = await bodyOf(await exchange(site, code, secret));
    const { addresses } = site.site;
    const keys = createRemoteJWKSet(new URL(addresses.idTokenKeys));
    const { payload } = await jwtVerify(String(body["id_token"]), keys, {
      issuer: addresses.oauthBase,
      audience: clinicianApp,
      currentDate: new Date(site.clock.now()),
    });
    expect(payload).toMatchObject({
      sub: clinician.practitionerId,
      fhirUser: `${addresses.fhirBase}/Practitioner/${clinician.practitionerId}`,
      preferred_username: clinician.login,
      nonce: "n-1",
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  });

  test("1.4 fhirUser: only with its scope; no id_token without openid; preferred_username since 2021", async () => {
    const site = await startSite({ switches: { release: "November 2020" } });
    const idToken = async (scope: string) =>
      (await bodyOf(await exchange(site, await clinicianCode(site, { scope }), secret)))[
        "id_token"
      ];
    const claims = decodeJwt(String(await idToken("openid profile")));
    expect(claims).not.toHaveProperty("fhirUser");
    expect(claims).not.toHaveProperty("preferred_username");
    expect(await idToken("fhirUser")).toBeUndefined();
  });

  test("1.4 id_token sub: is the related person for who acts for a patient", async () => {
    const users = [{ login: patient.login.toLowerCase(), actsFor: [ward.login.toLowerCase()] }];
    const site = await startSite({ users });
    const page = await get(authorizeUrl(site, { client_id: patientDeviceApp }));
    const fields = { login: patient.login.toLowerCase(), password: everybodysPassword };
    const consent = await submit(await submit(page, fields), { patient: ward.patientId });
    const done = await submit(consent, { answer: "allow", duration: "day" });
    const code = redirectOf(done).searchParams.get("code") ?? "";
    const body = await bodyOf(await exchange(site, code, { client_id: patientDeviceApp }));
    expect(body).toMatchObject({ patient: ward.patientId });
    expect(decodeJwt(String(body["id_token"])).sub).toBe(relatedId);
    const grant = await site.authority.grantFor(`Bearer ${String(body["access_token"])}`);
    expect(grant).toMatchObject({
      patientId: ward.patientId,
      user: { kind: "patient", patientId: patient.patientId },
    });
  });

  test.each([
    { spelling: "v1", release: "May 2026", has: "user/Observation.read" },
    { spelling: "v2", release: "May 2026", has: "user/Observation.r" },
    { spelling: "v2", release: "May 2024", has: "user/Observation.read" },
    { spelling: "names", release: "May 2026", has: "Observation.search" },
  ] as const)("1.8 scopes: $spelling at $release has $has", async ({ spelling, release, has }) => {
    const site = await startSite({ switches: { scopeSpelling: spelling, release } });
    const body = await bodyOf(await exchange(site, await clinicianCode(site), secret));
    expect(String(body["scope"]).split(" ")).toContain(has);
  });

  test("6 quirk 2: online_access acts as offline_access, which is not among the granted scopes", async () => {
    const site = await startSite();
    for (const scope of ["openid online_access", "openid offline_access"]) {
      const body = await bodyOf(await exchange(site, await clinicianCode(site, { scope }), secret));
      expect(body).toHaveProperty("refresh_token");
      expect(String(body["scope"])).not.toContain("line_access");
    }
    site.site.change({ offlineInScope: true });
    const scope = "offline_access";
    const body = await bodyOf(await exchange(site, await clinicianCode(site, { scope }), secret));
    expect(String(body["scope"]).split(" ")).toContain("offline_access");
  });
});

describe("refresh", () => {
  const scope = "openid offline_access";

  async function refreshToken(site: TestSite): Promise<string> {
    const body = await bodyOf(await exchange(site, await clinicianCode(site, { scope }), secret));
    return String(body["refresh_token"]);
  }

  function refresh(site: TestSite, token: string, fields: object = secret): Promise<Response> {
    const form = { grant_type: "refresh_token", refresh_token: token, ...fields };
    return post(site.site.addresses.token, form);
  }

  test("1.5 response: four members, and the same refresh token works again", async () => {
    const site = await startSite();
    const token = await refreshToken(site);
    for (let times = 0; times < 2; times += 1) {
      const body = await bodyOf(await refresh(site, token));
      expect(Object.keys(body)).toEqual(["access_token", "token_type", "expires_in", "scope"]);
      expect(await site.authority.grantFor(`bearer ${String(body["access_token"])}`)).toBeDefined();
    }
  });

  test("1.9 bad refresh token: unknown, another's, or none", async () => {
    const site = await startSite();
    const token = await refreshToken(site);
    const stranger = { client_id: patientServerApp, client_secret: patientServerSecret };
    expect(await refusalOf(await refresh(site, "eyJ.no.token"))).toBe(refused("invalid_grant"));
    expect(await refusalOf(await refresh(site, token, stranger))).toBe(refused("invalid_grant"));
    expect(await refusalOf(await refresh(site, ""))).toBe(refused("invalid_request"));
    const wrong = { ...secret, client_secret: "guess" };
    expect(await refusalOf(await refresh(site, token, wrong))).toBe(refused("invalid_client"));
  });

  test("1.5 rolling refresh: gives a new token, and the old one is used", async () => {
    const site = await startSite({ switches: { rollingRefresh: true } });
    const first = await refreshToken(site);
    const second = String((await bodyOf(await refresh(site, first)))["refresh_token"]);
    expect(await refusalOf(await refresh(site, first))).toBe(refused("invalid_grant"));
    expect((await refresh(site, second)).status).toBe(200);
  });

  test("1.5 patient's end date: holds for access, refresh and rolled tokens", async () => {
    const site = await startSite({ switches: { rollingRefresh: true } });
    const credentials = { client_id: patientServerApp, client_secret: patientServerSecret };
    const code = await patientCode(site, { client_id: patientServerApp, scope, duration: "hour" });
    const body = await bodyOf(await exchange(site, code, credentials));
    site.clock.advance(50 * 60_000);
    const next = await bodyOf(await refresh(site, String(body["refresh_token"]), credentials));
    expect(next["expires_in"]).toBe(600);
    site.clock.advance(10 * 60_000);
    const late = await refresh(site, String(next["refresh_token"]), credentials);
    expect(await refusalOf(late)).toBe(refused("invalid_grant"));
    const grant = await site.authority.grantFor(`Bearer ${String(next["access_token"])}`);
    expect(grant).toBeUndefined();
  });

  test("1.5 public clients: never get a refresh token", async () => {
    const site = await startSite();
    const code = await clinicianCode(site, { client_id: publicClinicianApp, scope });
    const body = await bodyOf(await exchange(site, code, { client_id: publicClinicianApp }));
    expect(body).not.toHaveProperty("refresh_token");
  });
});

describe("what a token allows", () => {
  test("is what the client's record has, whatever scope was asked for", async () => {
    const apis = ["Condition.Search (Problems) (R4)", "Patient.Read (Demographics) (R4)"];
    const redirectUris = [redirectUri];
    const narrow = {
      name: "N",
      clientId: "narrow",
      audience: "clinicians",
      redirectUris,
      apis,
    } as const;
    const users = [
      { login: clinician.login, lacks: ["Observation (Labs)"], apis: ["Condition.*"] },
    ];
    const site = await startSite({
      clients: [{ ...narrow, redirectUris: [redirectUri], apis: [...apis] }],
      users,
      switches: { userRights: ["Condition (Genomics)"] },
    });
    const code = await clinicianCode(site, { client_id: "narrow", scope: "user/*.read" });
    const body = await bodyOf(await exchange(site, code, { client_id: "narrow" }));
    const grant = await site.authority.grantFor(`Bearer ${String(body["access_token"])}`);
    expect(grant).toMatchObject({
      clientId: "narrow",
      user: { kind: "clinician", practitionerId: clinician.practitionerId },
    });
    expect([...(grant?.apis ?? [])]).toEqual([apis[0]]);
    expect([...(grant?.hiddenFromUser ?? [])]).toEqual([
      "Condition (Genomics)",
      "Observation (Labs)",
    ]);
    expect(grant).not.toHaveProperty("patientId");
  });

  test("ends with its hour, with its client, and is nothing for what is no token", async () => {
    const site = await startSite();
    const { authority } = site;
    const body = await bodyOf(await exchange(site, await clinicianCode(site), secret));
    const header = `Bearer ${String(body["access_token"])}`;
    expect(await authority.grantFor(header)).toBeDefined();
    for (const other of [undefined, "", "Bearer", "Bearer x", header.replace("Bearer", "Basic")]) {
      expect(await authority.grantFor(other)).toBeUndefined();
    }
    site.clients.remove(clinicianApp);
    expect(await authority.grantFor(header)).toBeUndefined();
    const second = await bodyOf(
      await exchange(site, await clinicianCode(site, { client_id: publicClinicianApp }), {
        client_id: publicClinicianApp,
      }),
    );
    site.clock.advance(3_600_000);
    expect(await authority.grantFor(`Bearer ${String(second["access_token"])}`)).toBeUndefined();
  });

  test("is forgotten beyond the limit, the oldest first", async () => {
    const site = await startSite({}, { maxTokens: 10 });
    const tokens: string[] = [];
    for (let count = 0; count < 11; count += 1) {
      const body = await bodyOf(await exchange(site, await clinicianCode(site), secret));
      tokens.push(`Bearer ${String(body["access_token"])}`);
    }
    expect(await site.authority.grantFor(tokens[0])).toBeUndefined();
    expect(await site.authority.grantFor(tokens[1])).toBeDefined();
  });

  test("1.7 client ids: production has its own", async () => {
    const site = await startSite({ switches: { environment: "production" } });
    expect((await get(authorizeUrl(site))).status).toBe(400);
    const production = "7a1d3c5e-0000-4000-8000-0000000c1142";
    expect((await get(authorizeUrl(site, { client_id: production }))).status).toBe(200);
  });
});
