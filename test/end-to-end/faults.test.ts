import { type Socket, connect } from "node:net";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "@trestle/testkit";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { admission } from "../support/messages.ts";
import { connectPeer, frame } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

let receiver: Receiver;
let folder: IntegrationFolder;
let hub: HubProcess;
/** What it takes before anybody calls. */
let idleMb: number;

beforeAll(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url);
  hub = await startHubProcess(folder);
  idleMb = residentMb(hub.pid);
});

afterAll(async () => {
  await hub.stop();
  await receiver.stop();
  folder.remove();
});

/** The frame must be shown as broken, for its reason, and the hub must go on taking messages. */
async function expectBroken(code: string): Promise<void> {
  await eventually(`a broken frame with ${code}`, async () => {
    const { items } = await hub.ask<{ items: { reason?: { code: string } }[] }>(
      "/api/v1/messages?disposition=broken",
    );
    return items.some(({ reason }) => reason?.code === code);
  });
  const peer = await connectPeer(hub.mllpPort);
  expect(await peer.send(admission({ controlId: "after", patient: 900_000 }))).toContain(
    "MSA|AA|after",
  );
  peer.close();
}

test("garbage before a frame is kept, and the frame behind it is taken", async () => {
  const peer = await connectPeer(hub.mllpPort);
  peer.write(
    Buffer.concat([
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      frame(admission({ controlId: "G1", patient: 900_001 })),
    ]),
  );
  expect(await peer.next()).toContain("MSA|AA|G1");
  peer.close();
  await expectBroken("mllp.garbage");
});

test("a frame without an end is kept when the connection closes", async () => {
  const peer = await connectPeer(hub.mllpPort);
  const whole = frame(admission({ controlId: "U1", patient: 900_002 }));
  peer.write(whole.subarray(0, whole.byteLength - 2));
  peer.close();
  await expectBroken("mllp.unfinished");
});

test("50 MB are refused with AR within bounded memory, and the connection stays", async () => {
  const peer = await connectPeer(hub.mllpPort);
  const head = admission({ controlId: "L1", patient: 900_003 });
  peer.write(frame(`${head}OBX|1|ED|PDF||${"A".repeat(50 * 1024 * 1024)}\r`));
  expect(await peer.next()).toMatch(/MSA\|AR\|L1/u);
  expect(residentMb(hub.pid) - idleMb).toBeLessThan(150);
  expect(await peer.send(admission({ controlId: "L2", patient: 900_003 }))).toContain("MSA|AA|L2");
  peer.close();
  await expectBroken("mllp.frameTooLarge");
});

test("two thousand connections: as many as allowed are taken, others are refused, none hangs the hub", async () => {
  const sockets = Array.from({ length: 2000 }, () => {
    const socket = connect({ port: hub.mllpPort, host: "127.0.0.1" });
    socket.on("error", () => {});
    return socket;
  });
  const isSettled = (socket: Socket) => socket.readyState === "open" || socket.destroyed;
  await eventually("every connection is taken or refused", () => sockets.every(isSettled));
  await eventually("the limit holds", async () => {
    const { connections } = await hub.ask<{ connections: number }>("/api/v1/overview");
    return connections === 1024;
  });
  for (const socket of sockets) socket.destroy();
  await eventually("room again", async () => {
    const { connections } = await hub.ask<{ connections: number }>("/api/v1/overview");
    return connections === 0;
  });
  const peer = await connectPeer(hub.mllpPort);
  expect(await peer.send(admission({ controlId: "C1", patient: 900_004 }))).toContain("MSA|AA|C1");
  peer.close();
});

test("a peer that never reads its answers does not grow the hub", async () => {
  const socket = connect({ port: hub.mllpPort, host: "127.0.0.1" });
  socket.on("error", () => {});
  socket.pause();
  let isBlocked = false;
  for (let number = 0; number < 20_000 && !isBlocked; number += 1) {
    const text = frame(admission({ controlId: `N${number}`, patient: 900_005 }));
    if (!socket.write(text)) {
      isBlocked = await Promise.race([
        new Promise<boolean>((resolve) => socket.once("drain", () => resolve(false))),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 2000)),
      ]);
    }
  }
  expect(residentMb(hub.pid) - idleMb).toBeLessThan(200);
  socket.destroy();
  const peer = await connectPeer(hub.mllpPort);
  expect(await peer.send(admission({ controlId: "R1", patient: 900_006 }))).toContain("MSA|AA|R1");
  peer.close();
}, 90_000);

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(?<kb>\d+)/u.exec(status)?.groups?.["kb"] ?? 0) / 1024;
}
