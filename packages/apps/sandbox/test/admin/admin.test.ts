import { describe, expect, test } from "vitest";
import { adminRoutes } from "../../src/admin/admin-routes.ts";
import { patient } from "../support/people.ts";
import {
  authorizeUrl,
  clinicianApp,
  clinicianCode,
  clinicianSecret,
  exchange,
  redirectUri,
} from "../support/sign-in.ts";
import { type TestSite, get, post, startSite } from "../support/site.ts";

const secret = { client_id: clinicianApp, client_secret: clinicianSecret };

/** @param what The method and the path. */
async function ask(site: TestSite, what: string, body?: unknown) {
  const [method = "", path = ""] = what.split(" ");
  const response = await fetch(`${site.admin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${site.adminToken}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("what stands in front of FHIR", () => {
  test("2.7 over-long GET: is a 404 of the web server, at the length that a site has", async () => {
    const { site } = await startSite({ switches: { maxQueryBytes: 300 } });
    const answer = await get(`${site.addresses.fhirBase}/Patient?name=${"a".repeat(300)}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html"]);
    expect(await answer.text()).toContain("<h1>Server Error</h1>");
  });

  test("2.7 localhost in a query: is refused by a firewall that dislikes it", async () => {
    const { site } = await startSite({ switches: { wafRejectLocalhost: true } });
    const query = "identifier=http://localhost/mrn%7C1";
    const answer = await get(`${site.addresses.fhirBase}/Patient?${query}`);
    expect(answer.status).toBe(403);
  });
});

