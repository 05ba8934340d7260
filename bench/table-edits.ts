import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHubProcess } from "../test/support/hub-process.ts";
import { connectPeer } from "../test/support/mllp-peer.ts";

/** What edits of a table take while messages come in. */
export interface TableEdits {
  /** For each edit, from the write of the file until a message was received under it. */
  readonly liveMs: readonly number[];
  /** For each edit, the longest that an acknowledgement took meanwhile. */
  readonly longestAckMs: readonly number[];
  /** The longest without an edit, in as much time as one edit took. */
  readonly usualAckMs: number;
}

export interface EditedTable {
  /** An integration folder; it is made to be watched. */
  readonly folder: string;
  /** Path of the table in it. */
  readonly table: string;
  /** MSH-4 of a sender that the folder knows. */
  readonly facility: string;
  readonly edits: number;
}

/**
 * Edits a table of a folder that a running hub watches, again and again, while one sender sends one
 * message after the other.
 */
export async function tableEdits({ folder, table, ...more }: EditedTable): Promise<TableEdits> {
  const file = join(folder, table);
  const text = readFileSync(file, "utf8");
  appendFileSync(join(folder, "trestle.yaml"), "configuration:\n  watch: true\n");
  const data = mkdtempSync(join(tmpdir(), "trestle-edits-"));
  const hub = await startHubProcess({ path: folder, data, write() {}, remove() {} });
  const traffic = sending(await connectPeer(hub.mllpPort), more.facility);
  try {
    // Until it is warm, and has looked at the folder for the first time.
    await pause(4000);
    const usualAckMs = await traffic.longestDuring(() => pause(1000));
    const liveMs: number[] = [];
    const longestAckMs: number[] = [];
    for (let edit = 1; edit <= more.edits; edit += 1) {
      const line = `EDIT${edit},Edit ${edit},http://loinc.org,718-7,mapped,\n`;
      const longest = await traffic.longestDuring(async () => {
        const edited = performance.now();
        writeFileSync(file, text + line);
        await until(async () => (await changes(hub)) > edit);
        // The next one to be sent is received under it.
        await traffic.next();
        liveMs.push(performance.now() - edited);
      });
      longestAckMs.push(longest);
      await pause(500);
    }
    return { liveMs, longestAckMs, usualAckMs };
  } finally {
    await traffic.stop();
    await hub.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function changes(hub: Awaited<ReturnType<typeof startHubProcess>>): Promise<number> {
  const { items } = await hub.ask<{ items: readonly object[] }>("/api/v1/configuration");
  return items.length;
}

function sending(peer: Awaited<ReturnType<typeof connectPeer>>, facility: string) {
  let longest = 0;
  const ending = new AbortController();
  let sent: PromiseWithResolvers<void> = Promise.withResolvers();
  const run = async () => {
    for (let count = 1; !ending.signal.aborted; count += 1) {
      const before = performance.now();
      await peer.send(result(facility, count));
      longest = Math.max(longest, performance.now() - before);
      sent.resolve();
      sent = Promise.withResolvers();
      await pause(2);
    }
    peer.close();
  };
  const running = run();
  return {
    async longestDuring(action: () => Promise<void>): Promise<number> {
      longest = 0;
      await action();
      return longest;
    },
    async next(): Promise<void> {
      await sent.promise;
      await sent.promise;
    },
    async stop(): Promise<void> {
      ending.abort();
      await running;
    },
  };
}

function result(facility: string, count: number): string {
  return [
    `MSH|^~\\&|LAB|${facility}|TRESTLE|TRESTLE|20260115103015||ORU^R01^ORU_R01|E${count}|T|2.5.1`,
    "PID|1||900001^^^HH^MR||BEAM^ADA^TEST^^^^L||19800115|F",
    "OBR|1||F1|CBC^Blood count|||20260115090000|||||||||||||||20260115101500|||F",
    "OBX|1|NM|EDIT1^Edit||13.5|g/dL|12-16|N|||F|||20260115090000",
    "",
  ].join("\r");
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(5);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
