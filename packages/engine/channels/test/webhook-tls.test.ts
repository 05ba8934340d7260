import { createServer as createPlainServer } from "node:http";
import { type Server, createServer } from "node:https";
import {
  type AddressInfo,
  type Server as SocketServer,
  type Socket,
  connect,
  createServer as createSocketServer,
} from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { phi } from "@trestle/base";
import { type DeliveryId, type DueDelivery, type Position, packBody } from "@trestle/journal";
import { testCertificate } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openWebhook } from "../src/destinations/io/webhook.ts";
import { webhookSettings } from "../src/destinations/webhook-settings.ts";

const authority = testCertificate({ name: "Authority of this test" });
const trusted = getCACertificates("default");
let server: Server | undefined;
let received: string[] = [];
const others: SocketServer[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  setDefaultCACertificates(trusted);
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  for (const other of others.splice(0)) other.close();
});

describe("a webhook over TLS", () => {
  beforeEach(() => serve({}));

  test("sends to a server whose certificate is good", async () => {
    setDefaultCACertificates([authority.certificate]);
    expect(await send()).toEqual({ ok: true, detail: "204" });
    expect(received).toEqual(["lakeshore/1/app"]);
  });

  test.each(["1", "0"])(
    "sends nothing to a server that it does not know, where NODE_TLS_REJECT_UNAUTHORIZED is %s",
    async (value) => {
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", value);
      expect(await send()).toMatchObject({
        ok: false,
        failure: "transient",
        hint: expect.stringContaining("certificate"),
      });
      expect(received).toEqual([]);
    },
  );
});

test.each([
  { what: "that has ended", wishes: { days: -1 } },
  { what: "of another name", wishes: { address: "localhost" } },
])("a webhook sends nothing to a server with a certificate $what", async ({ wishes }) => {
  setDefaultCACertificates([authority.certificate]);
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  await serve(wishes);
  expect(await send(wishes)).toMatchObject({ ok: false, failure: "transient" });
  expect(received).toEqual([]);
});

test.each([
  {
    what: "speaks HTTP without TLS",
    other: createPlainServer((_request, response) => response.end()),
    hint: "url should begin with http",
  },
  {
    what: "speaks something else",
    other: createSocketServer((socket) => closing(socket).end("220 mail.example\r\n")),
    hint: "does not speak TLS",
  },
  {
    what: "hangs up while the connection is made",
    other: createSocketServer((socket) => closing(socket).once("data", () => socket.end())),
    hint: "while it was made",
  },
])("a webhook over TLS sends nothing to what $what, and tries again", async ({ other, hint }) => {
  const port = await listening(other);
  expect(await send({ port })).toMatchObject({
    ok: false,
    failure: "transient",
    hint: expect.stringContaining(hint),
  });
});

test("what comes broken behind a request that was sent may have been accepted", async () => {
  setDefaultCACertificates([authority.certificate]);
  let client: Socket | undefined;
  await serve({ onReceived: () => client?.write("no TLS at all") });
  const proxy = createSocketServer((socket) => {
    client = closing(socket);
    socket.pipe(closing(connect(portOf(server), "127.0.0.1"))).pipe(socket);
  });
  const port = await listening(proxy);
  expect(await send({ port })).toMatchObject({ ok: false, failure: "ambiguous" });
  expect(received).toEqual(["lakeshore/1/app"]);
});

/** Whatever becomes of a socket, its other end tells. */
function closing(socket: Socket): Socket {
  return socket.on("error", () => socket.destroy());
}

async function listening(other: SocketServer): Promise<number> {
  others.push(other);
  await new Promise<void>((resolve) => {
    other.listen(0, "127.0.0.1", resolve);
  });
  return portOf(other);
}

function portOf(listener: SocketServer | undefined): number {
  const address = listener?.address() as AddressInfo | undefined;
  if (address === undefined) throw new Error("nothing listens");
  return address.port;
}

async function serve({
  days = 30,
  onReceived,
}: {
  days?: number;
  onReceived?: () => void;
}): Promise<void> {
  received = [];
  const { certificate: cert, key } = testCertificate({ name: "app.example", authority, days });
  server = createServer({ cert, key }, (request, response) => {
    received.push(String(request.headers["idempotency-key"]));
    if (onReceived === undefined) response.writeHead(204).end();
    else onReceived();
  });
  const starting = server;
  await new Promise<void>((resolve) => {
    starting.listen(0, "127.0.0.1", resolve);
  });
}

async function send({
  address = "127.0.0.1",
  port = portOf(server),
}: { address?: string; port?: number } = {}) {
  const url = `https://${address}:${port}/results`;
  const webhook = openWebhook("app", webhookSettings.parse({ type: "webhook", url }));
  const result = await webhook.send(delivery);
  await webhook.close();
  return result;
}

const delivery: DueDelivery = {
  id: 1 as DeliveryId,
  key: "lakeshore/1/app",
  destination: "app",
  lane: phi("urn:mrn|900001"),
  body: phi(packBody("{}")),
  isReplay: false,
  createdAt: 1_767_225_600_000,
  position: 1 as Position,
  site: "lakeshore",
  channel: "adt-in",
  revision: "h-000000000000",
  type: "ADT^A08",
  state: "queued",
  attempts: 0,
};