describe("the admin API", () => {
  test("is for whoever has its token, whatever is asked for", async () => {
    const site = await startSite();
    for (const { method, path } of adminRoutes) {
      const url = `${site.admin}${path.replace(":name", clinicianApp)}`;
      const bare = await fetch(url, { method });
      const wrong = await fetch(url, { method, headers: { authorization: "Bearer guess" } });
      expect([bare.status, wrong.status]).toEqual([401, 401]);
    }
    expect(site.clients.find(clinicianApp)).toBeDefined();
    const { addresses, groups } = (await ask(site, "GET ")).body;
    expect(addresses).toEqual(site.site.addresses);
    expect(groups).toMatchObject([{ name: "Lakeshore Pilot" }, { name: "Lakeshore Panel" }]);
  });

  test("changes switches while the site runs, within their bounds", async () => {
    const site = await startSite();
    const changed = await ask(site, "PATCH /switches", { audRequired: false });
    expect(changed.body["audRequired"]).toBe(false);
    expect((await get(authorizeUrl(site, { aud: undefined }))).status).toBe(200);
    const wrong = await ask(site, "PATCH /switches", { release: "June 2026", noSuch: 1 });
    expect(wrong).toMatchObject({ status: 400, body: { code: "sandbox.notValid" } });
    const fixed = await ask(site, "PATCH /switches", { fhirPath: "/elsewhere" });
    expect(fixed).toMatchObject({ status: 400, body: { code: "sandbox.switchIsFixed" } });
    expect(site.site.switches.release).toBe("May 2026");
  });

  test("installs another release, after which tokens are over", async () => {
    const site = await startSite({ switches: { release: "May 2024" } });
    const response = await exchange(site, await clinicianCode(site), secret);
    const { access_token: token } = (await response.json()) as { access_token: string };
    const switches = { absoluteReferences: true };
    const upgraded = await ask(site, "POST /upgrade", { release: "May 2026", switches });
    expect(upgraded.body).toEqual({ release: "May 2026", endedTokens: 1 });
    expect(site.site.switches).toMatchObject({ release: "May 2026", absoluteReferences: true });
    expect(await site.authority.grantFor(`Bearer ${token}`)).toBeUndefined();
  });

  test("ends all access at once, and refresh tokens where it is told to", async () => {
    const site = await startSite();
    const code = await clinicianCode(site, { scope: "offline_access" });
    const body = (await (await exchange(site, code, secret)).json()) as Record<string, string>;
    const refresh = () =>
      post(site.site.addresses.token, {
        ...secret,
        grant_type: "refresh_token",
        refresh_token: body["refresh_token"] ?? "",
      });
    expect((await ask(site, "POST /tokens/expire")).body).toEqual({ ended: 1 });
    expect(await site.authority.grantFor(`Bearer ${body["access_token"] ?? ""}`)).toBeUndefined();
    expect((await refresh()).status).toBe(200);
    await ask(site, "POST /tokens/expire", { withRefresh: true });
    expect((await refresh()).status).toBe(400);
  });

  test("signs with another key, and keeps the one before published", async () => {
    const site = await startSite();
    const before = (await (await get(site.site.addresses.idTokenKeys)).json()) as Keys;
    await ask(site, "POST /keys/rotate");
    const after = (await (await get(site.site.addresses.idTokenKeys)).json()) as Keys;
    expect(after.keys).toHaveLength(2);
    expect(after.keys[1]).toEqual(before.keys[0]);
  });

  test("takes applications on record and off it, and tells no secrets", async () => {
    const site = await startSite();
    const app = {
      name: "A",
      clientId: "added",
      audience: "clinicians",
      redirectUris: [redirectUri],
    };
    const added = await ask(site, "POST /clients", { ...app, secret: "sesame-sesame" });
    expect(added.body).toMatchObject(app);
    expect((await get(authorizeUrl(site, { client_id: "added" }))).status).toBe(200);
    const listed = JSON.stringify((await ask(site, "GET /clients")).body);
    expect(listed).toContain("added");
    for (const hidden of ["sesame-sesame", clinicianSecret]) expect(listed).not.toContain(hidden);
    expect((await ask(site, "DELETE /clients/added")).status).toBe(200);
    expect((await ask(site, "DELETE /clients/added")).status).toBe(404);
    expect((await get(authorizeUrl(site, { client_id: "added" }))).status).toBe(400);
    const wrong = await ask(site, "POST /clients", { ...app, apis: ["Nothing.*"] });
    expect(wrong).toMatchObject({ status: 400, body: { problems: [{ at: "apis.0" }] } });
  });

  test("ends what an application held, also where it comes back on record", async () => {
    const site = await startSite();
    const code = await clinicianCode(site, { scope: "offline_access" });
    const body = (await (await exchange(site, code, secret)).json()) as Record<string, string>;
    const app = { name: "A", audience: "clinicians", redirectUris: [redirectUri] };
    const removed = await ask(site, `DELETE /clients/${clinicianApp}`);
    expect(removed.body).toEqual({ endedTokens: 2 });
    await ask(site, "POST /clients", {
      ...app,
      clientId: clinicianApp,
      secret: clinicianSecret,
      isPersistent: true,
    });
    expect(await site.authority.grantFor(`Bearer ${body["access_token"] ?? ""}`)).toBeUndefined();
    const form = { ...secret, grant_type: "refresh_token", refresh_token: body["refresh_token"] };
    const refreshed = await post(site.site.addresses.token, form as Record<string, string>);
    expect(refreshed.status).toBe(400);
  });

  test("2.11 holding tank: shows what waits, takes it into the charts, and wipes", async () => {
    const site = await startSite();
    const { patientId } = patient;
    const resource = {
      resourceType: "AllergyIntolerance",
      patient: { reference: `Patient/${patientId}` },
    } as const;
    const { id } = site.store.file({ resource, subType: "", patientId, isHeld: true }).resource;
    const reference = `AllergyIntolerance/${id}`;
    const written = await ask(site, "GET /written");
    expect(written.body).toEqual([{ reference, subType: "", isHeld: true }]);
    const found = () =>
      site.store
        .ofPatient("AllergyIntolerance", patientId)
        .some((filed) => filed.resource.id === id);
    expect(found()).toBe(false);
    expect((await ask(site, "POST /reconcile")).body).toEqual({ reconciled: [id] });
    expect(found()).toBe(true);
    expect((await ask(site, "POST /wipe")).body).toEqual({ wiped: 1 });
    expect(found()).toBe(false);
  });

  test.each([
    { body: { unavailble: 1 }, at: "unavailble", says: "Did you mean “unavailable”?" },
    { body: { unavailable: -1 }, at: "unavailable", says: "must be at least 0" },
    { body: { gatewayPage: 0.7, unavailable: 0.7 }, at: "tooManyRequests", says: "may together" },
    { body: [], at: "", says: "no JSON object" },
  ])("tells of faults where they are wrong and what to do: $says", async ({ body, at, says }) => {
    const answer = await ask(await startSite(), "PUT /faults", body);
    expect(answer).toMatchObject({ status: 400, body: { problems: [{ at }] } });
    expect(JSON.stringify(answer.body)).toContain(says);
  });

  test("tells what a release is called", async () => {
    const site = await startSite();
    for (const body of [{ release: "spring" }, {}]) {
      const answer = await ask(site, "POST /upgrade", body);
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ at: "release" }] } });
      expect(JSON.stringify(answer.body)).toMatch(/May 2026|August 2026/u);
    }
  });

  test.each([
    { type: "application/json", body: "{", status: 400 },
    { type: "application/x-www-form-urlencoded", body: "{}", status: 415 },
    { type: "application/json", body: '{"__proto__":{}}', status: 400 },
  ])("tells that JSON is wanted in place of $body as $type", async ({ type, body, status }) => {
    const site = await startSite();
    const headers = { authorization: `Bearer ${site.adminToken}`, "content-type": type };
    const response = await fetch(`${site.admin}/faults`, { method: "PUT", headers, body });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.text()).toContain("Content-Type: application/json");
  });

  test("takes a call that needs no body without one, whatever type it names", async () => {
    const site = await startSite();
    const headers = {
      authorization: `Bearer ${site.adminToken}`,
      "content-type": "application/json",
    };
    const url = `${site.admin}/tokens/expire`;
    const response = await fetch(url, { method: "POST", headers, body: "" });
    expect([response.status, await response.json()]).toEqual([200, { ended: 0 }]);
  });

  test("tells whoever has its token, and nobody else, what is not there", async () => {
    const site = await startSite();
    const answer = await ask(site, "POST /nothing");
    expect(answer).toMatchObject({ status: 404, body: { code: "sandbox.notThere" } });
    expect(JSON.stringify(answer.body)).toContain("GET /sandbox/admin");
    expect((await fetch(`${site.admin}/nothing`)).status).toBe(401);
  });
});

