import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildConsole } from "../house/build-console.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { hasBrowser, openBrowser } from "../support/console-browser.ts";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { result } from "../support/messages.ts";
import { connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

// A change that reaches production once somebody approved it, through real processes.

let receiver: Receiver;
let folder: IntegrationFolder;
let hub: HubProcess;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url, ["firstRetrySeconds: 0.05", "maxRetrySeconds: 0.2"]);
  folder.write("sites/harbor/site.yaml", site);
  folder.write(table, rows("718-7"));
});

afterEach(async () => {
  await hub.stop();
  await receiver.stop();
  folder.remove();
});

const table = "sites/harbor/tables/observation-code.csv";
const rows = (loinc: string) =>
  `local,display,system,code,status,note\nHGB,Hemoglobin,http://loinc.org,${loinc},mapped,\n`;

const site = `title: Harbor Health
timeZone: America/Chicago
environments:
  nonproduction:
    feeds:
      - listener: hospital
        channels: [all-in]
        sendingFacilities: [TST]
  production:
    feeds:
      - listener: hospital
        channels: [all-in]
        sendingFacilities: [PRD]
`;

let sent = 0;

/** What a message of an environment is mapped to, and by which revision. */
async function mapped(facility: "TST" | "PRD"): Promise<{ loinc: string; revision: string }> {
  sent += 1;
  const controlId = `P${sent}`;
  const peer = await connectPeer(hub.mllpPort);
  const answer = await peer.send(result(controlId).replace("LAB|HH|", `LAB|${facility}|`));
  peer.close();
  expect(answer).toContain(`MSA|AA|${controlId}`);
  const find = () => receiver.received.find(({ body }) => body.includes(`"${controlId}"`));
  await eventually("it is delivered", () => find() !== undefined);
  const { message, body } = find() ?? { message: 0, body: "" };
  const { message: handled } = await hub.ask<{ message: { revision: string } }>(
    `/api/v1/messages/${message}`,
  );
  const { revision } = handled;
  return {
    loinc: /"code":"(?<loinc>718-7|4548-4)"/u.exec(body)?.groups?.["loinc"] ?? "",
    revision,
  };
}

interface Shown {
  readonly approved?: string;
  readonly waiting?: { readonly from: string; readonly to: string; readonly count: number };
  readonly items: readonly object[];
}
const shown = () => hub.ask<Shown>("/api/v1/sites/harbor/promotion");
const reload = () =>
  hub.ask<{ outcome: string; revision: string }>("/api/v1/configuration/reload", {
    method: "POST",
    body: {},
  });

const trestle = fileURLToPath(new URL("../../node_modules/.bin/trestle", import.meta.url));
function command(...words: string[]): Promise<{ code: number; out: string }> {
  const where = ["--hub", hub.url, "--data", folder.data];
  return new Promise((resolve) => {
    execFile(process.execPath, [trestle, ...words, ...where], (error, out, errors) =>
      resolve({ code: Number(error?.code ?? 0), out: out + errors }),
    );
  });
}

