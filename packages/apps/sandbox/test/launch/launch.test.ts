import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import {
  chart,
  clinician,
  departmentId,
  identifierOf,
  patient,
  visit,
  ward,
} from "../support/people.ts";
import {
  authorizeUrl,
  clinicianApp,
  clinicianSecret,
  exchange,
  publicClinicianApp,
  redirectOf,
} from "../support/sign-in.ts";
import { type TestSite, get, post, startSite } from "../support/site.ts";

const secret = { client_id: clinicianApp, client_secret: clinicianSecret };

/** Launches from the page of a patient; gives what the application gets. */
async function launchFrom(
  site: TestSite,
  changes: Readonly<Record<string, string>> = {},
): Promise<URL> {
  const root = `${site.url}/interconnect/hyperspace`;
  const chosen = { tab: clinicianApp, login: clinician.login, patient: patient.patientId };
  const response = await post(`${root}/launch`, {
    ...chosen,
    encounter: visit.id ?? "",
    ...changes,
  });
  expect(response.status).toBe(303);
  return redirectOf(response);
}

/** Authorizes with a launch token. */
function authorize(site: TestSite, launch: string, changes: object = {}): Promise<Response> {
  return get(authorizeUrl(site, { scope: "launch openid fhirUser", launch, ...changes }));
}

async function answerTo(site: TestSite, url: URL): Promise<Record<string, unknown>> {
  const done = await authorize(site, url.searchParams.get("launch") ?? "");
  const code = redirectOf(done).searchParams.get("code") ?? "";
  return (await (await exchange(site, code, secret)).json()) as Record<string, unknown>;
}

describe("the page of the hospital's program", () => {
  test("lets those sign in who treat, and not the user of interfaces", async () => {
    const site = await startSite();
    const page = await get(`${site.url}/interconnect/hyperspace/patients/${patient.patientId}`);
    const text = await page.text();
    expect(text).toContain(`value="${clinician.login}"`);
    expect(text).not.toContain("Interconnect</option>");
  });

  test("lists patients, finds them by name and number, and shows visits and applications", async () => {
    const site = await startSite();
    const root = `${site.url}/interconnect/hyperspace`;
    const all = await (await get(root)).text();
    expect(all).toContain(patient.name);
    expect(all).toContain(ward.name);
    expect(
      await (await get(`${root}?find=${encodeURIComponent(patient.name)}`)).text(),
    ).not.toContain(ward.name);
    expect(await (await get(`${root}?find=zz`)).text()).toContain("Nobody fits.");
    const one = await (await get(`${root}/patients/${patient.patientId}`)).text();
    expect(one).toContain(visit.location?.[0]?.location.display);
    expect(one).toContain("Sample for clinicians");
    expect(one).not.toContain("Sample for patients");
    expect((await get(`${root}/patients/ePatientNobody3`)).status).toBe(404);
  });
});

