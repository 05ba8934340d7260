import { eventually } from "@trestle/testkit";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../house/build-console.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { type ConsoleBrowser, hasBrowser, openBrowser } from "../support/console-browser.ts";
import { type DemoProcess, startDemoProcess } from "../support/demo-process.ts";

// What someone sees who typed `trestle demo` and opened the addresses that it prints.

let demo: DemoProcess;
let browser: ConsoleBrowser;
let page: Page;

const isHere = hasBrowser();

describe.skipIf(!isHere)("the demo in a browser", () => {
  beforeAll(async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    demo = await startDemoProcess();
    browser = await openBrowser();
    page = browser.page;
    const isHeard = async () =>
      (await demo.ask<{ items: unknown[] }>("/api/v1/messages?limit=200")).items.length === 200;
    await eventually("the hospital told of its patients", isHeard, 60_000);
  }, 120_000);

  afterAll(async () => {
    await demo.stop();
    await browser.close();
  });

  describe("an application launched from a chart", () => {
    test("opens in a tab with the record that the hub has of the patient", async () => {
      const name = await openChart();
      await application().getByRole("button", { name: "Open in a tab" }).click();
      await page.waitForURL((url) => url.origin === demo.sampleUrl);
      await shows(page.getByRole("heading", { level: 1 }), name);
      await shows(page.getByRole("main"), /\d+ things heard from this hospital/u);
      await page.getByRole("heading", { name: "Visits" }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    });

    test("opens inside of the hospital's program as well", async () => {
      const name = await openChart();
      await application().getByRole("button", { name: "Open here" }).click();
      const inside = page.frameLocator("iframe");
      await shows(inside.getByRole("heading", { level: 1 }), name);
      await shows(inside.getByRole("main"), /\d+ things heard from this hospital/u);
      expect(page.url()).toContain(new URL(demo.launchPage).origin);
    });
  });

  describe("the site over FHIR in the console", () => {
    beforeAll(async () => {
      await page.goto(demo.signInLink);
      await page.getByLabel("Your name").fill("Kim Operator");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("navigation", { name: "Pages" }).waitFor();
    });

    test("is listed, and its page says what it can and what it has granted", async () => {
      await open("/sites");
      await shows(page.getByRole("heading", { level: 1 }), "1 site answers over FHIR.");
      await page.getByRole("link", { name: "Lakeshore Health" }).click();
      await shows(
        page.getByRole("heading", { level: 1 }),
        "Lakeshore Health answers: Epic May 2026",
      );
      await shows(section("Connection"), "signed in");
      await shows(section("Scopes"), "Nothing needed is missing.");
      await page.getByRole("row", { name: /^Observation create/u }).waitFor();
    });

    test("can be asked once somebody says why, and what it remarks is explained", async () => {
      await open("/sites/lakeshore");
      const button = section("Ask").getByRole("button", { name: "Ask" });
      expect(await button.isDisabled()).toBe(true);
      await page.getByRole("button", { name: "Patient data hidden" }).click();
      await page.getByRole("menuitem", { name: "testing" }).click();
      const id = await chartId();
      await page.getByLabel("Query").fill(`Patient/${id}`);
      await button.click();
      await shows(answer(), '"resourceType": "Patient"');
      await page
        .getByLabel("Query")
        .fill("Patient?family=Nobodyknows&given=X&birthdate=1980-01-15");
      await page.keyboard.press("Enter");
      await shows(section("Ask"), "The site says that nothing was found.");
      await page.getByLabel("Query").fill("Patient");
      await page.keyboard.press("Enter");
      await shows(section("Ask").getByRole("status"), "400");
      await shows(
        section("Ask").getByRole("listitem"),
        /A rule of Epic's .*fhir\.requestRefused 59159/u,
      );
      await page.getByLabel("Query").fill("Procedure?patient=1");
      await page.keyboard.press("Enter");
      await shows(section("Ask").getByRole("listitem"), /do not cover this.*gateway\.notNeeded/u);
      expect(await seriousFindings(page)).toEqual([]);
      expect(page.url()).not.toContain(id);
      await page.setViewportSize({ width: 390, height: 844 });
      await eventually("it fits", async () => (await widthBeyond()) === 0, 5000);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    test("says what is wrong with a query before it is sent, at the field", async () => {
      await open("/sites/lakeshore");
      const field = page.getByRole("textbox", { name: "Query" });
      await field.waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("patient/1");
      await page.keyboard.press("Enter");
      await shows(section("Ask"), "It must be a resource type with an id or with parameters");
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      expect(await section("Ask").getByRole("alert").count()).toBe(0);
      expect(await answer().count()).toBe(0);
      await page.keyboard.type("?");
      expect(await field.getAttribute("aria-invalid")).not.toBe("true");
    });

    test("gives one page after the other, and says why there is no total", async () => {
      await open("/sites/lakeshore");
      await page.getByLabel("Query").fill(`Observation?patient=${await chartId()}`);
      await page.keyboard.press("Enter");
      await shows(section("Ask"), "count only what is on one page");
      const first = await answer().innerText();
      expect(first).not.toContain('"total"');
      await section("Ask").getByRole("button", { name: "Next page" }).click();
      await eventually("another page", async () => {
        const shown = await answer().innerText();
        return shown !== first && shown.includes('"Observation"');
      });
      expect(await page.getByLabel("Query").inputValue()).toMatch(/^Observation\?_cursor=/u);
    });

    test("forgets an answer when the purpose is another, and keeps what was asked", async () => {
      await open("/sites/lakeshore");
      const query = `Patient/${await chartId()}`;
      await page.getByLabel("Query").fill(query);
      await page.keyboard.press("Enter");
      await shows(answer(), '"resourceType": "Patient"');
      await page.getByRole("button", { name: "Shown for testing" }).click();
      await page.getByRole("menuitem", { name: "audit" }).click();
      await page.getByRole("button", { name: "Shown for audit" }).waitFor();
      expect(await answer().count()).toBe(0);
      expect(await page.getByLabel("Query").inputValue()).toBe(query);
      await page.keyboard.press("Escape");
    });

    describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
      beforeAll(() => page.evaluate(`localStorage.setItem("trestle-theme", "${theme}")`));

      test.each(["/sites", "/sites/lakeshore"])(
        "the page %s has no serious finding and fits a phone",
        async (path) => {
          await open(path);
          await page
            .getByText(/Lakeshore Health/u)
            .first()
            .waitFor();
          await page.getByRole("row").nth(1).waitFor();
          expect(await seriousFindings(page)).toEqual([]);
          await page.setViewportSize({ width: 390, height: 844 });
          await eventually("it fits", async () => (await widthBeyond()) === 0, 5000);
          // What a phone shows is other than what a wide screen shows, in either theme the same.
          if (theme === "light") expect(await seriousFindings(page)).toEqual([]);
          await page.setViewportSize({ width: 1280, height: 800 });
        },
      );
    });

    test("says in its first line that it does not answer, and so does the list", async () => {
      await open("/sites/lakeshore");
      await demo.misbehave({ unavailable: 1, on: "fhir" });
      await page.getByLabel("Query").fill("Patient/e1");
      await page.keyboard.press("Enter");
      await shows(section("Ask").getByRole("listitem"), "fhir.unavailable");
      const failed = "failed at the newest request: fault of the server.";
      await shows(page.getByRole("heading", { level: 1 }), failed);
      await shows(section("Requests").getByRole("row"), "fault of the server");
      await open("/sites");
      await shows(page.getByRole("heading", { level: 1 }), "The newest request failed at 1 site.");
      await demo.misbehave({});
    });

    test("no script failed, and the page's own policy refused nothing", () => {
      const missing = /Failed to load resource/u;
      expect(browser.complaints.filter((text) => !missing.test(text))).toEqual([]);
    });
  });
});

