import { eventually } from "@trestle/testkit";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildConsole } from "../house/build-console.ts";
import { git } from "../support/code-decisions-folder.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { type ConsoleBrowser, hasBrowser, openBrowser } from "../support/console-browser.ts";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission, result } from "../support/messages.ts";
import { connectPeer } from "../support/mllp-peer.ts";

let folder: IntegrationFolder;
let hub: HubProcess;
let browser: ConsoleBrowser;
let page: Page;

describe.skipIf(!hasBrowser())("what another revision would do, in a browser", () => {
  beforeAll(async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    folder = integrationFolder("http://127.0.0.1:9/");
    folder.write("trestle.yaml", settings);
    git(folder, "init", "-q", "-b", "main");
    git(folder, "add", ".");
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Begin");
    hub = await startHubProcess(folder);
    const peer = await connectPeer(hub.mllpPort);
    await peer.send(admission({ controlId: "W1", patient: 990_201 }));
    await peer.send(admission({ controlId: "W2", patient: 990_202 }));
    await peer.send(result("W3").replace("19800115|F", "19800115"));
    peer.close();
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

  test("is nothing before somebody asked, and the page says how to ask", async () => {
    await open("/what-if");
    await page.getByRole("heading", { name: "Nothing was compared yet" }).waitFor();
    await shows(page.getByRole("main"), "npx trestle replay --what-if . --since 24h");
    await hasNoFinding();
  });

  test("is told by groups with counts, and each leads down to its messages", async () => {
    folder.write("sites/harbor/overlay.yaml", overlay);
    folder.write("what-if.yaml", rules);
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForURL(/run=1/u);
    await shows(heading(), "The folder as it lies changes 2 of 3 messages, and 1 as declared");
    expect(await cells("Patient.gender")).toEqual([
      "Removed",
      expect.stringContaining("by table gender"),
      "2",
      "2",
    ]);
    expect(await cells("Patient.birthDate")).toEqual([
      "Removed",
      expect.stringContaining("Harmless by rule 1: Nobody reads it."),
      "3",
      "3",
    ]);
    expect(await page.getByRole("main").innerText()).not.toMatch(/BEAM|1980/u);
    await row("Patient.gender").locator("summary").click();
    await shows(row("Patient.gender"), /2 ×\s*text of 6 characters → nothing/u);
    await hasNoFinding();
    await row("Patient.gender").getByRole("link", { name: "ADT^A08 W1" }).click();
    await shows(heading(), "W1");
    await page.goBack();
    await row("Patient.gender").waitFor();
  });

  test("is found again where nothing differs", async () => {
    await compare("main");
    await shows(heading(), "main changes none of 3 messages.");
    const earlier = page.getByRole("region", { name: "Last comparisons" });
    await earlier.getByRole("link", { name: /^h-/u }).click();
    await shows(heading(), "The folder as it lies changes 2 of 3 messages");
  });

  test("is refused for a revision that is not there, and for one that has problems", async () => {
    await compare("no-such-branch");
    await shows(heading(), "no-such-branch has 1 problem.");
    await shows(page.getByRole("alert"), "has no such revision");
    await shows(page.getByRole("alert"), "Name a commit, branch or tag.");
    await hasNoFinding();
    await open("/what-if?against=no-such-tag");
    await page.getByRole("button", { name: "Compare with no-such-tag" }).click();
    await shows(heading(), "no-such-tag has 1 problem.");
    await compare("../elsewhere");
    await shows(page.getByRole("alert"), "is a commit, branch or tag");
  });

  test("is stopped by a click, and no second one begins before that", async () => {
    folder.write("transforms/endless.ts", endless);
    folder.write("sites/harbor/overlay.yaml", "transforms: [endless]\n");
    await open("/what-if");
    await compare(".");
    const stop = page.getByRole("button", { name: "Stop" });
    await stop.waitFor();
    await shows(heading(), /^Comparing h-\w+: 0 of 3 messages/u);
    await page.getByRole("button", { name: "Compare" }).click();
    await shows(page.getByRole("alert"), "hub.whatIfBusy");
    await stop.click();
    await shows(heading(), "Comparing the folder as it lies was stopped.");
    await stop.waitFor({ state: "detached" });
  });

  test("is reached on a phone by the keyboard, behind More", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/messages");
    const rail = page.getByRole("navigation", { name: "Pages" });
    expect(await rail.getByRole("link").allInnerTexts()).toEqual(places);
    await rail.getByRole("button", { name: "More" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Codes" }).waitFor();
    await hasNoFinding();
    await page.keyboard.press("ArrowDown");
    await eventually("the second is chosen", async () => (await focused()) === "What-if");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/what-if/u);
    const status = await rail.getByRole("button", { name: "More" }).getAttribute("data-status");
    expect(status).toBe("active");
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test.each(["light", "dark"] as const)("fits a phone in the %s theme", async (theme) => {
    await page.evaluate(`localStorage.setItem("trestle-theme", "${theme}")`);
    await page.setViewportSize({ width: 390, height: 844 });
    await open("/what-if?run=1");
    await row("Patient.gender").locator("summary").click();
    await hasNoFinding();
    await eventually("it fits", async () => (await widthBeyond()) === 0, 3000);
    await page.setViewportSize({ width: 1280, height: 800 });
    await hasNoFinding();
  });
});

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, hub.url).href);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function compare(revision: string): Promise<void> {
  await page.getByLabel(/^Commit, branch or tag/u).fill(revision);
  await page.getByRole("button", { name: "Compare" }).click();
}

async function shows(place: Locator, text: string | RegExp): Promise<void> {
  await place.filter({ hasText: text }).waitFor();
}

async function hasNoFinding(): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
}

function heading(): Locator {
  return page.getByRole("heading", { level: 1 });
}

function row(path: string): Locator {
  return page.getByRole("row").filter({ has: page.getByText(path, { exact: true }) });
}

function cells(path: string): Promise<string[]> {
  return row(path).getByRole("cell").allInnerTexts();
}

/** What a person who presses keys is at. */
function focused(): Promise<string> {
  return page.locator(":focus").innerText();
}

/** How far the page can be scrolled sideways, in pixels. */
function widthBeyond(): Promise<number> {
  return page.evaluate<number>(
    "Math.max(...[document.documentElement, document.querySelector('main')].map((each) => each.scrollWidth - each.clientWidth))",
  );
}

const places = ["Overview", "Messages", "Patients", "Sites", "Deliveries"];

/** So that a comparison that comes to no end runs until somebody stops it. */
const settings = `http: { port: 0 }
listeners: { hospital: { type: mllp, port: 0 } }
processing: { timeoutSeconds: 60 }
`;
const overlay = `maps:
  patient:
    - { change: remove, row: birthDate }
    - { change: remove, row: gender }
`;
const rules = `harmless:
  - { path: Patient.birthDate, kind: removed, reason: Nobody reads it. }
`;
const endless = "export const transform = { after() { for (;;); } };\n";
