import { existsSync } from "node:fs";
import { reveal } from "@trestle/base";
import { type Browser, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { everybodysPassword } from "../../src/access/users.ts";
import { clinician, patient, visit, ward } from "../support/people.ts";
import { startSite } from "../support/site.ts";
import { startSmartApplication } from "../support/smart-application.ts";

// An application made with the client for applications, opened in a real browser.

const chromiumPath = "/usr/bin/chromium";
const hasBrowser = existsSync(chromiumPath);
if (!hasBrowser) process.stdout.write(`skipped: no ${chromiumPath} here, so no page is opened\n`);

describe.skipIf(!hasBrowser && process.env["CI"] !== "true")("in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] });
  });

  afterAll(() => browser.close());

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(url);
    return page;
  }

  test("a clinician signs in at the application, after a wrong try, and reads who they are", async () => {
    const { app } = await siteWithApp("clinicians");
    const page = await open(`${app.url}/clinician`);
    await page.getByLabel("User name").fill(clinician.login);
    await page.getByLabel("Password").fill("guess");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.getByLabel("User name").fill(clinician.login);
    await page.getByLabel("Password").fill(everybodysPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: `Clinician ${clinician.name}` }).waitFor();
    expect(app.sessions).toHaveLength(1);
    expect(app.sessions[0]?.tokens.context.patient).toBeUndefined();
  });

  test("a patient chooses a record and how long, and the application reads that record", async () => {
    const { app } = await siteWithApp("patients");
    const page = await open(`${app.url}/patient`);
    await page.getByLabel("User name").fill(patient.login);
    await page.getByLabel("Password").fill(everybodysPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel(ward.name).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("For how long").selectOption("1 week");
    await page.getByRole("button", { name: "Allow access" }).click();
    await page.getByRole("heading", { name: `Patient ${ward.name}` }).waitFor();
    expect(contextOf(app)).toMatchObject({ patient: ward.patientId });
  });

  test("a patient who refuses sends the application away with the reason", async () => {
    const { app } = await siteWithApp("patients");
    const page = await open(`${app.url}/patient`);
    await page.getByLabel("User name").fill(ward.login);
    await page.getByLabel("Password").fill(everybodysPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByText("smart.accessDenied").waitFor();
    expect(app.sessions).toEqual([]);
  });

  test.each([
    { button: "Open here", isBannerNeeded: false },
    { button: "Open in a tab", isBannerNeeded: true },
  ])("an application is launched by $button, for the visit that is open", async (row) => {
    const { site, app } = await siteWithApp("clinicians");
    const page = await open(site.launchPage);
    await page.getByRole("link", { name: patient.name }).first().click();
    await page.getByLabel("Visit").selectOption(visit.id ?? "");
    const inside = page.getByRole("group", { name: "App" });
    await inside.getByRole("button", { name: row.button }).click();
    const shown = row.isBannerNeeded ? page : page.frameLocator("iframe");
    await shown.getByRole("heading", { name: `Patient ${patient.name}` }).waitFor();
    expect(contextOf(app)).toEqual({
      patient: patient.patientId,
      encounter: visit.id,
      needsPatientBanner: row.isBannerNeeded,
    });
  });
});

type Application = Awaited<ReturnType<typeof startSmartApplication>>;

/** What came with the token of the only session. */
function contextOf({ sessions }: Application) {
  expect(sessions).toHaveLength(1);
  const { patient: whom, encounter, needsPatientBanner } = sessions[0]?.tokens.context ?? {};
  return {
    patient: whom && reveal(whom),
    encounter: encounter && reveal(encounter),
    needsPatientBanner,
  };
}

/** A site that knows an application, and an application that knows the site. */
async function siteWithApp(audience: "clinicians" | "patients") {
  const app = await startSmartApplication();
  const site = await startSite({
    users: [{ login: patient.login, actsFor: [ward.login] }],
    clients: [
      {
        name: "App",
        clientId: "app",
        audience,
        redirectUris: [`${app.url}/callback`],
        launchUrl: `${app.url}/launch`,
      },
    ],
  });
  const { fhirBase: fhirBaseUrl } = site.site.addresses;
  app.connect({ fhirBaseUrl, clock: site.clock, clientId: "app" });
  return { site, app };
}
