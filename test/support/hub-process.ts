import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { IntegrationFolder } from "./integration-folder.ts";

/** A hub in a process of its own, started by the command that users type. */
export interface HubProcess {
  readonly url: string;
  readonly mllpPort: number;
  readonly signInLink: string | undefined;
  readonly pid: number;
  /** What it wrote to standard error so far. */
  readonly errors: () => string;
  /** Calls the API as the operator. */
  ask<T>(path: string, init?: { method?: string; body?: unknown; purpose?: string }): Promise<T>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<number>;
}

const command = fileURLToPath(new URL("../../node_modules/.bin/trestle", import.meta.url));

/** Starts a hub and waits until it says where it listens. */
export async function startHubProcess(
  folder: IntegrationFolder,
  extra: readonly string[] = [],
): Promise<HubProcess> {
  const words = ["start", "--config", folder.path, "--data", folder.data, "--json", ...extra];
  const child = spawn(command, words, {
    env: { ...process.env, PATH: `${dirname(command)}:${process.env["PATH"] ?? ""}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const first = await firstLine(child, () => errors);
  const { url, mllp, signIn } = JSON.parse(first) as {
    url: string;
    mllp: Record<string, number>;
    signIn?: string;
  };
  const token = readFileSync(join(folder.data, "operator.token"), "utf8").trim();
  return {
    url,
    mllpPort: Object.values(mllp)[0] ?? 0,
    signInLink: signIn,
    pid: child.pid ?? 0,
    errors: () => errors,
    async ask<T>(path: string, init: { method?: string; body?: unknown; purpose?: string } = {}) {
      const response = await fetch(new URL(path, url), {
        method: init.method ?? "GET",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          ...(init.purpose === undefined ? {} : { "trestle-purpose": init.purpose }),
        },
        ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
      });
      if (!response.ok)
        throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as T;
    },
    async kill() {
      child.kill("SIGKILL");
      await exitOf(child);
    },
    async stop() {
      child.kill("SIGTERM");
      return exitOf(child);
    },
  };
}

function firstLine(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const end = text.indexOf("\n");
      if (end !== -1) resolve(text.slice(0, end));
    });
    child.once("exit", (code) => reject(new Error(`the hub ended with ${code}: ${errors()}`)));
  });
}

function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(child.exitCode ?? -1);
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? -1));
  });
}
