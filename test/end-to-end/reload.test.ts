import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HubProcess, startHubProcess } from "../support/hub-process.ts";
import { type IntegrationFolder, integrationFolder } from "../support/integration-folder.ts";
import { result } from "../support/messages.ts";
import { type MllpPeer, connectPeer } from "../support/mllp-peer.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

// A configuration that changes while messages come in, through real processes.

let receiver: Receiver;
let folder: IntegrationFolder;
let hubs: HubProcess[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  folder = integrationFolder(receiver.url, ["firstRetrySeconds: 0.05", "maxRetrySeconds: 0.2"]);
  folder.write(table, rows("718-7"));
});

afterEach(async () => {
  for (const hub of hubs) await hub.stop();
  hubs = [];
  await receiver.stop();
  folder.remove();
});

const table = "sites/harbor/tables/observation-code.csv";

function rows(loinc: string): string {
  return `local,display,system,code,status,note\nHGB,Hemoglobin,http://loinc.org,${loinc},mapped,\n`;
}

async function start(): Promise<HubProcess> {
  const hub = await startHubProcess(folder);
  hubs.push(hub);
  return hub;
}

interface Configuration {
  readonly revision: string;
  readonly refused?: { readonly problems: readonly { file: string; line: number; code: string }[] };
  readonly items: readonly {
    readonly revision: string;
    readonly cause: string;
    readonly by?: string;
    readonly files: readonly object[];
  }[];
}

const configuration = (hub: HubProcess) => hub.ask<Configuration>("/api/v1/configuration");

const reload = (hub: HubProcess) =>
  hub.ask<{ outcome: string; revision: string }>("/api/v1/configuration/reload", {
    method: "POST",
    body: { reason: "The laboratory has a new code" },
  });

/** One message after the other on one connection, until it is told to end. */
function sending(peer: MllpPeer): { sent: string[]; end(): Promise<void> } {
  const sent: string[] = [];
  const ending = new AbortController();
  const loop = async () => {
    while (!ending.signal.aborted) {
      const controlId = `R${sent.length + 1}`;
      expect(await peer.send(result(controlId))).toContain(`MSA|AA|${controlId}`);
      sent.push(controlId);
    }
  };
  const looping = loop();
  return {
    sent,
    async end() {
      ending.abort();
      await looping;
    },
  };
}

interface Listed {
  readonly items: readonly { id: string; revision: string; outcome: string }[];
  readonly next?: string;
}

/** Every message by its id: the revision that it was handled by. */
async function handledBy(hub: HubProcess): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  let cursor: string | undefined = "";
  while (cursor !== undefined) {
    const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const page: Listed = await hub.ask(`/api/v1/messages?limit=500${more}`);
    for (const { id, revision } of page.items) found.set(Number(id), revision);
    cursor = page.next;
  }
  return found;
}

const codeIn = (body: string) => /"code":"(?<loinc>718-7|4548-4)"/u.exec(body)?.groups?.["loinc"];

async function allDelivered(count: number): Promise<void> {
  await eventually("all is delivered", () => new Set(keys()).size >= count);
}

const keys = () => receiver.received.map(({ key }) => key);

test("a table is edited under traffic: nothing is dropped, each message is handled by one revision and mapped by it", async () => {
  const hub = await start();
  const peer = await connectPeer(hub.mllpPort);
  const traffic = sending(peer);
  await eventually("messages come in", () => traffic.sent.length > 50);
  const { revision: before } = await configuration(hub);
  folder.write(table, rows("4548-4"));
  process.kill(hub.pid, "SIGHUP");
  await eventually("it is in force", async () => (await configuration(hub)).revision !== before);
  const { revision: after, items } = await configuration(hub);
  const then = traffic.sent.length;
  await eventually("messages still come in", () => traffic.sent.length > then + 50);
  await traffic.end();
  await allDelivered(traffic.sent.length);
  expect(items).toMatchObject([
    {
      revision: after,
      cause: "signal",
      files: [{ file: table, change: "changed", count: 1, of: "rows" }],
    },
    { revision: before, cause: "start" },
  ]);
  const revisions = await handledBy(hub);
  expect(revisions.size).toBe(traffic.sent.length);
  const inOrder = [...revisions].toSorted(([a], [b]) => a - b).map(([, revision]) => revision);
  // All of the one, then all of the other.
  const first = inOrder.indexOf(after);
  expect(first).toBeGreaterThan(50);
  expect(inOrder).toEqual(inOrder.map((_, index) => (index < first ? before : after)));
  expect(receiver.received).toHaveLength(traffic.sent.length);
  for (const { message, body } of receiver.received) {
    expect(codeIn(body)).toBe(revisions.get(message) === before ? "718-7" : "4548-4");
  }
  peer.close();
}, 60_000);

