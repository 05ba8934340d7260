import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "@trestle/testkit";
import type { Locator, Page } from "playwright-core";
import { buildConsole } from "../house/build-console.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { type ConsoleBrowser, hasBrowser, openBrowser } from "../support/console-browser.ts";
import { type ConsoleHub, startConsoleHub } from "../support/console-hub.ts";
import { person } from "../support/console-messages.ts";
import { admission } from "../support/messages.ts";

let site: ConsoleHub;
let browser: ConsoleBrowser;
let page: Page;

const isHere = hasBrowser();

describe.skipIf(!isHere)("the console in a browser", () => {
  beforeAll(async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    site = await startConsoleHub(120);
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

  describe("signing in", () => {
    test("leaves no token in the address, and the same link does not work again", async () => {
      const other = await browser.context.newPage();
      await other.goto(site.hub.signInLink ?? "");
      await other.waitForURL((url) => url.hash === "");
      await other.getByLabel("Your name").fill("Somebody Else");
      await other.getByRole("button", { name: "Sign in" }).click();
      await other.getByRole("alert").waitFor();
      await shows(other.getByRole("main"), "npx trestle sign-in");
      expect(await seriousFindings(other)).toEqual([]);
      await other.close();
    });

    test("says where a link comes from to who has none", async () => {
      const other = await browser.context.newPage();
      await other.goto(new URL("/sign-in", site.hub.url).href);
      await shows(other.getByRole("main"), "npx trestle sign-in");
      expect(await seriousFindings(other)).toEqual([]);
      await other.close();
    });
  });

  describe("the overview", () => {
    test("says the situation in its first line, and each channel's rate and last message", async () => {
      await open("/");
      await shows(page.getByRole("heading", { level: 1 }), /1 held until a person decides/u);
      for (const channel of ["adt-in", "results-in", "orders-in"]) {
        const row = page.getByRole("row", { name: channel });
        await shows(row, /\d\/min/u);
        await shows(row, /\d (?:s|min) ago/u);
      }
      await shows(page.getByRole("row", { name: "other-in" }), "never");
    });

    test("leads from a count to the rows that it counted", async () => {
      await open("/");
      await page.getByRole("row", { name: "adt-in" }).getByRole("link").last().click();
      await page.waitForURL(/\/messages\?.*problems=all/u);
      await shows(rows().nth(1), "refused");
    });
  });

  describe("the list of messages", () => {
    test("shows a message as it comes; a reader who chose a row is not disturbed", async () => {
      await open("/messages");
      await rows().nth(1).waitFor();
      await send("L1");
      await row("L1").waitFor();
      await page.keyboard.press("j");
      await send("L2");
      const fresh = page.getByRole("button", { name: "1 new" });
      await fresh.waitFor();
      expect(await row("L2").count()).toBe(0);
      await fresh.click();
      await row("L2").waitFor();
    });

    test("is narrowed by filters that stand in the address", async () => {
      await open("/messages");
      await page.getByRole("combobox", { name: "Outcome" }).click();
      await page.getByRole("option", { name: "Refused", exact: true }).click();
      await page.waitForURL(/disposition=refused/u);
      await page.reload();
      await shows(page.getByText("1 row"), "1 row");
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByLabel("Control id").fill("C101");
      await page.getByLabel("Control id").press("Enter");
      await row("C101").waitFor();
      await eventually("nothing else is listed", async () => (await rows().count()) === 2);
    });

    test("finds a patient's messages without writing the patient into the address", async () => {
      await open("/messages");
      await page.getByLabel("Patient identifier").fill(person.number);
      await page.getByLabel("Patient identifier").press("Enter");
      await eventually("the five are listed", async () => (await rows().count()) === 6);
      expect(page.url()).not.toContain(person.number);
    });

    test("says what to do where nothing matches", async () => {
      await open("/messages?controlId=NONE");
      await page.getByRole("heading", { name: "No message matches" }).waitFor();
    });
  });

  describe("one message", () => {
    test("hides patient data until a purpose is chosen", async () => {
      await open(`/messages/${await idOf("C100")}`);
      await shows(wire(), "MSH|");
      expect(await page.getByRole("main").innerText()).not.toMatch(
        new RegExp(`${person.family}|${person.number}`, "u"),
      );
      await reveal();
      await shows(wire(), person.family);
    });

    test("names a field that is pointed at and says where it went", async () => {
      await open(`/messages/${await idOf("C100")}`);
      await wire().locator('[data-at="PID-5.1"]').hover();
      await shows(page.getByText("Family Name").last(), "Family Name");
      await shows(page.locator("p", { hasText: "PID-5.1" }), "name[0].family");
    });

    test("lights the field that a value came from, and keeps it in the address", async () => {
      await open(`/messages/${await idOf("C100")}`);
      await page.getByRole("button", { name: /^birthDate / }).click();
      const lit = wire().locator('[data-light="same"]');
      await shows(lit, "19800115");
      expect(await lit.getAttribute("data-at")).toBe("PID-7");
      await page.reload();
      await shows(lit, "19800115");
      await page.keyboard.press("Escape");
      await lit.waitFor({ state: "detached" });
    });

    test("shows the answer that was sent and each try of each delivery", async () => {
      await open(`/messages/${await idOf("C100")}`);
      await shows(page.getByRole("region", { name: "Answer to the sender" }), "MSA|AA|C100");
      const deliveries = page.getByRole("region", { name: "Deliveries" });
      await shows(deliveries, /#1 .* not accepted, tried again 503/u);
      await shows(deliveries, /#\d .* delivered 200/u);
    });

    test("is replayed after a reason, and shows the new delivery", async () => {
      await open(`/messages/${await idOf("C101")}`);
      await page.getByRole("button", { name: "Replay" }).click();
      const dialog = page.getByRole("dialog");
      await shows(dialog, "owed to 1 destination before (app-webhook)");
      const act = dialog.getByRole("button", { name: "Replay 1 message" });
      expect(await act.isDisabled()).toBe(true);
      await dialog.getByLabel("Reason").fill("to see it arrive once more");
      await act.click();
      await shows(dialog, "1 delivery queued");
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await shows(page.getByRole("region", { name: "Deliveries" }), "replay");
    });
  });

  describe("patients", () => {
    test("are found by name, which stands neither in the address nor in the title", async () => {
      await open("/patients");
      await reveal();
      await page.getByLabel("Name or identifier").fill(person.family.slice(0, 6).toLowerCase());
      await page.getByLabel("Name or identifier").press("Enter");
      await page.getByRole("link", { name: person.family }).click();
      await shows(page.getByRole("heading", { level: 1 }), `${person.family}, ${person.given}`);
      expect(`${page.url()} ${await page.title()}`).not.toMatch(new RegExp(person.family, "iu"));
    });

    test("have a timeline and charts, and each value leads to its message", async () => {
      await openPatient();
      const results = page.getByRole("region", { name: "Results" });
      await results.locator("figure canvas").waitFor();
      await shows(results.getByRole("row", { name: "HEMOGLOBIN A1C" }), /6\.1 %.*high/u);
      await results.getByRole("button", { name: "CREATININE" }).click();
      await page.waitForURL(/series=/u);
      const timeline = page.getByRole("region", { name: "Timeline" });
      await shows(timeline.getByRole("listitem").first(), "inpatient encounter");
      await timeline.getByRole("listitem").nth(1).getByRole("link").click();
      await shows(page.getByRole("heading", { level: 1 }), "C104");
    });
  });

  describe("the deliveries", () => {
    test("show what is held and why, and retry it after a reason", async () => {
      await open("/deliveries");
      await shows(rows().nth(1), "Answered 422.");
      await page.getByRole("button", { name: "Retry" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("its owner has mended it");
      await dialog.getByRole("button", { name: "Retry 1 delivery" }).click();
      await shows(dialog, /The delivery is (?:queued|delivered) now/u);
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await page.getByRole("heading", { name: "No delivery is held" }).waitFor();
    });
  });

  describe("the keyboard alone", () => {
    test("reaches every page", async () => {
      await open("/");
      for (const [key, path] of [
        ["m", "/messages"],
        ["p", "/patients"],
        ["d", "/deliveries"],
        ["o", "/"],
      ] as const) {
        await page.keyboard.press("g");
        await page.keyboard.press(key);
        await page.waitForURL((url) => url.pathname === path);
      }
    });

    test("opens a row and comes back", async () => {
      await open("/messages");
      await rows().nth(1).waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/messages\/\d+$/u);
      await wire().waitFor();
      await page.keyboard.press("Escape");
      await page.waitForURL((url) => url.pathname === "/messages");
    });

    test("searches, lists its keys and runs the palette", async () => {
      await open("/patients");
      await page.getByLabel("Name or identifier").waitFor();
      await page.keyboard.press("/");
      expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Name or identifier");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await shows(page.getByRole("dialog"), "Next and previous row");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.keyboard.press("Control+k");
      await page.getByLabel("Search everywhere").fill("results-in");
      await page.getByRole("button", { name: "Lakeshore Health / results-in" }).waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/messages\?.*channel=results-in/u);
    });
  });

  describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
    beforeAll(async () => {
      await page.evaluate(
        `localStorage.setItem("trestle-theme", "${theme}"); sessionStorage.setItem("trestle-purpose", "testing")`,
      );
    });

    test.each(["overview", "messages", "message", "patients", "patient", "deliveries"] as const)(
      "the page %s has no serious finding and fits a phone",
      async (name) => {
        await open(await addressOf(name));
        await ready[name]().first().waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await page.setViewportSize({ width: 390, height: 844 });
        await eventually("it fits", async () => (await widthBeyond()) === 0, 3000);
        // What a phone shows is other than what a wide screen shows, in either theme the same.
        if (theme === "light") expect(await seriousFindings(page)).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 800 });
      },
    );
  });

  describe("when something is wrong", () => {
    test("an address that is none says so and leads back", async () => {
      await open("/nowhere");
      await shows(page.getByRole("heading", { level: 1 }), "There is no such page.");
      await page.getByRole("link", { name: "Go to the overview" }).click();
      await page.getByRole("row", { name: "adt-in" }).waitFor();
    });

    test("a message that is not there is told with what to do", async () => {
      await open("/messages/999999");
      await page.getByRole("alert").waitFor();
    });

    test("nothing was refused by the page's own policy, and no script failed", () => {
      const missing = /Failed to load resource/u;
      expect(browser.complaints.filter((text) => !missing.test(text))).toEqual([]);
    });

    test("a hub that is gone is told; what was shown stays", async () => {
      await open("/messages");
      await rows().nth(1).waitFor();
      await site.hub.stop();
      await page.getByText(/Live updates lost/u).waitFor();
      expect(await rows().count()).toBeGreaterThan(5);
      await page.getByRole("link", { name: "Patients" }).click();
      await shows(page.getByRole("alert"), "The hub does not answer.");
    });
  });
});

