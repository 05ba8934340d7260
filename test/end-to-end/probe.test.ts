import { spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { readFileSync, writeFileSync } from "node:fs";
import { eventually } from "@trestle/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../../packages/apps/cli/src/run-command.ts";
import { type Hospital, startHospital } from "../../proofs/probe/hospital.ts";
import { scenarios } from "../../proofs/probe/scenarios.ts";
import { buildConsole } from "../house/build-console.ts";
import { seriousFindings } from "../support/console-axe.ts";
import { hasBrowser, openBrowser } from "../support/console-browser.ts";

// The short form of the proof: a clean hospital, and one with several things wrong at once. Then what
// people do with a probe from a terminal and in the console.

let hospital: Hospital;

beforeAll(async () => {
  hospital = await startHospital({ seed: 1, patients: 30, messages: 200, writes: ["Observation"] });
}, 120_000);

afterAll(() => hospital.stop());

const write = "Observation.code (write)";

test("a probe finds nothing at a clean hospital, then each thing that is wrong at its element", async () => {
  await hospital.become({ apis: ["*.Read*", "*.Search*", "Observation.Create*"] });
  const clean = await hospital.probe();
  expect(clean.elements.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(
    clean.elements.map(({ name }) => `${name} good`),
  );
  expect(await namesIn(JSON.stringify(clean))).toEqual([]);
  const wrong = scenarios.filter(({ title }) => chosen.has(title));
  expect(wrong).toHaveLength(chosen.size);
  await hospital.become({
    switches: {
      defects: wrong.flatMap(({ changes }) => changes.switches?.["defects"] ?? []),
      userRights: ["Observation (Labs)"],
    },
  });
  const { elements, before } = await hospital.probe();
  const codesOf = (name: string) =>
    elements.find((each) => each.name === name)?.findings.map(({ code }) => code);
  for (const { element, finding } of wrong) expect(codesOf(element)).toContain(finding);
  expect(codesOf("Observation[category=laboratory].code")).toContain("probe.refused");
  expect(codesOf("Patient.birthDate")).toContain("probe.dropped");
  expect(codesOf(write)).toContain("probe.writeNotGranted");
  expect(before?.id).toBe(clean.id);
}, 120_000);

describe("from a terminal", () => {
  test("asks about those of a file or of a Group, and says how it found them", async () => {
    await hospital.become({});
    const file = join(hospital.hub.dataFolder, "patients.txt");
    writeFileSync(file, "# two that there are\n900001\n900002\nPatient/nobody\n");
    const { groups } = (await hospital.admin("GET ")) as { groups: { id: string }[] };
    const listed = await probe("--patients-file", file).ended;
    const grouped = await probe("--group", groups[0]?.id ?? "").ended;
    const none = await probe("--group", "nosuch").ended;
    expect(listed.errors).toContain("3 of 3 patients of a list");
    expect(listed.errors).toContain("2 patients asked about, 1 not found at the site");
    expect(listed.output).not.toMatch(/900001|nobody/u);
    expect(grouped.errors).toContain("10 of 10 members of a Group of the site");
    expect(grouped.code).toBe(3);
    expect(none).toMatchObject({ code: 1, errors: expect.stringContaining("system/Group.rs") });
  }, 60_000);

  test("is ended by Ctrl+C: tells what it learnt, keeps it, and leaves nothing running", async () => {
    await hospital.admin("PUT /faults", { leastLatencyMs: 100, mostLatencyMs: 100 });
    const running = probe();
    await running.says("Asking about patients 2 of");
    running.child.kill("SIGINT");
    const { code, output, errors } = await running.ended;
    expect(code).toBe(1);
    expect(errors).toContain("Stopping. What was learnt so far follows.");
    expect(errors).toContain("The probe ended early: somebody stopped it.");
    expect(output).toMatch(/^\w+ +required .* Patient\.birthDate$/mu);
    const { items, ...now } = await hospital.probes();
    expect(now).not.toHaveProperty("running");
    expect(items[0]).toMatchObject({ end: "stopped" });
    expect(seenBy(items[0]?.id)).toBeGreaterThan(1);
    await hospital.admin("PUT /faults", {});
  }, 60_000);

  test("is ended by a Ctrl+C that comes while it begins, too", async () => {
    const pressed = new AbortController();
    const front = createServer((request, response) => void forward(request, response, pressed));
    await once(front.listen(0, "127.0.0.1"), "listening");
    const { port } = front.address() as AddressInfo;
    let errors = "";
    const words = ["--hub", `http://127.0.0.1:${port}`, "--data", hospital.hub.dataFolder];
    const code = await runCommand(["probe", "lakeshore", ...words], {
      standardInput: Readable.from([]),
      standardOutput: () => true,
      standardError: (text) => (errors += text),
      environment: {},
      signal: pressed.signal,
      width: undefined,
    });
    front.close();
    expect(code).toBe(1);
    expect(errors).toContain("The probe ended early: somebody stopped it.");
    expect(await hospital.probes()).not.toHaveProperty("running");
  });
});

describe.skipIf(!hasBrowser())("in the console", () => {
  test("is begun and stopped, and its report says that it ended early", async () => {
    if (!buildConsole()) throw new Error("the console was not built");
    await hospital.admin("PUT /faults", { leastLatencyMs: 100, mostLatencyMs: 100 });
    const browser = await openBrowser();
    const { page } = browser;
    await page.goto(hospital.hub.signInLink ?? "");
    await page.getByLabel("Your name").fill("Kim Operator");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.goto(new URL("/sites/lakeshore/probe", hospital.hub.url).href);
    await page.getByRole("button", { name: "Probe now" }).click();
    await page.getByText(/^Asking about patients [1-9]/u).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Probe now" }).waitFor();
    await page.getByText("somebody stopped it").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await browser.close();
    await hospital.admin("PUT /faults", {});
  }, 60_000);
});

/** Which family names and numbers of the patients whom the hub knows stand in a text. */
async function namesIn(shown: string): Promise<readonly string[]> {
  const { url, dataFolder } = hospital.hub;
  const token = readFileSync(join(dataFolder, "operator.token"), "utf8").trim();
  const answer = await fetch(new URL("/api/v1/patients?limit=50", url), {
    headers: { authorization: `Bearer ${token}`, "trestle-purpose": "testing" },
  });
  const known = await answer.text();
  const words = known.match(/"family":"[A-Z]+"|\b9\d{5}\b/gu) ?? [];
  const plain = words.map((word) => word.replaceAll(/"family":|"/gu, ""));
  expect(plain.length).toBeGreaterThan(20);
  return plain.filter((word) => shown.includes(word));
}

/** Hands a request on to the hub; at the first that asks for something, somebody presses Ctrl+C. */
async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  pressed: AbortController,
): Promise<void> {
  const { method = "GET", url = "", headers } = request;
  const body = await text(request);
  if (method === "POST") pressed.abort();
  const answer = await fetch(new URL(url, hospital.hub.url), {
    method,
    headers: { authorization: headers.authorization ?? "", "content-type": "application/json" },
    ...(body !== "" && { body }),
  });
  response.writeHead(answer.status, { "content-type": "application/json" });
  response.end(await answer.text());
}

/** How many patients the access record names for a probe. */
function seenBy(id: string | undefined): number {
  const state = new DatabaseSync(join(hospital.hub.dataFolder, "state.db"), { readOnly: true });
  const rows = state.prepare("SELECT subjects FROM access_records WHERE subjects LIKE ?");
  const subjects = rows.all(`%probe ${id}%`).flatMap((row) => JSON.parse(String(row["subjects"])));
  state.close();
  return new Set(subjects.filter((each) => String(each).startsWith("patient of the site"))).size;
}

function probe(...words: readonly string[]) {
  const { url, dataFolder } = hospital.hub;
  const where = ["--hub", url, "--data", dataFolder];
  const child = spawn(process.execPath, [command, "probe", "lakeshore", ...words, ...where]);
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return {
    child,
    says: (text: string) => eventually(`it says ${text}`, () => errors.includes(text)),
    ended: once(child, "close").then(([code]) => ({ code: Number(code), output, errors })),
  };
}

const command = fileURLToPath(new URL("../../packages/apps/cli/bin/trestle.mjs", import.meta.url));

const chosen: ReadonlySet<string> = new Set([
  "a field is half filled",
  "a third of the quantities have units of the hospital's own",
  "a third of the problems have codes of the hospital's own",
  "a fifth of the visits begin a century ahead",
  "half of the references lead to nothing",
]);
