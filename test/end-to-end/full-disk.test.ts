import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission } from "../support/messages.ts";
import { type MllpPeer, connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

let receiver: Receiver;
let folder: IntegrationFolder;
let hub: HubProcess;
let peer: MllpPeer;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url, ["firstRetrySeconds: 0.05", "maxRetrySeconds: 0.2"]);
});

afterEach(async () => {
  peer.close();
  await hub.stop();
  await receiver.stop();
  folder.remove();
});

/** The largest file that a running process may write; the kernel refuses the byte behind it. */
function limitFiles(pid: number, bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
}

const watched = `http:
  port: 0
configuration:
  watch: true
listeners:
  hospital:
    port: 0
`;

const configuration = () =>
  hub.ask<{ revision: string; items: readonly object[] }>("/api/v1/configuration");

const isReady = async () => (await fetch(new URL("/readyz", hub.url))).status === 200;

test("a disk that fills: NAK and not ready, no change of the configuration is taken, nothing acknowledged is lost, and it recovers by itself", async () => {
  folder.write("trestle.yaml", watched);
  hub = await startHubProcess(folder);
  peer = await connectPeer(hub.mllpPort);
  const acknowledged: string[] = [];
  const send = async (number: number) => {
    const controlId = `D${number}`;
    const answer = await peer.send(admission({ controlId, patient: 900_000 + (number % 5) }));
    if (answer.includes(`MSA|AA|${controlId}`)) acknowledged.push(controlId);
    return answer;
  };
  limitFiles(hub.pid, 3_000_000);
  let number = 0;
  let answer = "";
  while (number < 5000 && !answer.includes("MSA|AR")) {
    number += 1;
    answer = await send(number);
  }
  expect(answer).toMatch(/MSA\|AR\|D\d+.*\rERR\|.*207/su);
  expect(await isReady()).toBe(false);
  const { revision } = await configuration();
  // What is kept beside the messages needs little, and might still find room.
  limitFiles(hub.pid, 1024);
  folder.write("destinations/other.yaml", "type: webhook\nurl: http://127.0.0.1:9/\n");
  await eventually("the change is not taken", () => hub.errors().includes("was not reloaded"));
  expect(await configuration()).toMatchObject({ revision, items: [{ cause: "start" }] });
  limitFiles(hub.pid, "unlimited");
  await eventually("the hub takes messages again", async () =>
    (await send(number)).includes("MSA|AA"),
  );
  expect(await isReady()).toBe(true);
  await eventually("all that was acknowledged is delivered", () => {
    const seen = receiver.received.map(({ body }) => body).join("\n");
    return acknowledged.every((controlId) => seen.includes(`"${controlId}"`));
  });
  await eventually(
    "the change is taken",
    async () => (await configuration()).revision !== revision,
  );
  expect((await configuration()).items).toHaveLength(2);
}, 90_000);

test("less free space than the limit: AR with the reason, before anything is written", async () => {
  folder.write(
    "trestle.yaml",
    `http:\n  port: 0\nlisteners:\n  hospital:\n    port: 0\nstorage:\n  minFreeBytes: ${2 ** 50}\n`,
  );
  hub = await startHubProcess(folder);
  peer = await connectPeer(hub.mllpPort);
  const answer = await peer.send(admission({ controlId: "F1", patient: 900_000 }));
  expect(answer).toMatch(/MSA\|AR\|F1/u);
  expect(answer).toMatch(/nearly full/u);
  expect(await isReady()).toBe(false);
});