describe("faults", () => {
  const path = "/interconnect/oauth2/.well-known/openid-configuration";

  async function outcomes(site: TestSite, count: number): Promise<string[]> {
    const seen: string[] = [];
    for (let asked = 0; asked < count; asked += 1) {
      seen.push(
        await get(`${site.url}${path}`).then(
          ({ status }) => String(status),
          () => "dropped",
        ),
      );
    }
    return seen;
  }

  test("2.7 gateway: 429 with Retry-After, 503 and pages, as often as is asked for", async () => {
    const site = await startSite();
    const every = async (kind: string, more: object = {}) => {
      await ask(site, "PUT /faults", { [kind]: 1, ...more });
      return get(`${site.url}${path}`);
    };
    const tooMany = await every("tooManyRequests", { retryAfterSeconds: 7 });
    expect([tooMany.status, tooMany.headers.get("retry-after")]).toEqual([429, "7"]);
    const unavailable = await every("unavailable");
    expect(unavailable.status).toBe(503);
    expect(unavailable.headers.get("content-type")).toContain("text/html");
    const gateway = await every("gatewayPage");
    expect([gateway.status, await gateway.text()]).toEqual([
      502,
      expect.stringContaining("Request Rejected"),
    ]);
    await expect(every("droppedConnection")).rejects.toThrow("fetch failed");
    expect((await ask(site, "PUT /faults", {})).body).toMatchObject({ droppedConnection: 0 });
    expect((await get(`${site.url}${path}`)).status).toBe(200);
  });

  test("are the same for the same seed", async () => {
    const faults = { unavailable: 0.3, tooManyRequests: 0.2, droppedConnection: 0.1 };
    const first = await outcomes(await startSite({ faults: { ...faults, seed: 7 } }), 40);
    const again = await outcomes(await startSite({ faults: { ...faults, seed: 7 } }), 40);
    const other = await outcomes(await startSite({ faults: { ...faults, seed: 8 } }), 40);
    expect(new Set(first)).toEqual(new Set(["200", "429", "503", "dropped"]));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test("may be of one interface alone", async () => {
    const site = await startSite({ faults: { unavailable: 1, on: "fhir" } });
    expect((await get(`${site.url}${path}`)).status).toBe(200);
    const { fhirBase } = site.site.addresses;
    expect((await get(`${fhirBase}/.well-known/openid-configuration`)).status).toBe(503);
  });

  test("hold answers back for as long as is asked for", async () => {
    const site = await startSite({ faults: { leastLatencyMs: 5000, mostLatencyMs: 5000 } });
    let isAnswered = false;
    const asked = get(`${site.url}${path}`).then(() => {
      isAnswered = true;
    });
    // Another way in is answered at once, so the first one had its time.
    await get(site.launchPage);
    await get(site.launchPage);
    expect(isAnswered).toBe(false);
    site.clock.advance(4999);
    await get(site.launchPage);
    expect(isAnswered).toBe(false);
    site.clock.advance(1);
    await asked;
  });

  test("7 calls a minute: beyond the limit 429, until the minute is over", async () => {
    const site = await startSite({ switches: { callsPerMinute: 2 } });
    const url = `${site.site.addresses.fhirBase}/.well-known/smart-configuration`;
    const statuses = [];
    for (let asked = 0; asked < 3; asked += 1) statuses.push((await get(url)).status);
    expect(statuses).toEqual([200, 200, 429]);
    site.clock.advance(60_000);
    expect((await get(url)).status).toBe(200);
  });

  test("1.2 cors: browsers may call from anywhere, with the headers that sites name", async () => {
    const site = await startSite();
    const response = await fetch(site.site.addresses.token, { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-headers")).toContain("Epic-Client-ID");
    const admin = await fetch(site.admin, { method: "OPTIONS" });
    expect(admin.headers.get("access-control-allow-origin")).toBeNull();
  });
});

interface Keys {
  readonly keys: readonly object[];
}