test("production goes on as approved until somebody approves the diff; what is approved outlives kill -9 and the folder", async () => {
  hub = await startHubProcess(folder);
  const { approved: first } = await shown();
  expect(await mapped("PRD")).toEqual({ loinc: "718-7", revision: `${first}+${first}` });
  expect(await mapped("TST")).toEqual({ loinc: "718-7", revision: first });
  folder.write(table, rows("4548-4"));
  const { revision: second } = await reload();
  expect(await mapped("TST")).toEqual({ loinc: "4548-4", revision: second });
  expect(await mapped("PRD")).toEqual({ loinc: "718-7", revision: `${second}+${first}` });
  expect(await shown()).toMatchObject({
    approved: first,
    waiting: {
      from: first,
      to: second,
      count: 1,
      groups: [{ group: "tables/observation-code", added: 0, removed: 0, changed: 1 }],
      differences: [
        {
          name: "HGB",
          before: "http://loinc.org 718-7; Hemoglobin",
          after: "http://loinc.org 4548-4; Hemoglobin",
        },
      ],
    },
  });
  // Approved is what was shown, and nothing that came in between.
  const asked = { from: first, to: second, reason: "Tested by the laboratory" };
  folder.write(table, rows("718-7").replace("Hemoglobin", "Haemoglobin"));
  const { revision: third } = await reload();
  await expect(
    hub.ask("/api/v1/sites/harbor/promotions", { method: "POST", body: asked }),
  ).rejects.toThrow("answered 409");
  folder.write(table, rows("4548-4"));
  expect(await reload()).toMatchObject({ revision: second });
  expect(third).not.toBe(second);
  const done = await hub.ask<{ outcome: string }>("/api/v1/sites/harbor/promotions", {
    method: "POST",
    body: asked,
  });
  expect(done).toMatchObject({
    outcome: "approved",
    promotion: { from: first, to: second, by: "Operator", reason: "Tested by the laboratory" },
  });
  await hub.kill();
  folder.write(table, rows("718-7"));
  hub = await startHubProcess(folder);
  expect(await mapped("PRD")).toMatchObject({ loinc: "4548-4" });
  expect(await mapped("TST")).toMatchObject({ loinc: "718-7" });
  expect((await shown()).items).toMatchObject([
    { cause: "approved", to: second, by: "Operator" },
    { cause: "demanded", to: first },
  ]);
  const status = await command("status");
  expect(status).toMatchObject({ code: 3 });
  expect(status.out).toMatch(/^Production of Harbor Health waits for approval; last message /u);
  expect(status.out).toContain("1 difference waits for approval: trestle promote harbor");
  const look = await command("promote");
  expect(look).toMatchObject({ code: 3 });
  expect(look.out).toContain("harbor: production waits for approval");
  const approve = await command("promote", "harbor", "--reason", "Back to what it was");
  expect(approve).toMatchObject({ code: 0 });
  expect(await mapped("PRD")).toMatchObject({ loinc: "718-7" });
}, 120_000);

test("a site that comes to have production takes nothing there before it is approved; one that loses it goes on until then", async () => {
  const [tested = ""] = site.split("  production:");
  folder.write("sites/harbor/site.yaml", tested);
  hub = await startHubProcess(folder);
  folder.write("sites/harbor/site.yaml", site);
  const { revision } = await reload();
  const peer = await connectPeer(hub.mllpPort);
  expect(await peer.send(result("N1").replace("LAB|HH|", "LAB|PRD|"))).toMatch(/MSA\|AR\|N1/u);
  const body = { from: "", to: revision, reason: "The site goes live" };
  await hub.ask("/api/v1/sites/harbor/promotions", { method: "POST", body });
  expect(await peer.send(result("N2").replace("LAB|HH|", "LAB|PRD|"))).toContain("MSA|AA|N2");
  folder.write("sites/harbor/site.yaml", tested);
  expect(await reload()).toMatchObject({ outcome: "applied" });
  expect(await peer.send(result("N3").replace("LAB|HH|", "LAB|PRD|"))).toContain("MSA|AA|N3");
  peer.close();
}, 60_000);

test.skipIf(!hasBrowser())(
  "the console shows what waits before it is approved, and approves that",
  async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    hub = await startHubProcess(folder);
    await mapped("PRD");
    folder.write(table, rows("4548-4"));
    const browser = await openBrowser();
    const { page } = browser;
    await page.goto(hub.signInLink ?? "");
    await page.getByLabel("Your name").fill("Kim Operator");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Configuration" }).click();
    await page.getByRole("button", { name: "Read the folder again" }).click();
    await page.getByRole("cell", { name: "tables/observation-code: 1 changed" }).waitFor();
    await page.getByText("Production of 1 site waits for approval.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("link", { name: "Overview" }).click();
    const sentence = page.getByRole("heading", { level: 1 });
    await sentence.filter({ hasText: "Production of Harbor Health waits for approval" }).waitFor();
    await page.getByRole("link", { name: "waits for approval" }).click();
    const production = page.getByRole("region", { name: "Production" });
    await production.getByRole("cell", { name: "http://loinc.org 4548-4; Hemoglobin" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const there = page.url();
    await production.getByRole("link", { name: "What would stored messages give?" }).click();
    await page.getByRole("button", { name: "Compare" }).click();
    await sentence.filter({ hasText: "changes 1 of 1 message" }).waitFor();
    await page.getByText("Observation.code.coding.code").first().waitFor();
    await page.goto(there);
    await production.getByRole("button", { name: "Approve" }).click();
    await page.getByLabel("Reason").fill("Tested by the laboratory");
    await page.getByRole("button", { name: "Approve 1 difference" }).click();
    await production.getByText("Nothing waits").waitFor();
    await production.getByRole("cell", { name: "Kim Operator" }).waitFor();
    await browser.close();
    expect(await mapped("PRD")).toMatchObject({ loinc: "4548-4" });
  },
  120_000,
);
