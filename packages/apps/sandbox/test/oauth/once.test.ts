import { expect, test } from "vitest";
import { clinician } from "../support/people.ts";
import {
  authorizeUrl,
  clinicianApp,
  clinicianCode,
  clinicianSecret,
  exchange,
  patientCode,
  patientDeviceApp,
} from "../support/sign-in.ts";
import { clientKey } from "../support/backend-key.ts";
import { type TestSite, get, post, startSite } from "../support/site.ts";

// What works once works once, also for those who come at the same time.

const secret = { client_id: clinicianApp, client_secret: clinicianSecret };

/** How often something is answered by each status when many come with it at once. */
async function atOnce(site: TestSite, send: () => Promise<Response>): Promise<object> {
  // So that connections are open already, and the requests arrive together.
  await Promise.all(Array.from({ length: many }, () => get(site.launchPage)));
  const answers = await Promise.all(Array.from({ length: many }, send));
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

test("1.4 code: one of many exchanges gets the tokens", async () => {
  const site = await startSite();
  const code = await clinicianCode(site);
  expect(await atOnce(site, () => exchange(site, code, secret))).toEqual({
    200: 1,
    400: many - 1,
  });
});

test("1.3 launch: one of many requests gets a code", async () => {
  const site = await startSite();
  const { login, practitionerId } = clinician;
  const opened = { clientId: clinicianApp, login, practitionerId, isInOwnTab: true, extra: {} };
  const launch = await site.tokens.launch(opened);
  const url = authorizeUrl(site, { scope: "launch openid", launch });
  expect(await atOnce(site, () => get(url))).toEqual({ 302: 1, 400: many - 1 });
});

test("1.5 rolling refresh: one of many requests gets the next token", async () => {
  const site = await startSite({ switches: { rollingRefresh: true } });
  const code = await clinicianCode(site, { scope: "offline_access" });
  const body = (await (await exchange(site, code, secret)).json()) as Record<string, string>;
  const { refresh_token: token = "" } = body;
  const form = { ...secret, grant_type: "refresh_token", refresh_token: token };
  const counts = await atOnce(site, () => post(site.site.addresses.token, form));
  expect(counts).toEqual({ 200: 1, 400: many - 1 });
});

test("1.6 initial access token: one of many requests registers a copy", async () => {
  const site = await startSite();
  const code = await patientCode(site);
  const response = await exchange(site, code, { client_id: patientDeviceApp });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const { jwk } = await clientKey();
  const key = { kty: "RSA", n: jwk.n, e: jwk.e };
  const body = JSON.stringify({ software_id: patientDeviceApp, jwks: { keys: [key] } });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = () => fetch(site.site.addresses.register, { method: "POST", headers, body });
  expect(await atOnce(site, send)).toEqual({ 201: 1, 401: many - 1 });
});

const many = 12;