test("a bad edit is refused with every problem, traffic goes on, and a good one ends that", async () => {
  const hub = await start();
  const peer = await connectPeer(hub.mllpPort);
  const traffic = sending(peer);
  await eventually("messages come in", () => traffic.sent.length > 10);
  const { revision } = await configuration(hub);
  folder.write(table, rows("718-8"));
  folder.write("channels/all-in.yaml", "title: No more\n");
  expect(await reload(hub)).toMatchObject({ outcome: "refused", revision });
  const { refused } = await configuration(hub);
  const places = refused?.problems.map(({ file, line }) => `${file}:${line}`);
  expect(places).toEqual(expect.arrayContaining([`${table}:2`, "channels/all-in.yaml:1"]));
  const overview = await hub.ask<{ sentence: string }>("/api/v1/overview");
  expect(overview.sentence).toContain(`was not taken; revision ${revision} stays in force`);
  expect(hub.errors()).toContain("the changed configuration is refused");
  expect(hub.errors()).toContain(`"file":"${table}"`);
  const then = traffic.sent.length;
  await eventually("messages still come in", () => traffic.sent.length > then + 20);
  await traffic.end();
  folder.write(table, rows("4548-4"));
  folder.write("channels/all-in.yaml", channel);
  expect(await reload(hub)).toMatchObject({ outcome: "applied" });
  expect(await configuration(hub)).not.toHaveProperty("refused");
  await allDelivered(traffic.sent.length);
  expect(new Set((await handledBy(hub)).values())).toEqual(new Set([revision]));
  peer.close();
}, 60_000);

test("kill -9 right after a reload: what was acknowledged is delivered, and the change is known", async () => {
  const hub = await start();
  const peer = await connectPeer(hub.mllpPort);
  const sent: string[] = [];
  const traffic = (async () => {
    for (;;) {
      const controlId = `K${sent.length + 1}`;
      await peer.send(result(controlId));
      sent.push(controlId);
    }
  })().catch(() => undefined);
  await eventually("messages come in", () => sent.length > 50);
  folder.write(table, rows("4548-4"));
  const { revision } = await reload(hub);
  await hub.kill();
  await traffic;
  const again = await start();
  await eventually("all that was acknowledged is delivered", () => {
    const ids = receiver.received.map(({ body }) => /"(?<id>K\d+)"/u.exec(body)?.groups?.["id"]);
    const seen = new Set(ids);
    return sent.every((controlId) => seen.has(controlId));
  });
  const { items } = await configuration(again);
  expect(items.map(({ revision: known, cause }) => [known, cause])).toEqual([
    [revision, "request"],
    [expect.any(String), "start"],
  ]);
}, 60_000);

describe("a watched folder", () => {
  beforeEach(() => folder.write("trestle.yaml", watched));

  test("has a table's edit live in about a second: median of five, edit to delivery", async () => {
    const hub = await start();
    const peer = await connectPeer(hub.mllpPort);
    let count = 0;
    const mappedTo = async () => {
      await peer.send(result(`W${(count += 1)}`));
      await eventually("it is delivered", () => receiver.received.length === count);
      return codeIn(receiver.received.at(-1)?.body ?? "");
    };
    expect(await mappedTo()).toBe("718-7");
    const took: number[] = [];
    for (const loinc of ["4548-4", "718-7", "4548-4", "718-7", "4548-4"]) {
      const edited = performance.now();
      folder.write(table, rows(loinc));
      await eventually("a message is mapped by it", async () => (await mappedTo()) === loinc);
      took.push(Math.round(performance.now() - edited));
    }
    const [, , median] = took.toSorted((a, b) => a - b);
    process.stdout.write(`edit to delivery, ms: ${took.join(" ")}\n`);
    // The bound is a second on a machine of its own; one that does other work as well gets more.
    expect(median).toBeLessThan(3000);
    peer.close();
  }, 60_000);

  test("is taken once it is whole, and says what made it look", async () => {
    const hub = await start();
    folder.write("sites/lake/site.yaml", "title: Lake\n");
    await eventually("it is refused", async () => (await configuration(hub)).refused !== undefined);
    folder.write("sites/lake/site.yaml", site);
    await eventually("it is taken", async () => (await configuration(hub)).items.length === 2);
    const { items, refused } = await configuration(hub);
    expect(refused).toBeUndefined();
    expect(items[0]).toMatchObject({
      cause: "watch",
      files: [{ file: "sites/lake/site.yaml", change: "added", of: "settings" }],
    });
  }, 30_000);
});

test("who asked for a change is known with it; what changes nothing is no change", async () => {
  const hub = await start();
  folder.write(table, rows("4548-4"));
  await reload(hub);
  const { items } = await configuration(hub);
  expect(items[0]).toMatchObject({ cause: "request", by: "Operator" });
  expect(await reload(hub)).toMatchObject({ outcome: "unchanged" });
}, 30_000);

const channel = `title: Everything
source:
  type: mllp
  listener: hospital
accepts: ["*"]
routes:
  - to: app
`;

const watched = `http:
  port: 0
configuration:
  watch: true
listeners:
  hospital:
    type: mllp
    port: 0
`;

const site = `title: Lake Health
timeZone: America/Denver
environments:
  nonproduction:
    feeds:
      - listener: hospital
        sendingFacilities: [LAKE]
        channels: [all-in]
`;
