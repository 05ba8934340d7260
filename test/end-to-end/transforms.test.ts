import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission } from "../support/messages.ts";
import { connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

// An integration's own code runs in the hub. What it does wrong must cost one message alone.

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

const transform = `import type { Transform } from "@trestle/mapping";

export const transform: Transform = {
  after(bundle, { message }) {
    if (message.controlId === "hangs") for (;;) {}
    if (message.controlId === "fails") throw new RangeError(message.get("PID-5.1") ?? "");
    return { ...bundle, id: \`checked-\${message.controlId}\` };
  },
};
`;

test("a transform changes results and explanations; one that hangs or fails costs one message", async () => {
  folder.write("transforms/mark.ts", transform);
  folder.write("sites/harbor/overlay.yaml", "transforms: [mark]\n");
  folder.write(
    "trestle.yaml",
    "http: { port: 0 }\nlisteners:\n  hospital: { type: mllp, port: 0 }\nprocessing: { timeoutSeconds: 1 }\n",
  );
  hub = await startHubProcess(folder);
  const peer = await connectPeer(hub.mllpPort);
  for (const [index, controlId] of ["first", "hangs", "fails", "last"].entries()) {
    const patient = 900_001 + index;
    expect(await peer.send(admission({ controlId, patient }))).toContain(`MSA|AA|${controlId}`);
  }
  peer.close();
  await eventually("the others are delivered", () => receiver.received.length === 2, 30_000);
  const bodies = receiver.received.map(({ body }) => JSON.stringify(body));
  expect(bodies.join()).toContain("checked-first");
  expect(bodies.join()).toContain("checked-last");
  expect(await reasons()).toEqual({
    first: undefined,
    hangs: "channels.mappingStopped",
    fails: "mapping.transformFailed",
    last: undefined,
  });
  expect(await explanationOf("first")).toMatchObject({
    bundle: { id: "checked-first" },
    sources: expect.arrayContaining([{ path: "id", rule: "transform mark" }]),
  });
  // A person who looks at such a message must not stop the hub either.
  expect(await explanationOf("hangs")).toMatchObject({
    outcome: "failed",
    warnings: [{ code: "channels.mappingStopped" }],
  });
  expect(await explanationOf("fails")).toMatchObject({
    outcome: "failed",
    warnings: [{ text: "transforms/mark.ts failed on this message (RangeError)." }],
  });
  expect(hub.errors()).not.toContain("BEAM");
}, 60_000);

interface Listed {
  readonly id: string;
  readonly controlId: string;
  readonly reason?: { readonly code: string };
}

async function listed(): Promise<readonly Listed[]> {
  return (await hub.ask<{ items: readonly Listed[] }>("/api/v1/messages")).items;
}

async function reasons(): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(
    (await listed()).map(({ controlId, reason }) => [controlId, reason?.code]),
  );
}

async function explanationOf(controlId: string): Promise<unknown> {
  const found = (await listed()).find((message) => message.controlId === controlId);
  return hub.ask(`/api/v1/messages/${found?.id ?? ""}/explanation`, { purpose: "testing" });
}
