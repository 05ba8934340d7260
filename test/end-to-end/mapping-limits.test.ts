import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission } from "../support/messages.ts";
import { connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

// A message whose mapping takes too long or too much must cost that message alone.

let receiver: Receiver;
let folder: IntegrationFolder;
let hub: HubProcess;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url);
});

afterEach(async () => {
  await hub.stop();
  await receiver.stop();
  folder.remove();
});

test.each([
  { limit: "time", processing: "timeoutSeconds: 1" },
  { limit: "memory", processing: "memoryMb: 32" },
])(
  "a message that needs more $limit than it may have fails, and those around it arrive",
  async ({ processing }) => {
    folder.write("trestle.yaml", settingsWith(processing));
    hub = await startHubProcess(folder);
    const peer = await connectPeer(hub.mllpPort);
    await peer.send(admission({ controlId: "before", patient: 900_001 }));
    expect(await peer.send(enormous("enormous"))).toContain("MSA|AA|enormous");
    // The door does not wait for the mapping, which would end this only after its limit.
    expect(await peer.send(admission({ controlId: "after", patient: 900_002 }))).toContain(
      "MSA|AA|after",
    );
    peer.close();
    await eventually("both neighbours are delivered", () => receiver.received.length === 2, 30_000);
    expect(await outcomes()).toEqual({
      before: expect.stringMatching(/^mapped/u),
      enormous: "failed channels.mappingStopped",
      after: expect.stringMatching(/^mapped/u),
    });
    expect(hub.errors()).toContain("the mapping thread ended");
    expect(hub.errors()).not.toContain("BEAM");
  },
  60_000,
);

async function outcomes(): Promise<Record<string, string>> {
  const { items } = await hub.ask<{
    items: { controlId: string; outcome: string; reason?: { code: string } }[];
  }>("/api/v1/messages");
  return Object.fromEntries(
    items.map(({ controlId, outcome, reason }) => [
      controlId,
      reason === undefined ? outcome : `${outcome} ${reason.code}`,
    ]),
  );
}

/** A result with more observations than any laboratory sends. */
function enormous(controlId: string): string {
  const [, , pid = ""] = admission({ controlId, patient: 900_003 }).split("\r");
  const observations = Array.from(
    { length: 100_000 },
    (_, index) => `OBX|${index + 1}|NM|HGB^Hemoglobin^LAB|${index}|13.${index % 10}|g/dL|||||F`,
  );
  return [
    `MSH|^~\\&|EHR|HH|TRESTLE|TRESTLE|20260115103015|39248|ORU^R01^ORU_R01|${controlId}|T|2.5.1`,
    pid,
    "OBR|1|1001^EPC|2001^LAB|CBC^Complete blood count^LAB|||20260115100000",
    ...observations,
    "",
  ].join("\r");
}

function settingsWith(processing: string): string {
  return [
    "http: { port: 0 }",
    "listeners:",
    "  hospital: { type: mllp, port: 0 }",
    "processing:",
    `  ${processing}`,
    "",
  ].join("\n");
}
