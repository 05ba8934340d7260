import { type Server, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { phi } from "@trestle/base";
import { type DeliveryId, type DueDelivery, type Position, packBody } from "@trestle/journal";
import { testCertificate } from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openWebhook } from "../src/destinations/io/webhook.ts";
import { webhookSettings } from "../src/destinations/webhook-settings.ts";

const authority = testCertificate({ name: "Authority of this test" });
const trusted = getCACertificates("default");
let server: Server;
let received: string[];

afterEach(() => {
  vi.unstubAllEnvs();
  setDefaultCACertificates(trusted);
  server.closeAllConnections();
  server.close();
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

async function serve({ days = 30 }: { days?: number }): Promise<void> {
  received = [];
  const { certificate: cert, key } = testCertificate({ name: "app.example", authority, days });
  server = createServer({ cert, key }, (request, response) => {
    received.push(String(request.headers["idempotency-key"]));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
}

async function send({ address = "127.0.0.1" }: { address?: string } = {}) {
  const { port } = server.address() as AddressInfo;
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
