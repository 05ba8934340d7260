import { describe, expect, test } from "vitest";
import { everybodysPassword } from "../../src/access/users.ts";
import { clinician, colleague, patient, ward } from "../support/people.ts";
import {
  authorizeUrl,
  backendApp,
  challenge,
  clinicianApp,
  exchange,
  patientDeviceApp,
  redirectOf,
  redirectUri,
  submit,
} from "../support/sign-in.ts";
import { type TestSite, get, post, startSite } from "../support/site.ts";

const sorry = "Something went wrong trying to authorize the client. Please try logging in again.";

describe("a request to authorize that is not in order", () => {
  test.each<{ rule: string; changes: Readonly<Record<string, string | undefined>> }>([
    { rule: "client_id: unknown", changes: { client_id: "nobody" } },
    { rule: "client_id: a backend", changes: { client_id: backendApp } },
    { rule: "redirect_uri: none", changes: { redirect_uri: undefined } },
    { rule: "redirect_uri: another case", changes: { redirect_uri: redirectUri.toUpperCase() } },
    { rule: "redirect_uri: a slash more", changes: { redirect_uri: `${redirectUri}/` } },
    { rule: "response_type: token", changes: { response_type: "token" } },
    { rule: "response_type: none", changes: { response_type: undefined } },
    { rule: "scope: none", changes: { scope: undefined } },
    { rule: "aud: none", changes: { aud: undefined } },
    { rule: "aud: another server", changes: { aud: "https://elsewhere.example/api/FHIR/R4" } },
    { rule: "PKCE: plain", changes: { code_challenge: challenge, code_challenge_method: "plain" } },
    { rule: "PKCE: no method, which means plain", changes: { code_challenge: challenge } },
    { rule: "PKCE: a method without a challenge", changes: { code_challenge_method: "S256" } },
  ])("1.3 authorize $rule: is a page, no redirect", async ({ changes }) => {
    const site = await startSite();
    const response = await get(authorizeUrl(site, changes));
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain(sorry);
  });

  test("1.3 redirect_uri: must not have a fragment, even where it is on record so", async () => {
    const redirectUris = ["https://app.example/cb#here"];
    const clients = [
      { name: "F", clientId: "fragment", audience: "clinicians", redirectUris },
    ] as const;
    const site = await startSite({ clients: [...clients] });
    const url = authorizeUrl(site, { client_id: "fragment", redirect_uri: redirectUris[0] });
    expect((await get(url)).status).toBe(400);
  });

  test("1.3 redirect_uri: is https at a site that has it so", async () => {
    const redirectUris = ["http://127.0.0.1:8080/cb", "https://app.example/cb"];
    const clients = [
      { name: "H", clientId: "https", audience: "clinicians", redirectUris },
    ] as const;
    const site = await startSite({ clients: [...clients], switches: { httpsRedirects: true } });
    const statuses = await Promise.all(
      redirectUris.map(async (redirect_uri) => {
        const url = authorizeUrl(site, { client_id: "https", redirect_uri });
        return (await get(url)).status;
      }),
    );
    expect(statuses).toEqual([400, 200]);
  });

  test("1.3 parameters: none may come twice", async () => {
    const site = await startSite();
    expect((await get(`${authorizeUrl(site)}&state=st-2`)).status).toBe(400);
  });

  test("1.3 over-long URL: is a 404 of the web server in front", async () => {
    const site = await startSite();
    const response = await get(authorizeUrl(site, { state: "s".repeat(9000) }));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("404 - File or directory not found.");
  });

  test.each([
    { release: "February 2023", audRequired: true, status: 200 },
    { release: "May 2023", audRequired: true, status: 400 },
    { release: "May 2026", audRequired: false, status: 200 },
  ])("1.3 aud: left out at $release, required $audRequired, is $status", async (row) => {
    const { release, audRequired } = row;
    const site = await startSite({ switches: { release, audRequired } });
    expect((await get(authorizeUrl(site, { aud: undefined }))).status).toBe(row.status);
  });

  test("6 quirk 19: a firewall may dislike localhost in a parameter", async () => {
    const site = await startSite({ switches: { wafRejectLocalhost: true } });
    const at = (redirect: string) => get(authorizeUrl(site, { redirect_uri: redirect }));
    expect((await at("http://localhost:8080/callback")).status).toBe(403);
    expect((await at(redirectUri)).status).toBe(200);
    const search = await get(`${site.site.addresses.fhirBase}/Patient?family=LocalHost`);
    expect([search.status, search.headers.get("content-type")]).toEqual([403, "text/html"]);
  });
});

describe("POST to authorize", () => {
  async function launched(site: TestSite): Promise<string> {
    const launch = {
      clientId: clinicianApp,
      login: clinician.login,
      practitionerId: clinician.practitionerId,
    };
    return site.tokens.launch({ ...launch, isInOwnTab: true, extra: {} });
  }

  async function posted(site: TestSite, more: Readonly<Record<string, string>>): Promise<Response> {
    const url = new URL(authorizeUrl(site, { scope: "launch openid" }));
    return post(site.site.addresses.authorize, {
      ...Object.fromEntries(url.searchParams),
      ...more,
    });
  }

  test("1.3 POST: is for launches, since November 2020", async () => {
    const site = await startSite();
    expect((await posted(site, { launch: await launched(site) })).status).toBe(302);
    expect((await posted(site, {})).status).toBe(400);
    const old = await startSite({ switches: { release: "August 2020" } });
    expect((await posted(old, { launch: await launched(old) })).status).toBe(400);
  });

  test("1.3 content type: must be that of a form", async () => {
    const site = await startSite();
    const fields = Object.fromEntries(new URL(authorizeUrl(site)).searchParams);
    const response = await fetch(site.site.addresses.authorize, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...fields, launch: await launched(site) }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(sorry);
  });
});

