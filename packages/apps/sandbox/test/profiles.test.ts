import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { everybodysPassword } from "../src/access/users.ts";
import { loadProfile, readyProfiles } from "../src/io/load-profile.ts";
import { startSandbox } from "../src/io/sandbox.ts";
import { sandboxSettings } from "../src/settings.ts";
import { startSite as startFhirSite } from "./fhir/support/site.ts";
import { folderWith } from "./support/folder.ts";
import { clinician, patient } from "./support/people.ts";
import { clinicianApp } from "./support/sign-in.ts";
import { get, startSite } from "./support/site.ts";

describe("ready profiles", () => {
  test("can all be read by their name, say what they are, and start", async () => {
    const names = await readyProfiles();
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) {
      const { faults: _, ...profile } = await loadProfile(name);
      expect(profile.title).not.toBe("");
      const site = await startSite(profile);
      const { fhirBase, token } = site.site.addresses;
      const response = await get(`${fhirBase}/.well-known/smart-configuration`);
      expect(await response.json()).toMatchObject({ token_endpoint: token });
    }
  });

  test.each([
    { name: "proxied-path", fhir: "/FHIRProxy/api/FHIR/R4", oauth: "/oauth2-prd/oauth2/token" },
    { name: "athenahealth", fhir: "/fhir/r4", oauth: "/oauth2/v1/token" },
    { name: "eclinicalworks", fhir: "/fhir/r4/TRESTLE", oauth: "/oauth/oauth2/token" },
  ])("7 paths: $name has FHIR at $fhir and tokens at $oauth", async ({ name, fhir, oauth }) => {
    const { url, site } = await startSite(await loadProfile(name));
    expect(site.addresses).toMatchObject({ fhirBase: `${url}${fhir}`, token: `${url}${oauth}` });
  });

  test("7 limits: eclinicalworks takes 250 calls a minute", async () => {
    const site = await startSite(await loadProfile("eclinicalworks"));
    const path = `${site.site.addresses.fhirBase}/.well-known/smart-configuration`;
    const asked = await Promise.all(Array.from({ length: 251 }, () => get(path)));
    expect(asked.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});

describe("a client that lacks an API", () => {
  test("7 eclinicalworks errors: has JSON of its own with 403, where others have nothing", async () => {
    const profile = await loadProfile("eclinicalworks");
    const { fhirBase: _, ...switches } = profile.switches;
    const lacking = { switches, grant: { apis: new Set<string>() } };
    const site = await startFhirSite(lacking);
    const got = await site.json("Patient?identifier=1");
    await site.close();
    expect(got.status).toBe(403);
    expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(Object.keys(got.json)).toEqual(["error_description", "error", "error_uri"]);
    expect(got.json).toMatchObject({ error_description: "invalid_request", error: "403" });
  });
});

describe("a profile", () => {
  test("says what is kept at most: of two searches the one unused longest gives way", async () => {
    const folder = folderWith({ "small.yaml": "limits: { maxSessions: 1 }\n" });
    const sandbox = await startSandbox(
      sandboxSettings.parse({
        hl7: false,
        rate: 0.01,
        patients: 20,
        profile: join(folder, "small.yaml"),
        http: { port: 0 },
      }),
    );
    onTestFinished(() => sandbox.stop());
    const login = Buffer.from(`emp$${clinician.login}:${everybodysPassword}`).toString("base64");
    const headers = {
      accept: "application/json",
      authorization: `Basic ${login}`,
      "Epic-Client-ID": clinicianApp,
    };
    const query = `patient=${patient.patientId}&category=vital-signs&_count=1`;
    const nextOf = async (): Promise<string> => {
      const got = await get(`${sandbox.http?.fhirBase ?? ""}/Observation?${query}`, headers);
      const { link } = (await got.json()) as { link: readonly { readonly url: string }[] };
      return link[0]?.url ?? "";
    };
    const [first, second] = [await nextOf(), await nextOf()];
    const statuses = [(await get(first, headers)).status, (await get(second, headers)).status];
    expect(statuses).toEqual([400, 200]);
  });

  test("of a file is read, and a wrong one is refused with every problem", async () => {
    const folder = folderWith({
      "mine.yaml": "title: Mine\nswitches: { scopeSpelling: v1 }\n",
      "wrong.yaml":
        "switches: { relase: May 2026 }\nclients: [{ name: A }]\nfaults: { unavailable: 2 }\n",
    });
    const mine = await loadProfile(join(folder, "mine.yaml"));
    expect(mine.switches).toMatchObject({ scopeSpelling: "v1", release: "May 2026" });
    const wrong = loadProfile(join(folder, "wrong.yaml"));
    await expect(wrong).rejects.toMatchObject({ code: "sandbox.profileNotReadable" });
    await expect(wrong).rejects.toThrow(/“release”[\s\S]*wrong\.yaml:2[\s\S]*wrong\.yaml:3/u);
  });

  test("that is not there is refused with the names of the ready ones", async () => {
    await expect(loadProfile("no-such-profile")).rejects.toThrow(/locked-down/u);
  });
});
