import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { integrationFolder } from "../test/support/integration-folder.ts";
import { startHubProcess } from "../test/support/hub-process.ts";
import { type Load, freePort, median, runLoad, startServer } from "./measure.ts";
import type { Report } from "./report.ts";

/**
 * Durable acknowledgements against servers that store nothing, in turn, several times.
 *
 * The hub is measured twice: as it runs, with processing and deliveries at work on the same two
 * cores, and its receiving half alone.
 */
export async function acknowledge({
  runs,
  seconds,
}: {
  runs: number;
  seconds: number;
}): Promise<Report> {
  const rows: Report["rows"][number][] = [];
  for (const connections of [16, 1]) {
    const loads = new Map<string, Load[]>();
    for (let run = 0; run < runs; run += 1) {
      for (const [name, measure] of contestants) {
        const load = await measure({ connections, seconds });
        loads.set(name, [...(loads.get(name) ?? []), load]);
      }
    }
    for (const [name, measured] of loads) rows.push(rowOf(name, connections, measured));
  }
  const syncMs = syncTimeMs();
  return { title: "Acknowledge", about, heading, rows, notes: notesOf(rows, syncMs) };
}

type Measure = (load: { connections: number; seconds: number }) => Promise<Load>;

const contestants: readonly (readonly [name: string, measure: Measure])[] = [
  ["Trestle, the hub as it runs", measureHub],
  ["Trestle, listener and journal", measureDoor],
  ["bare socket and file, one sync a turn", measureBareLog],
  ["simple-hl7 (stores nothing)", (load) => measurePeer("servers/simple-hl7-server.ts", load)],
  ["@medplum/hl7 (stores nothing)", (load) => measurePeer("servers/medplum-server.ts", load)],
];

async function measureHub(load: { connections: number; seconds: number }): Promise<Load> {
  const receiver = await startServer("servers/webhook-receiver.ts", []);
  const folder = integrationFolder(`http://127.0.0.1:${receiver.port}/`);
  const hub = await startHubProcess(folder);
  const measured = await runLoad({ port: hub.mllpPort, ...load });
  // What is still to be processed does not matter here.
  await hub.kill();
  await receiver.stop();
  folder.remove();
  return measured;
}

async function measureDoor(load: { connections: number; seconds: number }): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), "trestle-bench-"));
  const server = await startServer("servers/door-server.ts", [folder]);
  const measured = await runLoad({ port: server.port, ...load });
  await server.stop();
  rmSync(folder, { recursive: true });
  return measured;
}

async function measureBareLog(load: { connections: number; seconds: number }): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), "trestle-bench-"));
  const server = await startServer("servers/bare-log-server.ts", [join(folder, "log")]);
  const measured = await runLoad({ port: server.port, ...load });
  await server.stop();
  rmSync(folder, { recursive: true });
  return measured;
}

async function measurePeer(
  file: string,
  load: { connections: number; seconds: number },
): Promise<Load> {
  const server = await startServer(file, [String(await freePort())]);
  const measured = await runLoad({ port: server.port, ...load });
  await server.stop();
  return measured;
}

const about =
  "What a sender waits for: messages of 1.4 KB over MLLP, each sent when the one before it on its connection was answered. “The hub as it runs” maps and delivers at the same time on the same cores; “listener and journal” is its receiving half alone, durable before each answer. “Bare socket and file” is the least that a durable server must do. The last two are other servers for Node, which answer without storing anything.";

const heading = ["Server", "Connections", "ACK/s", "p50 ms", "p99 ms", "Refused"];

function rowOf(
  name: string,
  connections: number,
  loads: readonly Load[],
): readonly (string | number)[] {
  const middle = (pick: (load: Load) => number) => median(loads.map(pick));
  return [
    name,
    connections,
    Math.round(middle(({ rate }) => rate)),
    Number(middle(({ p50 }) => p50).toFixed(2)),
    Number(middle(({ p99 }) => p99).toFixed(2)),
    loads.reduce((sum, { refused }) => sum + refused, 0),
  ];
}

function notesOf(rows: Report["rows"], syncMs: number): string[] {
  const rateOf = (name: string) =>
    Number(rows.find((row) => String(row[0]).startsWith(name) && row[1] === 16)?.[2] ?? 0);
  const fastestPeer = Math.max(rateOf("simple-hl7"), rateOf("@medplum/hl7"));
  const ratio = (name: string) => (rateOf(name) / fastestPeer).toFixed(2);
  const ofPossible = (rateOf("Trestle, listener") / rateOf("bare socket")).toFixed(2);
  const alone = rows.find((row) => String(row[0]).includes("listener") && row[1] === 1);
  return [
    `At 16 connections the hub as it runs reaches ${ratio("Trestle, the hub")} times the fastest peer, its receiving half alone ${ratio("Trestle, listener")} times.`,
    `A bare socket that writes to a file and syncs it before it answers reaches ${ratio("bare socket")} times the fastest peer: what storing costs by itself, with as little around it as may be. The receiving half reaches ${ofPossible} of it.`,
    `One fdatasync of this disk takes ${syncMs.toFixed(2)} ms (median); at one connection an ACK takes ${String(alone?.[3])} ms (p50) with listener and journal.`,
  ];
}

/** The median of what the disk needs to make one small write durable. */
function syncTimeMs(): number {
  const folder = mkdtempSync(join(tmpdir(), "trestle-sync-"));
  const file = openSync(join(folder, "sync"), "w");
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 300 }, () => {
    const before = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - before;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return median(times);
}
