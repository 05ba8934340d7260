import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "@trestle/testkit";
import { admissionOf, reportOf } from "./console-messages.ts";
import { type HubProcess, startHubProcess } from "./hub-process.ts";
import type { IntegrationFolder } from "./integration-folder.ts";
import { admission } from "./messages.ts";
import { type MllpPeer, connectPeer } from "./mllp-peer.ts";
import { startReceiver } from "./receiver.ts";

/** A hub with the sample integration, what a simulated hospital sent, and one patient to look at. */
export interface ConsoleHub {
  readonly hub: HubProcess;
  /** Who sends what the tests themselves send. */
  readonly peer: MllpPeer;
  stop(): Promise<void>;
}

/**
 * Starts it, and waits until all that was sent is processed and delivered. One delivery needed a
 * second try (`C100`), one is held (`C200`), one message was refused (`C300`).
 *
 * @param traffic Messages of the simulated hospital.
 */
export async function startConsoleHub(traffic: number): Promise<ConsoleHub> {
  const receiver = await startReceiver();
  const folder = sampleFolder(receiver.url);
  const hub = await startHubProcess(folder, ["--port", "0", "--mllp-port", "0"]);
  const peer = await connectPeer(hub.mllpPort);
  const overview = () => hub.ask<Waiting>("/api/v1/overview");
  const settled = async () => {
    const { backlog, queued } = await overview();
    return backlog === 0 && queued === 0;
  };
  await simulate(hub.mllpPort, traffic);
  await eventually("what the hospital sent is delivered", settled);
  receiver.status = 503;
  await peer.send(admissionOf("C100"));
  await eventually("a try failed", async () => (await overview()).destinations[0]?.retries !== 0);
  receiver.status = 200;
  await eventually("it is delivered", settled);
  receiver.status = 422;
  await peer.send(admission({ controlId: "C200", patient: 990_088 }));
  await eventually("one is held", async () => (await overview()).held === 1);
  receiver.status = 200;
  for (const [index, hba1c] of [7.4, 6.9, 6.3, 6.1].entries()) {
    await peer.send(reportOf({ controlId: `C10${index + 1}`, month: 8 + index, hba1c }));
  }
  await peer.send(`${admission({ controlId: "C300", patient: 990_099 })}oops\r`);
  await eventually("all is settled", settled);
  return {
    hub,
    peer,
    async stop() {
      peer.close();
      await hub.stop();
      await receiver.stop();
      folder.remove();
    },
  };
}

interface Waiting {
  readonly backlog: number;
  readonly queued: number;
  readonly held: number;
  readonly destinations: readonly { readonly retries: number }[];
}

/** The sample integration in a folder of its own, sending to another place. */
function sampleFolder(webhook: string): IntegrationFolder {
  const root = mkdtempSync(join(tmpdir(), "trestle-console-"));
  const path = join(root, "integration");
  const write = (file: string, text: string) => writeFileSync(join(path, file), text);
  cpSync(sample, path, { recursive: true });
  write(
    "destinations/app-webhook.yaml",
    ["type: webhook", `url: ${webhook}`, "firstRetrySeconds: 0.2", ""].join("\n"),
  );
  const remove = () => rmSync(root, { recursive: true, force: true });
  return { path, data: join(root, "data"), write, remove };
}

async function simulate(port: number, count: number): Promise<void> {
  const words = ["sandbox", "--no-http", "--to", `127.0.0.1:${port}`, "--count", String(count)];
  const child = spawn(command, [...words, "--rate", "500", "--patients", "40"], {
    stdio: "ignore",
  });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`the simulated hospital ended with ${code}`);
}

const command = fileURLToPath(new URL("../../node_modules/.bin/trestle", import.meta.url));
const sample = fileURLToPath(new URL("../../integrations/sample", import.meta.url));
