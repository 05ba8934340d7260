import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phi, seededRandom, systemClock } from "@trestle/base";
import {
  type MessageFacts,
  type Outbox,
  type Outputs,
  type Position,
  SqliteOutbox,
  lastDeliverySchema,
  outboxSchema,
  packBody,
} from "@trestle/journal";
import { SqliteFile } from "@trestle/sqlite";
import { eventually } from "@trestle/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openWebhook } from "../src/destinations/io/webhook.ts";
import { webhookSettings } from "../src/destinations/webhook-settings.ts";
import { Deliverer } from "../src/index.ts";

/** A webhook peer that answers as it is told and remembers what it accepted. */
interface Peer {
  readonly url: string;
  readonly accepted: { key: string; lane: string; body: string }[];
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
}

let folder: string;
let state: SqliteFile;
let outbox: Outbox;
let server: Server;
let peer: Peer;
let deliverer: Deliverer | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "trestle-deliverer-"));
  state = new SqliteFile({
    file: join(folder, "state.db"),
    migrations: [outboxSchema, lastDeliverySchema],
  });
  outbox = new SqliteOutbox(state);
  deliverer = undefined;
  const accepted: Peer["accepted"] = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => peer.answer(request, response, body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  peer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/results`,
    accepted,
    answer: accept,
  };
});

afterEach(async () => {
  await deliverer?.stop();
  await state.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test("lanes run in parallel and keep their order", async () => {
  const lanes = ["a", "b", "c"];
  await outbox.forward(
    Array.from({ length: 90 }, (_, index) => output(index + 1, lanes[index % 3] ?? "a")),
  );
  await deliver({ until: 90 });
  for (const lane of lanes) {
    const positions = peer.accepted
      .filter((one) => one.lane === lane)
      .map(({ key }) => Number(key));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  }
  expect(await outbox.backlog()).toMatchObject([{ queued: 0, held: 0 }]);
});

test("a refused result is held and blocks its lane alone", async () => {
  peer.answer = (request, response, body) => {
    if (request.headers["idempotency-key"] === "1") reply(response, 422);
    else accept(request, response, body);
  };
  await outbox.forward([output(1, "a"), output(2, "a"), output(3, "b")]);
  await deliver({ until: 1 });
  await stateOf(1, "held");
  expect(peer.accepted.map(({ key }) => key)).toEqual(["3"]);
  const [held] = await outbox.deliveries({ state: "held", limit: 1 });
  expect(held?.reason).toMatchObject({ code: "channels.refusedByDestination" });
});

test("a destination that is busy gets everything in order afterwards", async () => {
  let refusals = 3;
  peer.answer = (request, response, body) => {
    refusals -= 1;
    if (refusals >= 0) reply(response, 503);
    else accept(request, response, body);
  };
  await outbox.forward([output(1, "a"), output(2, "a"), output(3, "a")]);
  await deliver({ until: 3 });
  expect(peer.accepted.map(({ key }) => key)).toEqual(["1", "2", "3"]);
});

test("a try whose end is unknown is repeated with the same key where repeats are dropped", async () => {
  let cuts = 1;
  const keys: unknown[] = [];
  peer.answer = (request, response, body) => {
    keys.push(request.headers["idempotency-key"]);
    cuts -= 1;
    if (cuts >= 0) request.socket.destroy();
    else accept(request, response, body);
  };
  await outbox.forward([output(1, "a")]);
  await deliver({ until: 1 });
  expect(keys).toEqual(["1", "1"]);
});

test("a try whose end is unknown is held where repeats are not dropped", async () => {
  peer.answer = (request) => request.socket.destroy();
  await outbox.forward([output(1, "a")]);
  await deliver({ until: 0, settings: { isIdempotent: false } });
  await stateOf(1, "held");
  const [held] = await outbox.deliveries({ state: "held", limit: 1 });
  expect(held?.reason).toMatchObject({ code: "channels.endNotKnown" });
});

test("nothing listens: the delivery waits, and goes out once something does", async () => {
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await outbox.forward([output(1, "a")]);
  await deliver({ until: 0 });
  await eventually(
    "one try was made",
    async () => ((await outbox.deliveries({ limit: 1 }))[0]?.attempts ?? 0) > 0,
  );
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  await eventually("it is accepted", () => peer.accepted.length === 1);
});

function accept(request: IncomingMessage, response: ServerResponse, body: string): void {
  const key = String(request.headers["idempotency-key"]);
  peer.accepted.push({ key, lane: (JSON.parse(body) as { lane: string }).lane, body });
  reply(response, 201);
}

function reply(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}

async function deliver(options: { until: number; settings?: object }): Promise<void> {
  const settings = webhookSettings.parse({
    type: "webhook",
    url: peer.url,
    firstRetrySeconds: 0.02,
    maxRetrySeconds: 0.05,
    ...options.settings,
  });
  deliverer = new Deliverer({
    destination: openWebhook("app", settings),
    outbox,
    clock: systemClock,
    random: seededRandom(1),
    onSettled: () => {},
    onFailure: (error) => {
      throw error;
    },
  });
  deliverer.wake();
  await eventually(
    "everything is accepted",
    () => peer.accepted.length >= options.until && deliverer?.inFlight === 0,
  );
}

async function stateOf(position: number, wanted: string): Promise<void> {
  await eventually(`delivery ${position} is ${wanted}`, async () => {
    const [delivery] = await outbox.deliveries({ position: position as Position, limit: 1 });
    return delivery?.state === wanted;
  });
}

function output(position: number, lane: string): Outputs {
  const facts: MessageFacts = {
    position: position as Position,
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-0",
    receivedAt: Date.now(),
    controlId: String(position),
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    receivedBytes: 100,
    outcome: "mapped",
    warnings: 0,
  };
  const delivery = {
    key: String(position),
    destination: "app",
    lane: phi(lane),
    body: phi(packBody(JSON.stringify({ lane }))),
    isReplay: false,
    createdAt: Date.now(),
  };
  return { facts, deliveries: [delivery] };
}
