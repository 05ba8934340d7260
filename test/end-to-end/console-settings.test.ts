import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "@trestle/testkit";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../house/build-console.ts";
import { codesFolder, git } from "../support/code-decisions-folder.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { type ConsoleBrowser, hasBrowser, openBrowser } from "../support/console-browser.ts";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import type { IntegrationFolder } from "../support/integration-folder.ts";

let folder: IntegrationFolder;
let hub: HubProcess;
let browser: ConsoleBrowser;
let page: Page;

const file = "sites/harbor/site.yaml";

describe.skipIf(!hasBrowser())("settings in a browser", () => {
  beforeAll(async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    folder = codesFolder("http://127.0.0.1:9/", { commitToGit: true });
    hub = await startHubProcess(folder);
    browser = await openBrowser();
    page = browser.page;
    await page.goto(hub.signInLink ?? "");
    await page.getByLabel("Your name").fill("Kim Operator");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
  });

  afterAll(async () => {
    await browser.close();
    await hub.stop();
    folder.remove();
  });

  test("are found from the configuration, and opened part by part in the address", async () => {
    await open("/configuration");
    await page.getByRole("link", { name: "Edit settings" }).click();
    await page.getByRole("link", { name: file, exact: true }).click();
    await page.getByRole("textbox", { name: "title" }).waitFor();
    await toggle("environments").press("Enter");
    await toggle("nonproduction").press("Enter");
    await page.waitForURL(/open=environments%2Fnonproduction/u);
    await page.reload();
    await page.getByRole("textbox", { name: "label" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("say beside the field what is wrong, and in a list that leads there", async () => {
    await open(`/settings?file=${file}&open=environments/nonproduction/feeds/0`);
    await page.getByRole("textbox", { name: "listener" }).fill("nine");
    await page.getByRole("button", { name: "Review change set" }).click();
    const problems = page.getByRole("alert", { name: "Problems" });
    await shows(problems, "There is no listener “nine”.");
    const field = page.getByRole("textbox", { name: "listener" });
    await shows(page.getByRole("region", { name: "1", exact: true }), "There is no listener");
    expect(await field.getAttribute("aria-describedby")).toContain("-error");
    expect(await seriousFindings(page)).toEqual([]);
    await toggle("environments").click();
    await problems.getByRole("button").click();
    await eventually("the field has the focus", () =>
      field.evaluate((element) => element === element.ownerDocument.activeElement),
    );
  });

  test("become a patch, or a commit in the person's name", async () => {
    await page.getByRole("textbox", { name: "listener" }).fill("hospital");
    await page.getByRole("textbox", { name: "label" }).fill("Harbor TST");
    await page.getByLabel("Why").fill("As the hospital calls it");
    await page.getByRole("button", { name: "Review change set" }).click();
    const dialog = page.getByRole("dialog");
    await shows(dialog, `1 change in ${file}`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download patch" }).click(),
    ]);
    const patch = (await download.path()) ?? "";
    expect(git(folder, "apply", "--check", patch)).toBe("");
    expect(readFileSync(patch, "utf8")).toContain("+    label: Harbor TST\n");
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Commit" }).click();
    await shows(dialog, /Commit [0-9a-f]{12} is made/u);
    expect(git(folder, "log", "-1", "--format=%an: %s")).toBe(
      `Kim Operator: Change settings in ${file}`,
    );
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("region", { name: "Changes" }).waitFor({ state: "detached" });
    expect(readFileSync(join(folder.path, file), "utf8")).toContain("label: Harbor TST");
  });

  test("have lists and maps that grow, shrink and change their order", async () => {
    await open(`/settings?file=${file}&open=environments/nonproduction/feeds/0/channels`);
    const channels = page.getByRole("region", { name: "channels" });
    await channels.getByRole("button", { name: "Add item" }).click();
    await channels.getByRole("textbox").nth(1).fill("second");
    await channels.getByRole("button", { name: "Move 2 up" }).click();
    expect(await channels.getByRole("textbox").first().inputValue()).toBe("second");
    await channels.getByRole("button", { name: "Remove 1" }).click();
    expect(await channels.getByRole("textbox").count()).toBe(1);
    await page.getByRole("button", { name: "Add holidays", exact: true }).click();
    await page.getByLabel("Name of a new entry of holidays").fill("2026-07-03");
    await page.getByRole("button", { name: "Add entry" }).click();
    await page.getByLabel("Value", { exact: true }).fill("Independence Day");
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    await name.fill("2026-07-04");
    await name.press("Enter");
    await page.waitForURL(/open=holidays%2F2026-07-04/u);
    expect(await page.getByRole("textbox", { name: "Value", exact: true }).inputValue()).toBe(
      "Independence Day",
    );
    await shows(page.getByRole("region", { name: "Changes" }), "1 change, not written yet.");
    await page.getByRole("button", { name: "Drop changes" }).click();
    await page.getByRole("button", { name: "Add holidays", exact: true }).waitFor();
  });

  test.each([
    ["the files", "/settings"],
    ["a form", `/settings?file=${file}&open=environments/nonproduction/feeds/0`],
  ] as const)("%s fit a phone, and the dark theme has no serious finding", async (_, path) => {
    await page.evaluate('localStorage.setItem("trestle-theme", "dark")');
    await page.setViewportSize({ width: 390, height: 844 });
    await open(path);
    await page.getByText(/can be edited here|What is left empty/u).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await eventually("it fits", async () => (await widthBeyond()) === 0, 3000);
  });

  test("complain of nothing, and break no rule of the page's own policy", () => {
    // Chromium notes the refusals that the tests above provoke as failed requests.
    expect(browser.complaints.filter((text) => !text.includes("status of 4"))).toEqual([]);
  });
});

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, hub.url).href);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function shows(place: Locator, text: string | RegExp): Promise<void> {
  await place.filter({ hasText: text }).first().waitFor();
}

function toggle(part: string): Locator {
  return page.getByRole("region", { name: part, exact: true }).getByRole("button").first();
}

/** How far the page can be scrolled sideways, in pixels. */
function widthBeyond(): Promise<number> {
  return page.evaluate<number>(
    "Math.max(...[document.documentElement, document.querySelector('main')].map((each) => each.scrollWidth - each.clientWidth))",
  );
}
