import { readFileSync } from "node:fs";
import { eventually } from "@trestle/testkit";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../house/build-console.ts";
import { git } from "../support/code-decisions-folder.ts";
import { type CodesHub, startCodesHub } from "../support/codes-hub.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { type ConsoleBrowser, hasBrowser, openBrowser } from "../support/console-browser.ts";

let site: CodesHub;
let browser: ConsoleBrowser;
let page: Page;

describe.skipIf(!hasBrowser())("the codes in a browser", () => {
  beforeAll(async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    site = await startCodesHub(50_000);
    browser = await openBrowser();
    page = browser.page;
    await page.goto(site.hub.signInLink ?? "");
    await page.getByLabel("Your name").fill("Kim Operator");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await site.stop();
  });

  test("say which came most often, and follow the reader through 50,000", async () => {
    await open("/codes");
    await shows(heading(), /^More than 200 codes have no row; NAX came most often, in 3 messages/u);
    await shows(rows().nth(1), "NAX");
    expect(await rows().count()).toBeLessThan(60);
    await eventually("further pages came", async () => {
      await page.evaluate("document.querySelector('[class*=scroller]').scrollTo(0, 1e9)");
      return /^[1-9],\d{3} codes/u.test(
        await page
          .getByText(/\d codes/u)
          .last()
          .innerText(),
      );
    });
    expect(await rows().count()).toBeLessThan(60);
  });

  test("are narrowed by table, code and order, which stand in the address", async () => {
    await open("/codes");
    await page.getByRole("combobox", { name: "Table" }).click();
    await page.getByRole("option", { name: "units" }).click();
    await page.waitForURL(/table=units/u);
    await shows(rows().nth(1), "flurbs");
    await page.reload();
    await shows(rows().nth(1), "flurbs");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByLabel("Code", { exact: true }).fill("CODE-49999");
    await page.getByLabel("Code", { exact: true }).press("Enter");
    await shows(heading(), "1 code has no row");
    await open("/codes?order=lastSeen");
    await shows(heading(), "came last");
  });

  test("say how much of each table messages use, and which rows nothing used", async () => {
    await open("/codes");
    await page.getByText("Coverage").click();
    await page.waitForURL(/view=coverage/u);
    const table = page.getByRole("row", { name: /^observation-code/u }).first();
    await shows(table, /observation-code/u);
    const unused = page.getByRole("link", { name: /unused rows of/u }).first();
    await unused.click();
    await page.getByRole("heading", { name: /that nothing used/u }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("are reached, moved through, chosen, opened and left by keys alone", async () => {
    await open("/");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.waitForURL(/\/codes/u);
    await rows().nth(1).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    expect(await page.getByLabel("Choose NAX").isChecked()).toBe(true);
    await page.keyboard.press("x");
    await page.keyboard.press("Enter");
    await panel("NAX").waitFor();
    await page.keyboard.press("j");
    await page.waitForURL(/open=harbor/u);
    await panel("NAX").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.search.includes("open"));
  });

  test("show the messages behind them, and what they may mean with the reason", async () => {
    await open(`/codes?open=${encodeURIComponent("harbor/observation-code/NAX")}`);
    await shows(panel("NAX"), "in 3 messages");
    await shows(panel("NAX"), "“NAX” means this at Summit Clinic.");
    await panel("NAX").getByRole("link", { name: "3", exact: true }).click();
    await page.waitForURL(/\/messages\/3$/u);
    await shows(page.getByRole("heading", { level: 1 }), "M3");
  });

  test("say at the decision what cannot be", async () => {
    await open(`/codes?open=${encodeURIComponent("harbor/observation-code/KAX")}`);
    await panel("KAX").getByLabel("System").fill("http://loinc.org");
    await panel("KAX").getByLabel("Code", { exact: true }).fill("2823-4");
    await panel("KAX").getByRole("button", { name: "Map to this" }).click();
    await page.getByRole("button", { name: "Review change set" }).click();
    const dialog = page.getByRole("dialog");
    await shows(dialog, /KAX “2823-4” cannot be a code of LOINC/u);
    expect(await dialog.getByRole("button", { name: "Download patch" }).count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("button", { name: "Drop decisions" }).click();
  });

  test("are decided by a suggestion and together, and become a patch or a commit", async () => {
    await open("/codes");
    await page.getByRole("link", { name: "NAX", exact: true }).click();
    await panel("NAX").getByRole("button", { name: "Use 2951-2 Sodium" }).click();
    await shows(panel("NAX"), "Decided: 2951-2");
    await page.getByLabel("Choose MISC").check();
    await page.getByRole("link", { name: "KAX", exact: true }).click();
    await shows(panel("KAX"), "counts for 2 codes");
    await panel("KAX").getByRole("button", { name: "Not mapped on purpose" }).click();
    await page.getByText("3 codes decided.").waitFor();
    await page.getByRole("button", { name: "Review change set" }).click();
    const dialog = page.getByRole("dialog");
    await shows(dialog, "3 rows in 1 table");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download patch" }).click(),
    ]);
    const patch = readFileSync((await download.path()) ?? "", "utf8");
    expect(git(site.folder, "apply", "--check", (await download.path()) ?? "")).toBe("");
    expect(patch).toContain("+NAX,Sodium,http://loinc.org,2951-2,mapped,");
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Commit" }).click();
    await shows(dialog, /Commit [0-9a-f]{12} is made/u);
    expect(git(site.folder, "log", "-1", "--format=%an: %s")).toBe(
      "Kim Operator: Decide NAX, KAX, MISC at harbor",
    );
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await page.getByText("3 codes decided.").waitFor({ state: "detached" });
  });

  describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
    beforeAll(async () => {
      await page.evaluate(`localStorage.setItem("trestle-theme", "${theme}")`);
    });

    test.each([
      ["the list", "/codes", () => rows().nth(1)],
      [
        "an open code",
        `/codes?open=${encodeURIComponent("harbor/observation-code/NAX")}`,
        () => page.getByRole("button", { name: "Use 2951-2 Sodium" }),
      ],
      ["no match", "/codes?local=NONE", () => page.getByText("No code without a row fits")],
    ] as const)("%s has no serious finding and fits a phone", async (_, path, ready) => {
      await open(path);
      await ready().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await eventually("it fits", async () => (await widthBeyond()) === 0, 3000);
      if (theme === "light") expect(await seriousFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  });

  test("a hub that is gone is told", async () => {
    await site.hub.stop();
    await page.getByLabel("Code", { exact: true }).fill("OTHER");
    await page.getByLabel("Code", { exact: true }).press("Enter");
    await shows(page.getByRole("alert"), "The hub does not answer.");
  });
});

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, site.hub.url).href);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function shows(place: Locator, text: string | RegExp): Promise<void> {
  await place.filter({ hasText: text }).waitFor();
}

function heading(): Locator {
  return page.getByRole("heading", { level: 1 });
}

function rows(): Locator {
  return page.getByRole("table", { name: "Codes without a row" }).getByRole("row");
}

function panel(local: string): Locator {
  return page.getByRole("region", { name: `Code ${local}`, exact: true });
}

/** How far the page can be scrolled sideways, in pixels. */
function widthBeyond(): Promise<number> {
  return page.evaluate<number>(
    "Math.max(...[document.documentElement, document.querySelector('main')].map((each) => each.scrollWidth - each.clientWidth))",
  );
}
