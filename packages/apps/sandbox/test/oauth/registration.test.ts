import { beforeAll, describe, expect, test } from "vitest";
import { clientSettings } from "../../src/access/client.ts";
import { type ClientKey, assertionFor, clientKey } from "../support/backend-key.ts";
import { patient } from "../support/people.ts";
import {
  clinicianApp,
  clinicianCode,
  clinicianSecret,
  exchange,
  patientCode,
  patientDeviceApp,
  redirectUri,
} from "../support/sign-in.ts";
import { type TestSite, get, post, refusalOf, refused, startSite } from "../support/site.ts";

let key: ClientKey;

beforeAll(async () => {
  key = await clientKey();
});

function publicPart({ jwk }: ClientKey): Readonly<Record<string, unknown>> {
  return { kty: "RSA", e: jwk.e, n: jwk.n };
}

async function patientToken(site: TestSite, duration = "week"): Promise<string> {
  const code = await patientCode(site, { duration });
  const response = await exchange(site, code, { client_id: patientDeviceApp });
  return ((await response.json()) as { access_token: string }).access_token;
}

function register(site: TestSite, token: string, changes: object = {}): Promise<Response> {
  const body = { software_id: patientDeviceApp, jwks: { keys: [publicPart(key)] }, ...changes };
  return fetch(site.site.addresses.register, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function letIn(site: TestSite, clientId: string, changes: object = {}): Promise<Response> {
  const claims = { iss: clientId, sub: clientId };
  return post(site.site.addresses.token, {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: await assertionFor(site, key, { claims }),
    client_id: clientId,
    ...changes,
  });
}

describe("the registration of copies", () => {
  test.each(["invalid_grant", "invalid_request"] as const)(
    "1.6 sites that refuse: every registration fails with %s",
    async (code) => {
      const site = await startSite({ switches: { registrationFails: code } });
      const response = await register(site, await patientToken(site));
      expect(await refusalOf(response)).toBe(refused(code));
    },
  );

  test.each([
    { release: "August 2021", isTold: false },
    { release: "November 2021", isTold: true },
  ])("5 registration: at $release metadata tells of it: $isTold", async ({ release, isTold }) => {
    const { site } = await startSite({ switches: { release } });
    const headers = { accept: "application/json", "Epic-Client-ID": patientDeviceApp };
    const statement = await (await get(`${site.addresses.fhirBase}/metadata`, headers)).text();
    expect(statement.includes(site.addresses.register)).toBe(isTold);
  });

  test("1.6 response: 201 with these members, and an id that begins with G", async () => {
    const site = await startSite();
    const response = await register(site, await patientToken(site));
    expect(response.status).toBe(201);
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual([
      "redirect_uris",
      "token_endpoint_auth_method",
      "grant_types",
      "software_id",
      "client_id",
      "client_id_issued_at",
      "jwks",
    ]);
    expect(body).toMatchObject({
      redirect_uris: [redirectUri, "http://localhost:8080/callback"],
      token_endpoint_auth_method: "none",
      grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
      software_id: patientDeviceApp,
      client_id_issued_at: Math.floor(site.clock.now() / 1000),
      jwks: { keys: [publicPart(key)] },
    });
    expect(body["client_id"]).toMatch(/^G[0-9a-f]{7}-[0-9a-f-]{27}$/u);
  });

  test("1.6 jwt-bearer: lets the copy in again, with patient and scope, until the patient's end", async () => {
    const site = await startSite();
    const registered = await register(site, await patientToken(site, "week"));
    const { client_id: id } = (await registered.json()) as { client_id: string };
    site.clock.advance(6 * 86_400_000);
    const body = (await (await letIn(site, id)).json()) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual([
      "access_token",
      "token_type",
      "expires_in",
      "patient",
      "scope",
    ]);
    expect(body).toMatchObject({ expires_in: 3600, patient: patient.patientId });
    const grant = await site.authority.grantFor(`Bearer ${String(body["access_token"])}`);
    expect(grant).toMatchObject({ patientId: patient.patientId, clientId: id });
    site.clock.advance(86_400_000);
    expect(await refusalOf(await letIn(site, id))).toBe(refused("invalid_grant"));
  });

  test("1.6 jwt-bearer: is not for others, nor with another's key or the same assertion twice", async () => {
    const site = await startSite();
    const registered = await register(site, await patientToken(site));
    const { client_id: id } = (await registered.json()) as { client_id: string };
    const stranger = await clientKey();
    const claims = { iss: id, sub: id };
    const forged = { assertion: await assertionFor(site, stranger, { claims }) };
    expect(await refusalOf(await letIn(site, id, forged))).toBe(refused("invalid_client"));
    expect(await refusalOf(await letIn(site, clinicianApp))).toBe(refused("invalid_client"));
    const once = { assertion: await assertionFor(site, key, { claims }) };
    expect((await letIn(site, id, once)).status).toBe(200);
    expect(await refusalOf(await letIn(site, id, once))).toBe(refused("invalid_client"));
    expect(await refusalOf(await letIn(site, id, { assertion: "" }))).toBe(
      refused("invalid_request"),
    );
  });

  test("1.6 copies: have what their application has at the moment, and end with it", async () => {
    const site = await startSite();
    const registered = await register(site, await patientToken(site));
    const { client_id: id } = (await registered.json()) as { client_id: string };
    const { access_token: token } = (await (await letIn(site, id)).json()) as Record<
      string,
      string
    >;
    const grant = async () => (await site.authority.grantFor(`Bearer ${token ?? ""}`))?.apis;
    const apis = ["Patient.Read (Demographics) (R4)"];
    const application = { name: "P", clientId: patientDeviceApp, audience: "patients" as const };
    site.clients.add(clientSettings.parse({ ...application, apis }));
    expect([...((await grant()) ?? [])]).toEqual(apis);
    site.clients.remove(patientDeviceApp);
    expect(await grant()).toBeUndefined();
    site.clients.add(clientSettings.parse(application));
    expect(await refusalOf(await letIn(site, id))).toBe(refused("invalid_client"));
  });

  test("1.6 copies: beyond the limit the oldest is forgotten", async () => {
    const site = await startSite({}, { maxTokens: 10 });
    const ids: string[] = [];
    for (let count = 0; count < 11; count += 1) {
      const registered = await register(site, await patientToken(site));
      ids.push(((await registered.json()) as { client_id: string }).client_id);
    }
    expect(await refusalOf(await letIn(site, ids[0] ?? ""))).toBe(refused("invalid_client"));
    expect((await letIn(site, ids[10] ?? "")).status).toBe(200);
  });

  test("1.6 registration: of a key that was sent with its private part, that is not kept", async () => {
    const site = await startSite();
    const keys = [{ ...publicPart(key), d: "c2VjcmV0", p: "c2VjcmV0" }];
    const registered = await register(site, await patientToken(site), { jwks: { keys } });
    expect(((await registered.json()) as { jwks: object }).jwks).toEqual({
      keys: [publicPart(key)],
    });
    expect(registered.status).toBe(201);
  });

  test("1.6 initial access token: works once for it, and no longer for anything else", async () => {
    const site = await startSite();
    const token = await patientToken(site);
    expect((await register(site, token)).status).toBe(201);
    const again = await register(site, token);
    expect(again.status).toBe(401);
    expect(await again.text()).toBe('""');
    expect(again.headers.get("www-authenticate")).toBe(
      'Bearer error="invalid_token", error_description="The access token provided is not valid"',
    );
  });

  test("1.6 registration: wants its own application and RSA keys of 2048 bits", async () => {
    const site = await startSite();
    const token = await patientToken(site);
    const short = { kty: "RSA", e: "AQAB", n: Buffer.alloc(128, 255).toString("base64url") };
    const bad = [
      { software_id: clinicianApp },
      { jwks: { keys: [] } },
      { jwks: { keys: [short] } },
      { jwks: { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y" }] } },
      { jwks: undefined },
    ];
    for (const changes of bad) {
      expect(await refusalOf(await register(site, token, changes))).toBe(
        refused("invalid_request"),
      );
    }
    expect((await register(site, token)).status).toBe(201);
  });

  test("1.6 registration: is for patients' applications that may", async () => {
    const site = await startSite();
    const secret = { client_id: clinicianApp, client_secret: clinicianSecret };
    const response = await exchange(site, await clinicianCode(site), secret);
    const { access_token: token } = (await response.json()) as { access_token: string };
    const refusal = await refusalOf(await register(site, token, { software_id: clinicianApp }));
    expect(refusal).toBe(refused("unauthorized_client"));
  });
});
