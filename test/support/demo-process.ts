import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The hub, a simulated hospital and the sample application, as `trestle demo` runs them. */
export interface DemoProcess {
  readonly hubUrl: string;
  readonly signInLink: string;
  readonly launchPage: string;
  readonly fhirBase: string;
  readonly sampleUrl: string;
  /** Calls the hub's API as the operator. */
  ask<T>(path: string): Promise<T>;
  /** Takes an application on record at the hospital. */
  register(client: object): Promise<void>;
  /** Makes the hospital fail, see its faults; `{}` mends it. */
  misbehave(faults: object): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on free ports, and waits until it says where everything is. */
export async function startDemoProcess(): Promise<DemoProcess> {
  const data = mkdtempSync(join(tmpdir(), "trestle-demo-"));
  const ports = ["--port", "--mllp-port", "--http-port", "--sample-port"].flatMap((name) => [
    name,
    "0",
  ]);
  const words = ["demo", "--data", data, "--patients", "20", "--rate", "50", ...ports];
  const child = spawn(process.execPath, [command, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    // Whoever runs the tests may have one; what is drawn is told.
    env: { ...process.env, TRESTLE_SANDBOX_ADMIN_TOKEN: "" },
  });
  let told = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (told.includes("its token")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}: ${told}`)));
  });
  const after = (label: string) => new RegExp(`${label} +(\\S+)`, "u").exec(told)?.[1] ?? "";
  const hubUrl = after("Console and API");
  const call = async (url: string, token: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(url, { ...init, headers });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response.json();
  };
  const admin = async (method: string, path: string, body: object) => {
    const url = `${after("Admin API")}${path}`;
    await call(url, after("its token"), { method, body: JSON.stringify(body) });
  };
  const operator = readFileSync(join(data, "operator.token"), "utf8").trim();
  return {
    hubUrl,
    signInLink: after("Sign in once"),
    launchPage: after("Launch page"),
    fhirBase: after("FHIR"),
    sampleUrl: after("Sample application"),
    ask: async <T>(path: string) => (await call(`${hubUrl}${path}`, operator)) as T,
    register: (client) => admin("POST", "/clients", client),
    misbehave: (faults) => admin("PUT", "/faults", faults),
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

const command = fileURLToPath(new URL("../../packages/apps/cli/bin/trestle.mjs", import.meta.url));