describe("a launch from the hospital's program", () => {
  test("1.3 launch: opens the application with iss and a token of 300 s", async () => {
    const site = await startSite();
    const url = await launchFrom(site);
    expect(`${url.origin}${url.pathname}`).toBe("http://127.0.0.1:8080/launch");
    expect([...url.searchParams.keys()]).toEqual(["iss", "launch"]);
    expect(url.searchParams.get("iss")).toBe(site.site.addresses.fhirBase);
    const claims = decodeJwt(url.searchParams.get("launch") ?? "");
    expect(claims).toMatchObject({
      "epic.tokentype": "launch",
      client_id: clinicianApp,
      iss: expect.stringMatching(/^urn:oid:/u) as string,
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
  });

  test("1.4 launch context: what is open is told with the token, and what the site adds", async () => {
    const site = await startSite();
    const body = await answerTo(site, await launchFrom(site));
    expect(body).toMatchObject({
      patient: patient.patientId,
      encounter: visit.id,
      location: departmentId,
      loginDepartment: departmentId,
      need_patient_banner: "true",
      "__epic.dstu2.patient": identifierOf("FHIR"),
      dob: chart.birthDate,
      user: clinician.login,
    });
    expect(decodeJwt(String(body["id_token"])).sub).toBe(clinician.practitionerId);
    const grant = await site.authority.grantFor(`Bearer ${String(body["access_token"])}`);
    expect(grant).toMatchObject({ patientId: patient.patientId, user: { kind: "clinician" } });
  });

  test("1.4 need_patient_banner: is the text false inside of the hospital's program", async () => {
    const site = await startSite();
    const chosen = {
      frame: clinicianApp,
      login: clinician.login,
      patient: patient.patientId,
      encounter: "",
    };
    const response = await post(`${site.url}/interconnect/hyperspace/launch`, chosen);
    const address = /<iframe [^>]*src="(?<src>[^"]+)"/u.exec(await response.text())?.groups?.[
      "src"
    ];
    const body = await answerTo(site, new URL((address ?? "").replaceAll("&amp;", "&")));
    expect(body["need_patient_banner"]).toBe("false");
    expect(body).not.toHaveProperty("encounter");
  });

  test("1.3 context mnemonics: each becomes a member, none takes the place of another", async () => {
    const launchContext =
      "a=%SYSLOGIN%&b=%EPICUSERID%&c=%USERPROVFHIRID%&d=%USERFNAME%&e=%USERLNAME%&f=%EPTID%&g=%CSN%&h=%DOB%&i=%LOGINDEPTID%&j=%NOSUCH%&k=fixed&scope=all";
    const app = {
      name: "M",
      clientId: "mnemonic",
      audience: "clinicians" as const,
      redirectUris: ["http://127.0.0.1:8080/callback"],
      launchUrl: "http://127.0.0.1:8080/launch",
      launchContext,
    };
    const site = await startSite({ clients: [app] });
    const url = await launchFrom(site, { tab: "mnemonic" });
    const launch = url.searchParams.get("launch") ?? "";
    const done = await authorize(site, launch, { client_id: "mnemonic" });
    const code = redirectOf(done).searchParams.get("code") ?? "";
    const body = await (await exchange(site, code, { client_id: "mnemonic" })).json();
    expect(body).toMatchObject({
      a: clinician.login,
      b: clinician.id,
      c: clinician.practitionerId,
      d: clinician.given,
      e: clinician.family,
      f: identifierOf("EXTERNAL"),
      g: visit.identifier?.[0]?.value,
      h: chart.birthDate,
      i: departmentId,
      j: "",
      k: "fixed",
      scope: expect.not.stringMatching(/^all$/u) as string,
    });
  });

  test("1.3 launch token: works once, for 300 s, and for its own client", async () => {
    const site = await startSite();
    const tokenOf = async () => (await launchFrom(site)).searchParams.get("launch") ?? "";
    const used = await tokenOf();
    expect((await authorize(site, used)).status).toBe(302);
    const again = await authorize(site, used);
    const late = await tokenOf();
    site.clock.advance(300_000);
    const tries = [
      again,
      await authorize(site, late),
      await authorize(site, await tokenOf(), { client_id: publicClinicianApp }),
      await authorize(site, "x"),
    ];
    for (const response of tries) {
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("invalid_launch_token");
    }
  });

  test("1.3 scope: without launch in it the user gets a page to sign in", async () => {
    const site = await startSite();
    const launch = (await launchFrom(site)).searchParams.get("launch") ?? "";
    const response = await authorize(site, launch, { scope: "openid" });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Sign in to the hospital");
  });

  test("6 quirk 28: tokens may be empty, and iss that of DSTU2", async () => {
    const site = await startSite({ faults: { emptyLaunch: true } });
    const url = await launchFrom(site);
    expect(url.searchParams.get("launch")).toBe("");
    expect(url.searchParams.get("iss")).toMatch(/\/api\/FHIR\/DSTU2$/u);
  });

  test("is refused for what is not on record", async () => {
    const site = await startSite();
    const chosen = { tab: clinicianApp, login: clinician.login, patient: patient.patientId };
    for (const changes of [{ tab: "nobody" }, { login: "nobody" }, { patient: "nobody" }]) {
      const form = { ...chosen, ...changes };
      expect((await post(`${site.url}/interconnect/hyperspace/launch`, form)).status).toBe(404);
    }
  });
});
