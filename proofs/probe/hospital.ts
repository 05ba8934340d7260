import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Hub, startHub } from "@trestle/hub";
import { loadIntegration } from "@trestle/integration";
import {
  type ProbeReport,
  type ReplyOf,
  type Transport,
  callRoute,
  routes,
} from "@trestle/api/contract";
import {
  type Sandbox,
  loadPathways,
  pathwayFolder,
  sandboxSettings,
  startSandbox,
  traffic,
} from "@trestle/sandbox";
import { needsOf } from "./needs.ts";

/** What is changed at the hospital before a probe. */
export interface Changes {
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Named APIs that the hub's application is granted; all that read where left out. */
  readonly apis?: readonly string[];
}

/** A hub with a simulated hospital behind it, over real sockets. */
export interface Hospital {
  readonly hub: Hub;
  /** Puts everything back to how it was at the start, then makes the changes. */
  become(changes: Changes): Promise<void>;
  probe(): Promise<ProbeReport>;
  /** What the hub knows of probes of the site. */
  probes(): Promise<ReplyOf<typeof routes.listProbes>>;
  /** Calls the hospital's admin API, by method and path. */
  admin(call: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts both in this process, and waits until messages have told the hub of enough patients. */
export async function startHospital(options: {
  readonly seed: number;
  readonly patients: number;
  readonly messages: number;
  /** Types of which the application writes a code. */
  readonly writes?: readonly string[];
}): Promise<Hospital> {
  const folder = mkdtempSync(join(tmpdir(), "trestle-probe-"));
  const port = await freePort();
  const hub = await openHub(folder, { port, writes: options.writes ?? [] });
  const sandbox = await openSandbox(hub, { ...options, port });
  await until(() => sandbox.answered >= options.messages);
  const token = readFileSync(join(hub.dataFolder, "operator.token"), "utf8").trim();
  const transport = transportTo(hub, token);
  await until(async () => {
    const { items } = await callRoute(transport, routes.listMessages, { query: { limit: 500 } });
    return items.length >= Math.min(500, options.messages);
  });
  return {
    hub,
    become: (changes) => become(sandbox, hub, changes),
    probe: () => probe(transport, options),
    probes: () => callRoute(transport, routes.listProbes, { params: { site: "lakeshore" } }),
    admin: (call, body) => callAdmin(sandbox, call, body),
    async stop() {
      await sandbox.stop();
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openHub(
  folder: string,
  { port, writes }: { readonly port: number; readonly writes: readonly string[] },
): Promise<Hub> {
  const config = join(folder, "integration");
  cpSync(fileURLToPath(new URL("../../integrations/sample", import.meta.url)), config, {
    recursive: true,
  });
  replaceIn(join(config, "trestle.yaml"), [
    ["port: 8080", "port: 0"],
    ["port: 2575", "port: 0"],
  ]);
  replaceIn(join(config, "sites/lakeshore/site.yaml"), [["127.0.0.1:8090", `127.0.0.1:${port}`]]);
  writeFileSync(join(config, "integration.yaml"), JSON.stringify(needsOf(writes)));
  const loaded = await loadIntegration(config);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return startHub({ integration: loaded.integration, data: join(folder, "data"), log: silent });
}

function replaceIn(file: string, changes: readonly (readonly [from: string, to: string])[]): void {
  const before = readFileSync(file, "utf8");
  const after = changes.reduce((text, [from, to]) => text.replace(from, to), before);
  writeFileSync(file, after);
}

/** Its clock ends near now, so that what it tells is fresh, and nothing of it lies ahead. */
async function openSandbox(
  hub: Hub,
  options: {
    readonly seed: number;
    readonly patients: number;
    readonly messages: number;
    readonly port: number;
  },
): Promise<Sandbox> {
  const { seed, patients, messages, port } = options;
  const [listener] = hub.mllpPorts.values();
  const lengthMs = await lengthOf(options);
  return startSandbox(
    sandboxSettings.parse({
      seed,
      patients,
      rate: 1000,
      stopAfter: messages,
      start: new Date(Date.now() - lengthMs - 3_600_000).toISOString(),
      port: listener,
      http: { port, adminToken },
      clients: [client(hub, everyRead)],
    }),
  );
}

/** How long the hospital lives, by its own clock, until it has sent so many messages. */
async function lengthOf(options: {
  readonly seed: number;
  readonly patients: number;
  readonly messages: number;
}): Promise<number> {
  const { facility, timeZone, start } = sandboxSettings.parse({});
  const pathways = await loadPathways(pathwayFolder);
  let last = Date.parse(start);
  for (const { at } of traffic({ ...options, facility, timeZone, start, pathways }).take(
    options.messages,
  ))
    last = at;
  return last - Date.parse(start);
}

function client(hub: Hub, apis: readonly string[]) {
  return {
    name: "Trestle",
    clientId: "7a1d3c5e-0000-4000-8000-0000000bac01",
    audience: "backend",
    apis,
    jwksUrl: `${hub.url}/.well-known/jwks.json`,
  };
}

async function become(sandbox: Sandbox, hub: Hub, { switches = {}, apis }: Changes): Promise<void> {
  const application = client(hub, apis ?? everyRead);
  await callAdmin(sandbox, "PATCH /switches", { ...unchanged, ...switches });
  await callAdmin(sandbox, "POST /clients", application);
  await callAdmin(sandbox, "POST /tokens/expire", {});
}

/** @param call Method and path. */
async function callAdmin({ http }: Sandbox, call: string, body?: unknown): Promise<unknown> {
  const [method = "", path = ""] = call.split(" ");
  const response = await fetch(`${http?.admin ?? ""}${path}`, {
    method,
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

async function probe(
  transport: Transport,
  { seed, patients }: { readonly seed: number; readonly patients: number },
): Promise<ProbeReport> {
  const params = { site: "lakeshore" };
  const body = { patients, seed, maxRequests: 10_000, maxMinutes: 5, hl7Hours: 24 };
  const { id } = await callRoute(transport, routes.startProbe, {
    params,
    body: { ...body, withExamples: false, sample: { how: "record" } },
  });
  for (;;) {
    const call = { params: { ...params, probe: id } };
    const { running, report, problem } = await callRoute(transport, routes.getProbe, call);
    if (report !== undefined) return report;
    if (running === undefined) throw new Error(problem?.code ?? "no report");
    await setTimeout(20);
  }
}

function transportTo({ url }: Hub, token: string): Transport {
  return async ({ method, path, body }) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { method, headers, body: body ?? null });
    return { status: response.status, body: await response.text() };
  };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    if (await isSo()) return;
    await setTimeout(20);
  }
  throw new Error("the hospital did not tell enough in a minute");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0));
    });
  });
}

const everyRead = ["*.Read*", "*.Search*"];
const unchanged = { defects: [], userRights: [], breakTheGlassPatients: {} };
const adminToken = "the-token-of-an-invented-hospital";
const quiet = () => undefined;
const silent = { debug: quiet, info: quiet, warn: quiet, error: quiet };