/** Pages by the name they have in a test, and what shows that they are drawn. */
const ready = {
  overview: () => page.getByRole("row", { name: "adt-in" }),
  messages: () => page.getByRole("row", { name: "mapped" }),
  message: () => page.getByRole("button", { name: /^birthDate / }),
  patients: () => page.getByRole("row", { name: "Lakeshore" }),
  patient: () => page.locator("figure canvas"),
  deliveries: () => page.getByRole("row", { name: "delivered" }),
} satisfies Record<string, () => Locator>;

async function addressOf(name: keyof typeof ready): Promise<string> {
  if (name === "overview") return "/";
  if (name === "message") return `/messages/${await idOf("C100")}?at=PID-5.1`;
  if (name === "patient") return `/patients/${await patientId()}`;
  return name === "deliveries" ? "/deliveries?state=all" : `/${name}`;
}

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, site.hub.url).href);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function openPatient(): Promise<void> {
  await open(`/patients/${await patientId()}`);
  await reveal();
}

/** Chooses why patient data is looked at, unless that is chosen already. */
async function reveal(): Promise<void> {
  const choice = page.getByRole("button", { name: /^(?:Patient data hidden|Shown for testing)$/u });
  await choice.waitFor();
  if ((await choice.innerText()).includes("Shown")) return;
  await choice.click();
  await page.getByRole("menuitem", { name: "testing" }).click();
}