/** Opens the first chart of the hospital's program; gives the patient's name. */
async function openChart(): Promise<string> {
  await page.goto(demo.launchPage);
  const link = charts().first();
  const name = await link.innerText();
  await link.click();
  await application().waitFor();
  return name;
}

async function chartId(): Promise<string> {
  const other = await browser.context.newPage();
  await other.goto(demo.launchPage);
  const address = await other.locator('a[href*="/patients/"]').first().getAttribute("href");
  await other.close();
  return decodeURIComponent(address?.split("/").at(-1) ?? "");
}

function charts(): Locator {
  return page.locator('a[href*="/patients/"]');
}

function application(): Locator {
  return page.getByRole("group", { name: "Sample application", exact: true });
}

function answer(): Locator {
  return page.getByRole("region", { name: "The answer" });
}

function section(name: string): Locator {
  return page.getByRole("region", { name: new RegExp(`^${name}`, "u") });
}

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, demo.hubUrl).href);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function shows(place: Locator, text: string | RegExp): Promise<void> {
  await place.filter({ hasText: text }).waitFor();
}

/** How far the page can be scrolled sideways, in pixels. */
function widthBeyond(): Promise<number> {
  return page.evaluate<number>(
    "Math.max(...[document.documentElement, document.querySelector('main')].map((each) => each.scrollWidth - each.clientWidth))",
  );
}