describe("the sign-in of a clinician", () => {
  test("1.3 success: is a redirect with code and state", async () => {
    const site = await startSite();
    const page = await get(authorizeUrl(site));
    const done = await submit(page, {
      login: clinician.login.toLowerCase(),
      password: everybodysPassword,
    });
    expect(done.status).toBe(302);
    const url = redirectOf(done);
    expect(`${url.origin}${url.pathname}`).toBe(redirectUri);
    expect([...url.searchParams.keys()]).toEqual(["code", "state"]);
    expect(url.searchParams.get("state")).toBe("st-1");
  });

  test("is asked for again where name and password do not go together", async () => {
    const site = await startSite();
    const page = await get(authorizeUrl(site));
    const wrong = await submit(page, { login: clinician.login.toLowerCase(), password: "guess" });
    expect(wrong.status).toBe(401);
    const unknown = await submit(wrong, { login: "nobody", password: everybodysPassword });
    expect(unknown.status).toBe(401);
    const done = await submit(unknown, { login: colleague.login, password: everybodysPassword });
    expect(done.status).toBe(302);
  });

  test("cannot go on after ten minutes, nor twice", async () => {
    const site = await startSite();
    const fields = { login: clinician.login.toLowerCase(), password: everybodysPassword };
    const late = await get(authorizeUrl(site));
    site.clock.advance(600_000);
    expect((await submit(late, fields)).status).toBe(400);
    const page = await get(authorizeUrl(site));
    const again = page.clone();
    expect((await submit(page, fields)).status).toBe(302);
    expect((await submit(again, fields)).status).toBe(400);
  });

  test("shows text of strangers as text", async () => {
    const name = "<script>alert(1)</script>";
    const redirectUris = [redirectUri];
    const clients = [{ name, clientId: "bad", audience: "clinicians" as const, redirectUris }];
    const site = await startSite({ clients });
    const response = await get(authorizeUrl(site, { client_id: "bad" }));
    expect(await response.text()).not.toContain("<script>");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("the sign-in of a patient", () => {
  const fields = { login: patient.login.toLowerCase(), password: everybodysPassword };

  async function consent(site: TestSite): Promise<Response> {
    return submit(await get(authorizeUrl(site, { client_id: patientDeviceApp })), fields);
  }

  test("1.5 persistent access: the patient picks how long, without an end only where allowed", async () => {
    const site = await startSite();
    const text = await (await consent(site)).text();
    for (const choice of ["1 hour", "1 day", "1 week", "Indefinitely"])
      expect(text).toContain(choice);
    const strict = await startSite({ switches: { indefiniteAccess: false } });
    expect(await (await consent(strict)).text()).not.toContain("Indefinitely");
    const done = await submit(await consent(strict), { answer: "allow", duration: "indefinite" });
    expect(done.status).toBe(200);
  });

  test("begins again for who goes back and signs in as another", async () => {
    const site = await startSite();
    const first = await get(authorizeUrl(site, { client_id: patientDeviceApp }));
    const back = first.clone();
    expect(await (await submit(first, fields)).text()).toContain(patient.name);
    expect((await submit(back.clone(), {})).status).toBe(401);
    const other = await submit(back, { ...fields, login: ward.login });
    expect(await other.clone().text()).toContain(ward.name);
    const code = redirectOf(await submit(other, { answer: "allow", duration: "day" }));
    const body = await exchange(site, code.searchParams.get("code") ?? "", {
      client_id: patientDeviceApp,
    });
    expect(await body.json()).toMatchObject({ patient: ward.patientId });
  });

  test("asks again where a form does not say what the patient wants", async () => {
    const site = await startSite();
    const again = await submit(await consent(site), { duration: "day" });
    expect(again.status).toBe(200);
    const done = await submit(again, { answer: "allow", duration: "day" });
    expect(redirectOf(done).searchParams.has("code")).toBe(true);
    expect((await submit(await consent(site), { answer: "allow" })).status).toBe(200);
  });

  test("ends without a code where the patient denies", async () => {
    const site = await startSite();
    const done = await submit(await consent(site), { answer: "deny" });
    expect(redirectOf(done).searchParams.get("error")).toBe("access_denied");
    expect(redirectOf(done).searchParams.has("code")).toBe(false);
  });

  test("asks whose record it shall be where the patient acts for others", async () => {
    const users = [{ login: patient.login.toLowerCase(), actsFor: [ward.login] }];
    const site = await startSite({ users });
    const choice = await consent(site);
    expect(await choice.clone().text()).toContain("Whose record?");
    const stranger = await submit(choice.clone(), { patient: "ePatientNobody3" });
    expect(await stranger.text()).toContain("Whose record?");
    const again = choice.clone();
    const asked = await submit(choice, { patient: ward.patientId });
    expect(await asked.clone().text()).toContain(ward.name);
    const own = await submit(again, { patient: patient.patientId });
    expect(await own.text()).toContain(`the record of ${patient.name}`);
    const done = await submit(asked, { answer: "allow", duration: "day" });
    const body = await exchange(site, redirectOf(done).searchParams.get("code") ?? "", {
      client_id: patientDeviceApp,
    });
    expect(await body.json()).toMatchObject({ patient: ward.patientId });
  });
});
