import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { eventually } from "@trestle/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandbox-process.ts";

// A hub that asks simulated hospitals over FHIR, as the application that it works for sees it.

const dialects = ["epic", "athenahealth", "eclinicalworks"] as const;
type SiteName = (typeof dialects)[number];

const applicationToken = "the-token-of-the-invented-application";
const clientId = "7a1d3c5e-0000-4000-8000-0000000e2e01";
const sites = new Map<SiteName, SandboxProcess>();
let scratch: string;
let folder: IntegrationFolder;
let hub: HubProcess;
/** Of someone who stays who they are. */
let patient: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "trestle-fhir-"));
  const started = dialects.map(
    async (name) => [name, await startSandboxProcess(words(name))] as const,
  );
  for (const [name, site] of await Promise.all(started)) sites.set(name, site);
  folder = integrationFolder("http://127.0.0.1:9/results");
  writeIntegration();
  hub = await startHubProcess(folder);
  for (const site of sites.values()) await register(site, ["*"]);
  [patient = ""] = await at("athenahealth").patients();
}, 120_000);

afterAll(async () => {
  // The sites first: they are there even where the hub did not start.
  await Promise.all([...sites.values()].map((site) => site.stop()));
  await hub.stop();
  folder.remove();
  rmSync(scratch, { recursive: true });
});

describe.each(dialects)("at a site of %s", (name) => {
  test("a patient has the elements that are needed, in the same shape everywhere", async () => {
    const [id = ""] = await at(name).patients();
    const { status, type, json } = await ask(name, `Patient/${id}`);
    expect({ status, type }).toEqual({ status: 200, type: "application/fhir+json" });
    expect(Object.keys(json).toSorted()).toEqual([
      "active",
      "birthDate",
      // It changes what the rest means, so that it comes unasked.
      "deceasedBoolean",
      "id",
      "identifier",
      "meta",
      "name",
      "resourceType",
    ]);
    expect(json).toMatchObject({ resourceType: "Patient", meta: { tag: [{ code: "SUBSETTED" }] } });
  });

  test("a search gives every page, once each, whatever the site says of totals", async () => {
    const [id = ""] = await at(name).patients();
    const whole = await pagesOf(name, `Observation?patient=${id}`);
    const paged = await pagesOf(name, `Observation?patient=${id}&_count=25`);
    expect(paged.pages).toBeGreaterThan(1);
    expect(new Set(paged.ids).size).toBe(paged.ids.length);
    expect(paged.ids.toSorted()).toEqual(whole.ids.toSorted());
  });
});

describe("the scopes of integration.yaml", () => {
  test("narrow a search to what they allow", async () => {
    const { ids, categories } = await pagesOf("athenahealth", `Observation?patient=${patient}`);
    expect(ids.length).toBeGreaterThan(0);
    expect(categories).toEqual(new Set(["laboratory", "vital-signs"]));
  });

  test.each([`Observation?patient=1&category=survey`, "Condition?patient=1", "Condition/1"])(
    "refuse %s, and the site is not asked",
    async (question) => {
      const { status, json } = await ask("epic", question);
      expect(status).toBe(403);
      expect(json).toMatchObject(outcome("forbidden", "gateway.notNeeded"));
    },
  );

  test("a refusal of the site is told with the code that the site gave", async () => {
    const { status, json } = await ask("epic", "Patient");
    expect(status).toBe(400);
    const coding = [{ code: "fhir.requestRefused" }, { code: "59159" }];
    expect(json).toMatchObject({ issue: [{ code: "invalid", details: { coding } }] });
  });

  test("a part that the site does not grant is told beside the rest", async () => {
    await register(at("epic"), ["Patient.*", "Observation.*Vitals*"]);
    const [id = ""] = await at("epic").patients();
    const { status, warnings } = await ask("epic", `Observation?patient=${id}&category=laboratory`);
    const { ids, categories } = await pagesOf("epic", `Observation?patient=${id}`);
    await register(at("epic"), ["*"]);
    expect(status).toBe(200);
    expect(warnings).toContainEqual({
      kind: "applicationLacksAccess",
      code: "59204",
      mayMiss: true,
    });
    expect(ids.length).toBeGreaterThan(0);
    expect(categories).toEqual(new Set(["vital-signs"]));
  });
});