async function shows(place: Locator, text: string | RegExp): Promise<void> {
  await place.filter({ hasText: text }).waitFor();
}

/** All rows of the table, its heads included. */
function rows(): Locator {
  return page.getByRole("main").getByRole("row");
}

function row(controlId: string): Locator {
  return page.getByRole("row").filter({ has: page.getByText(controlId, { exact: true }) });
}

function wire(): Locator {
  return page.getByRole("region", { name: /^Wire text/u });
}

/** How far the page can be scrolled sideways, in pixels. */
function widthBeyond(): Promise<number> {
  return page.evaluate<number>(
    "Math.max(...[document.documentElement, document.querySelector('main')].map((each) => each.scrollWidth - each.clientWidth))",
  );
}

async function send(controlId: string): Promise<void> {
  await site.peer.send(admission({ controlId, patient: 990_100 }));
}

async function idOf(controlId: string): Promise<string> {
  const path = `/api/v1/messages?controlId=${controlId}`;
  const { items } = await site.hub.ask<{ items: { id: string }[] }>(path);
  return items[0]?.id ?? "";
}

async function patientId(): Promise<string> {
  const { items } = await site.hub.ask<{ items: { id: string }[] }>("/api/v1/patients/search", {
    method: "POST",
    body: { search: person.number },
    purpose: "testing",
  });
  return items[0]?.id ?? "";
}
