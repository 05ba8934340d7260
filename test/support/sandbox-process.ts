import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A simulated hospital in a process of its own, over HTTP, started by the command that users type. */
export interface SandboxProcess {
  readonly fhirBase: string;
  /** Calls its admin API. */
  admin(method: "POST" | "PUT" | "PATCH", path: string, body: unknown): Promise<void>;
  /** The ids of the patients who are on its list of charts now. */
  patients(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/**
 * Starts one with ten patients and waits until it says where it listens. It sends nothing.
 *
 * @param extra Further words of the command line, such as a profile.
 */
export async function startSandboxProcess(extra: readonly string[] = []): Promise<SandboxProcess> {
  const words = ["sandbox", "--no-hl7", "--http-port", "0", "--patients", "10", ...extra];
  const child = spawn(process.execPath, [command, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    // Whoever runs the tests may have one; what is drawn is told.
    env: { ...process.env, TRESTLE_SANDBOX_ADMIN_TOKEN: "" },
  });
  let told = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (told.includes("Ctrl+C ends it.")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}: ${told}`)));
  });
  const after = (label: string) => new RegExp(`${label} +(\\S+)`, "u").exec(told)?.[1] ?? "";
  const [fhirBase, launchPage] = [after("FHIR"), after("Launch page")];
  const [admin, token] = [after("Admin API"), after("its token")];
  return {
    fhirBase,
    async admin(method, path, body) {
      const response = await fetch(`${admin}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    },
    async patients() {
      const page = await (await fetch(launchPage)).text();
      return Array.from(page.matchAll(/\/patients\/(?<id>[^"]+)"/gu), ({ groups }) =>
        decodeURIComponent(groups?.["id"] ?? ""),
      );
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
    },
  };
}

const command = fileURLToPath(new URL("../../packages/apps/cli/bin/trestle.mjs", import.meta.url));