test("trestle scopes sets what is needed beside what is asked for and granted", async () => {
  const granted = await scopesOf("epic");
  const patients = { scope: "system/Patient.rs", needed: true, requested: true, granted: true };
  expect(granted).toContainEqual(expect.objectContaining(patients));
  expect(having(granted, "missing")).toEqual([]);
  expect(having(granted, "notNeeded").length).toBeGreaterThan(10);
  // Other tests have asked, and the site has not approved otherwise.
  const asked = granted.find(({ scope }) => scope === "system/Patient.rs");
  expect(asked).toMatchObject({ used: expect.any(Number), findings: [] });
  expect(asked?.["used"]).toBeGreaterThan(0);
  expect(asked).not.toHaveProperty("approved");
  await register(at("epic"), ["Patient.*"]);
  await at("epic").admin("POST", "/tokens/expire", {});
  // The hub learns by a refusal that its token has ended.
  const [id = ""] = await at("epic").patients();
  await ask("epic", `Patient/${id}`);
  const narrowed = await scopesOf("epic");
  await register(at("epic"), ["*"]);
  await at("epic").admin("POST", "/tokens/expire", {});
  await ask("epic", `Patient/${id}`);
  expect(narrowed).toContainEqual(expect.objectContaining(patients));
  const missing = having(narrowed, "missing");
  expect(missing.map(({ scope }) => String(scope).split("?")[0])).toEqual([
    "system/Observation.rs",
    "system/Observation.rs",
  ]);
});

describe("who asks", () => {
  test("needs the token of the application", async () => {
    const response = await fetch(addressOf("epic", `Patient/${patient}`));
    expect(response.status).toBe(401);
  });

  test("is kept in the access record, with the site and without its ids", async () => {
    await ask("athenahealth", `Patient/${patient}`);
    const database = new DatabaseSync(join(folder.data, "state.db"), { readOnly: true });
    const [last] = database
      .prepare("SELECT person, action, subjects FROM access_records ORDER BY id DESC LIMIT 1")
      .all();
    database.close();
    expect(last).toMatchObject({ action: "readSiteFhir" });
    expect(last?.["subjects"]).toMatch(/site athenahealth.*patient of the site /u);
    expect(last?.["subjects"]).not.toContain(patient);
  });
});

test("a merged patient is answered with the one in whom they live on", async () => {
  const seen = new Set<string>();
  let gone = "";
  await eventually("a chart was merged away", async () => {
    const now = new Set(await at("epic").patients());
    gone = [...seen].find((id) => !now.has(id)) ?? "";
    for (const id of now) seen.add(id);
    return gone !== "";
  });
  const { status, json } = await ask("epic", `Patient/${gone}`);
  expect(status).toBe(200);
  expect(json["id"]).not.toBe(gone);
  expect(await at("epic").patients()).toContain(json["id"]);
});

describe("a site that fails", () => {
  test.each([
    { fault: "unavailable", status: 502, code: "fhir.unavailable", issue: "transient" },
    { fault: "tooManyRequests", status: 429, code: "fhir.throttled", issue: "throttled" },
    { fault: "gatewayPage", status: 502, code: "fhir.serverFailed", issue: "transient" },
    { fault: "droppedConnection", status: 502, code: "fhir.readCut", issue: "transient" },
  ])("by $fault is told as $status with an outcome", async ({ fault, status, code, issue }) => {
    await at("athenahealth").admin("PUT", "/faults", {
      on: "fhir",
      retryAfterSeconds: 1,
      [fault]: 1,
    });
    const answer = await ask("athenahealth", `Patient/${patient}`);
    await at("athenahealth").admin("PUT", "/faults", {});
    expect(answer.json).toMatchObject(outcome(issue, code));
    expect(answer.status).toBe(status);
    expect((await ask("athenahealth", `Patient/${patient}`)).status).toBe(200);
  });

  test("and all that was asked left no patient data in the hub's log", () => {
    expect(hub.errors()).toContain("asked a site");
    expect(hub.errors()).not.toContain(patient);
  });
});

describe("the keys by which the hub signs in", () => {
  test("are rotated while it runs, and no site refuses it", async () => {
    const [first] = await keyIds();
    await trestle("keys", "rotate", "--data", folder.data);
    expect(await keyIds()).toEqual([first, expect.any(String)]);
    for (const name of dialects) {
      await at(name).admin("POST", "/tokens/expire", {});
      const [id = ""] = await at(name).patients();
      expect((await ask(name, `Patient/${id}`)).status).toBe(200);
    }
  });

  test("survive a hub that is killed, and sites know it again", async () => {
    const before = await keyIds();
    await hub.kill();
    hub = await startHubProcess(folder);
    expect(await keyIds()).toEqual(before);
    // The sites keep the key set that they read before.
    expect((await ask("athenahealth", `Patient/${patient}`)).status).toBe(200);
  });
});

/** At the site of Epic people are registered twice and merged; at the others nothing happens. */
function words(name: SiteName): readonly string[] {
  const pathways = join(scratch, name);
  mkdirSync(pathways);
  const steps =
    name === "epic"
      ? ["{ do: register again, after: 1h..6h }", "{ do: merge, after: 6h..3d }"]
      : ["{ do: update, after: 1h..6h }"];
  const lines = ["title: Invented", "weight: 1", "steps:", ...steps.map((step) => `  - ${step}`)];
  writeFileSync(join(pathways, "life.yaml"), `${lines.join("\n")}\n`);
  const rate = name === "epic" ? "50" : "1";
  const profile = name === "epic" ? "default" : name;
  return ["--pathways", pathways, "--profile", profile, "--rate", rate];
}

