import { describe, expect, test } from "vitest";
import { everybodysPassword } from "../../src/access/users.ts";
import { clinician, colleague, patient } from "../support/people.ts";
import { clinicianApp, patientDeviceApp } from "../support/sign-in.ts";
import { type TestSite, get, startSite } from "../support/site.ts";

const own = { login: `emp$${clinician.login}`, password: everybodysPassword };

function basic({ login, password }: { readonly login: string; readonly password: string }) {
  return { authorization: `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}` };
}

async function statusOf(
  { site }: TestSite,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  return (await get(`${site.addresses.fhirBase}/Patient/${patient.patientId}`, headers)).status;
}

describe("a name and a password", () => {
  test("1.10 Basic: lets a user of the hospital in, by a client that is on record", async () => {
    const site = await startSite();
    expect(await statusOf(site, { ...basic(own), "Epic-Client-ID": clinicianApp })).toBe(200);
  });

  test.each([
    { what: "without a client", shown: own, headers: {} },
    { what: "with an unknown client", shown: own, headers: { "Epic-Client-ID": "nobody" } },
    {
      what: "with a patients' client",
      shown: own,
      headers: { "Epic-Client-ID": patientDeviceApp },
    },
    {
      what: "with a wrong password",
      shown: { ...own, password: "guess" },
      headers: { "Epic-Client-ID": clinicianApp },
    },
    {
      what: "without the mark of a user",
      shown: { ...own, login: clinician.login },
      headers: { "Epic-Client-ID": clinicianApp },
    },
    {
      what: "for a user of another kind",
      shown: own,
      headers: {
        "Epic-Client-ID": clinicianApp,
        "Epic-User-ID": colleague.login,
        "Epic-User-IDType": "INTERNAL",
      },
    },
  ])("1.10 Basic: $what is 401", async ({ shown, headers }) => {
    expect(await statusOf(await startSite(), { ...basic(shown), ...headers })).toBe(401);
  });

  test("1.10 Basic: in the name of another, it is that one's rights that count", async () => {
    const site = await startSite({ users: [{ login: colleague.login, apis: ["Binary.Read*"] }] });
    const headers = {
      ...basic(own),
      "Epic-Client-ID": clinicianApp,
      "Epic-User-ID": colleague.login,
      "Epic-User-IDType": "EXTERNAL",
    };
    expect(await statusOf(site, headers)).toBe(403);
  });

  test("1.10 Basic: is 401 where a site does not have it", async () => {
    const site = await startSite({ switches: { basicAuthentication: false } });
    expect(await statusOf(site, { ...basic(own), "Epic-Client-ID": clinicianApp })).toBe(401);
  });
});
