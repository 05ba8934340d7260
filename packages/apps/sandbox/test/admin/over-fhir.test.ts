import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { patient } from "../support/people.ts";
import { clinicianApp, clinicianCode, clinicianSecret, exchange } from "../support/sign-in.ts";
import { type TestSite, get, startSite } from "../support/site.ts";

// What is asked of the admin API, as an application sees it that signed in and reads.

const secret = { client_id: clinicianApp, client_secret: clinicianSecret };

async function admin(site: TestSite, what: string, body: object = {}): Promise<void> {
  const [method = "", path = ""] = what.split(" ");
  const response = await fetch(`${site.admin}${path}`, {
    method,
    headers: { authorization: `Bearer ${site.adminToken}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
}

async function signIn(site: TestSite): Promise<{ access_token: string; id_token: string }> {
  const response = await exchange(site, await clinicianCode(site), secret);
  return (await response.json()) as { access_token: string; id_token: string };
}

function read(site: TestSite, token: string, query = ""): Promise<Response> {
  return get(`${site.site.addresses.fhirBase}/Patient/${patient.patientId}${query}`, {
    authorization: `Bearer ${token}`,
    accept: "application/fhir+json",
  });
}

describe("an application that reads", () => {
  test("1.9 invalid token: gets 401 once all access was ended, and signs in anew", async () => {
    const site = await startSite();
    const { access_token: token } = await signIn(site);
    expect((await read(site, token)).status).toBe(200);
    await admin(site, "POST /tokens/expire");
    const refused = await read(site, token);
    expect([refused.status, await refused.text()]).toEqual([401, '""']);
    expect((await read(site, (await signIn(site)).access_token)).status).toBe(200);
  });

  test("gets 401 when its token is at its end, however short the site makes that", async () => {
    const site = await startSite();
    await admin(site, "PATCH /switches", { accessTokenSeconds: 60 });
    const { access_token: token } = await signIn(site);
    site.clock.advance(59_999);
    expect((await read(site, token)).status).toBe(200);
    site.clock.advance(1);
    expect((await read(site, token)).status).toBe(401);
  });

  test("meets another behaviour after the upgrade, with a new token", async () => {
    const site = await startSite({ switches: { release: "February 2026" } });
    const reference = async () => {
      const answer = await read(site, (await signIn(site)).access_token);
      const body = (await answer.json()) as { generalPractitioner: { reference: string }[] };
      return body.generalPractitioner[0]?.reference ?? "";
    };
    const version = async () => {
      const headers = { accept: "application/json" };
      const answer = await get(`${site.site.addresses.fhirBase}/metadata`, headers);
      return ((await answer.json()) as { software: { version: string } }).software.version;
    };
    const { access_token: token } = await signIn(site);
    expect([await reference(), await version()]).toEqual([
      expect.stringMatching(/^Practitioner\//u),
      "February 2026",
    ]);
    const switches = { absoluteReferences: true };
    await admin(site, "POST /upgrade", { release: "May 2026", switches });
    expect((await read(site, token)).status).toBe(401);
    expect([await reference(), await version()]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.+\/Practitioner\//u),
      "May 2026",
    ]);
  });

  test("can check who signed in before and after the keys rotated", async () => {
    const site = await startSite();
    const before = (await signIn(site)).id_token;
    await admin(site, "POST /keys/rotate");
    const after = (await signIn(site)).id_token;
    const [old, next] = [before, after].map((token) => decodeProtectedHeader(token).kid);
    expect(old).not.toBe(next);
    const keys = createRemoteJWKSet(new URL(site.site.addresses.idTokenKeys));
    const currentDate = new Date(site.clock.now());
    for (const token of [before, after]) await jwtVerify(token, keys, { currentDate });
  });

  test("6 quirk 23: gets XML whatever it asks for, where that is asked of the site", async () => {
    const site = await startSite();
    const { access_token: token } = await signIn(site);
    await admin(site, "PUT /faults", { xmlOnly: 1 });
    for (const query of ["", "?_format=json"]) {
      const answer = await read(site, token, query);
      expect(answer.headers.get("content-type")).toContain("application/fhir+xml");
      expect(await answer.text()).toMatch(/^<\?xml[^>]*>\s*<Patient /u);
    }
  });

  test("gets nothing where its connection is dropped, and all of it afterwards", async () => {
    const site = await startSite();
    const { access_token: token } = await signIn(site);
    await admin(site, "PUT /faults", { droppedConnection: 1, on: "fhir" });
    await expect(read(site, token)).rejects.toThrow("fetch failed");
    expect((await signIn(site)).access_token).not.toBe(token);
    await admin(site, "PUT /faults");
    expect((await read(site, token)).status).toBe(200);
  });

  test("1.2 cors: may be a page of any origin, and also reads why it was refused", async () => {
    const site = await startSite();
    const { access_token: token } = await signIn(site);
    const { fhirBase, token: tokenUrl, idTokenKeys, style } = site.site.addresses;
    const refused = await get(`${fhirBase}/Patient/x`, { authorization: "Bearer x" });
    const noGrant = await fetch(tokenUrl, { method: "POST" });
    const open = [
      await read(site, token),
      refused,
      noGrant,
      await get(idTokenKeys),
      await get(style),
    ];
    await admin(site, "PUT /faults", { unavailable: 1 });
    open.push(await read(site, token));
    expect(open.map(({ status }) => status)).toEqual([200, 401, 400, 200, 200, 503]);
    for (const { headers } of open) expect(headers.get("access-control-allow-origin")).toBe("*");
    const closed = [await get(site.admin), await get(site.launchPage)];
    for (const { headers } of closed) {
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});