function writeIntegration(): void {
  writeFileSync(join(scratch, "application.token"), applicationToken);
  folder.write(
    "integration.yaml",
    [
      "title: Invented application",
      `token: file:${join(scratch, "application.token")}`,
      "scopes:",
      "  - system/Patient.rs",
      "  - system/Observation.rs?category=laboratory",
      "  - system/Observation.rs?category=vital-signs",
      "elements:",
      "  Patient: [identifier, name, birthDate]",
      "",
    ].join("\n"),
  );
  folder.write(
    "trestle.yaml",
    "http: { port: 0 }\nlogging: { level: debug }\nlisteners: { hospital: { type: mllp, port: 0 } }\n",
  );
  for (const name of dialects) folder.write(`sites/${name}/site.yaml`, siteFile(name));
}

function siteFile(name: SiteName): string {
  return [
    `title: Site of ${name}`,
    "timeZone: America/Chicago",
    "environments:",
    "  nonproduction:",
    `    feeds: [{ listener: hospital, channels: [all-in], sendingFacilities: [${name.toUpperCase()}] }]`,
    "    fhir:",
    `      baseUrl: ${at(name).fhirBase}`,
    `      dialect: ${name}`,
    `      clientId: ${clientId}`,
    "      retry: { maxAttempts: 1 }",
    "",
  ].join("\n");
}

function register(site: SandboxProcess, apis: readonly string[]): Promise<void> {
  const jwksUrl = new URL("/.well-known/jwks.json", hub.url).href;
  return site.admin("POST", "/clients", {
    name: "Trestle",
    clientId,
    audience: "backend",
    apis,
    jwksUrl,
  });
}

function at(name: SiteName): SandboxProcess {
  const site = sites.get(name);
  if (site === undefined) throw new Error(`no site ${name} was started`);
  return site;
}

function addressOf(name: SiteName, question: string): URL {
  return new URL(`/api/v1/sites/${name}/fhir/${question}`, hub.url);
}

type Json = Readonly<Record<string, unknown>>;

/** The scopes with a finding. */
function having(rows: readonly Json[], finding: string): readonly Json[] {
  return rows.filter(({ findings }) => (findings as readonly string[]).includes(finding));
}

/** What `trestle scopes` prints; with a finding it ends with 3. */
async function scopesOf(name: SiteName): Promise<readonly Json[]> {
  const where = ["--hub", hub.url, "--data", folder.data, "--json"];
  const failed = await trestle("scopes", name, ...where).catch((error: unknown) => error);
  const { code, stdout } = failed as { readonly code: number; readonly stdout: string };
  expect(code).toBe(3);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

/** What the application is answered. */
async function ask(name: SiteName, question: string | URL) {
  const url = typeof question === "string" ? addressOf(name, question) : question;
  const response = await fetch(url, { headers: { authorization: `Bearer ${applicationToken}` } });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    warnings: JSON.parse(response.headers.get("trestle-warnings") ?? "[]") as readonly Json[],
    json: (await response.json()) as Json,
  };
}

interface Page {
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly {
    readonly search: { readonly mode: string };
    readonly resource: {
      readonly id: string;
      readonly category?: readonly { readonly coding: readonly { readonly code: string }[] }[];
    };
  }[];
}

/** Reads on while there is a next page. */
async function pagesOf(name: SiteName, question: string) {
  const ids: string[] = [];
  const categories = new Set<string>();
  let pages = 0;
  let next: URL | undefined = addressOf(name, question);
  while (next !== undefined) {
    const { status, json } = await ask(name, next);
    if (status !== 200) throw new Error(`page ${pages + 1} answered ${status}`);
    const { link = [], entry = [] } = json as Page;
    for (const { search, resource } of entry) {
      if (search.mode !== "match") continue;
      ids.push(resource.id);
      categories.add(resource.category?.[0]?.coding[0]?.code ?? "none");
    }
    pages += 1;
    const url = link.find(({ relation }) => relation === "next")?.url;
    next = url === undefined ? undefined : new URL(url, hub.url);
  }
  return { ids, categories, pages };
}

function outcome(code: string, problem: string) {
  const details = { coding: [{ code: problem }] };
  return { resourceType: "OperationOutcome", issue: [{ severity: "error", code, details }] };
}

async function keyIds(): Promise<readonly string[]> {
  const response = await fetch(new URL("/.well-known/jwks.json", hub.url));
  const { keys } = (await response.json()) as { keys: readonly { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

async function trestle(...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [command, ...args]);
}

const command = fileURLToPath(new URL("../../packages/apps/cli/bin/trestle.mjs", import.meta.url));
