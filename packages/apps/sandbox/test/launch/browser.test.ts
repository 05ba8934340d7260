import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { everybodysPassword } from "../../src/access/users.ts";
import { clinician, patient, visit, ward } from "../support/people.ts";
import { authorizeUrl, exchange } from "../support/sign-in.ts";
import { type TestSite, startSite } from "../support/site.ts";

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

  test("a clinician signs in, after a wrong try, and the application gets its code", async () => {
    const { site, app } = await siteWithApp();
    const page = await open(
      authorizeUrl(site, { client_id: "app", redirect_uri: `${app}/callback` }),
    );
    await page.getByLabel("User name").fill(clinician.login);
    await page.getByLabel("Password").fill("guess");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.getByLabel("User name").fill(clinician.login);
    await page.getByLabel("Password").fill(everybodysPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${app}/callback?*`);
    const body = await answerTo(site, page, "app");
    expect(body).toHaveProperty("access_token");
    expect(body).not.toHaveProperty("patient");
  });

  test("a patient chooses a record and how long, and the application gets in", async () => {
    const users = [{ login: patient.login, actsFor: [ward.login] }];
    const { site, app } = await siteWithApp(users);
    const url = authorizeUrl(site, { client_id: "portal", redirect_uri: `${app}/callback` });
    const page = await open(url);
    await page.getByLabel("User name").fill(patient.login);
    await page.getByLabel("Password").fill(everybodysPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel(ward.name).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("For how long").selectOption("1 week");
    await page.getByRole("button", { name: "Allow access" }).click();
    await page.waitForURL(`${app}/callback?*`);
    expect(await answerTo(site, page, "portal")).toMatchObject({ patient: ward.patientId });
  });

  test("an application is launched inside, for the visit that is open", async () => {
    const { site, app } = await siteWithApp();
    const page = await open(site.launchPage);
    await page.getByRole("link", { name: patient.name }).first().click();
    await page.getByLabel("Visit").selectOption(visit.id ?? "");
    const inside = page.getByRole("group", { name: "App" });
    await inside.getByRole("button", { name: "Open here" }).click();
    const frame = page.frameLocator("iframe");
    await frame.getByText("launched").waitFor();
    const within = page.frames().find((one) => one.url().startsWith(`${app}/callback`));
    const code = new URL(within?.url() ?? "about:blank").searchParams.get("code") ?? "";
    const response = await exchange(site, code, {
      client_id: "app",
      redirect_uri: `${app}/callback`,
    });
    expect(await response.json()).toMatchObject({
      patient: patient.patientId,
      encounter: visit.id,
      need_patient_banner: "false",
    });
  });
});

async function answerTo(site: TestSite, page: Page, clientId: string) {
  const { origin, searchParams } = new URL(page.url());
  const code = searchParams.get("code") ?? "";
  const fields = { client_id: clientId, redirect_uri: `${origin}/callback` };
  return (await (await exchange(site, code, fields)).json()) as Record<string, unknown>;
}

/** A site that knows an application which, when launched, asks to be let in. */
async function siteWithApp(users: { login: string; actsFor: string[] }[] = []) {
  let authorize = "";
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (url.pathname !== "/launch") {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>App</title><p>launched</p>");
      return;
    }
    const wanted = new URL(authorize);
    wanted.searchParams.set("scope", "launch openid");
    wanted.searchParams.set("launch", url.searchParams.get("launch") ?? "");
    response.writeHead(302, { location: wanted.href }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const app = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUris = [`${app}/callback`];
  const site = await startSite({
    users,
    clients: [
      {
        name: "App",
        clientId: "app",
        audience: "clinicians",
        redirectUris,
        launchUrl: `${app}/launch`,
      },
      { name: "Portal", clientId: "portal", audience: "patients", redirectUris },
    ],
  });
  authorize = authorizeUrl(site, { client_id: "app", redirect_uri: `${app}/callback` });
  return { site, app };
}
