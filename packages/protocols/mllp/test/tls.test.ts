import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { join } from "node:path";
import { type ConnectionOptions, type TLSSocket, connect } from "node:tls";
import { seededRandom } from "@trestle/base";
import {
  FakeClock,
  type TestCertificate,
  temporaryFolder,
  testCertificate,
} from "@trestle/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type CertificateStatus,
  type MllpClient,
  type MllpClientOptions,
  type MllpListener,
  type MllpListenerSettings,
  connectMllp,
  listen,
  mllpListener,
} from "../src/index.ts";
import { RawPeer, framed } from "./raw-peer.ts";

const authority = testCertificate({ name: "Authority of these tests" });
const stranger = testCertificate({ name: "Another authority" });
const hub = testCertificate({ name: "hub.example", authority });

let folder: ReturnType<typeof temporaryFolder>;
const opened: (MllpListener | MllpClient)[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  put("hub", hub);
  put("authority", authority);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  folder.remove();
});

describe("a listener with TLS", () => {
  test("takes messages over TLS in any slicing, and answers them", async () => {
    const { listener } = await listening();
    const peer = new RawPeer(await secured(listener));
    for (const byte of framed("sliced")) peer.send(byte);
    peer.send(framed("a"), framed("b"));
    expect(await peer.answers(3)).toEqual(["sliced", "a", "b"]);
  });

  test("answers a sender that closed its side behind its last message", async () => {
    const { listener } = await listening();
    const peer = new RawPeer(await secured(listener));
    peer.socket.end(framed("last"));
    expect(await peer.answers(1)).toEqual(["last"]);
  });

  test("tells of a sender that speaks plain MLLP, without a byte of what it sent", async () => {
    const { listener, refused, nextRefusal } = await listening();
    const peer = await RawPeer.connect(listener.port);
    peer.send(framed("MSH|plain"));
    await peer.closed;
    await nextRefusal();
    expect(refused).toEqual([
      {
        reason: "handshakeFailed",
        remote: `127.0.0.1:${peer.socket.localPort}`,
        detail: expect.stringMatching(/^ERR_SSL_/u),
      },
    ]);
    expect(JSON.stringify(refused)).not.toContain("plain");
  });

  test("tells of one that hangs up, and of one that is silent for too long", async () => {
    const { listener, refused, nextRefusal } = await listening({ handshakeTimeoutSeconds: 0.1 });
    const silent = connectPlain({ port: listener.port }).on("error", () => {});
    await nextRefusal();
    connectPlain({ port: listener.port }).end();
    await nextRefusal();
    expect(refused.map(({ reason }) => reason)).toEqual(["handshakeFailed", "handshakeFailed"]);
    silent.destroy();
  });

  test("speaks no version older than it may", async () => {
    const { listener, refused, nextRefusal } = await listening({ minVersion: "TLSv1.3" });
    await expect(secured(listener, { maxVersion: "TLSv1.2" })).rejects.toThrow();
    await nextRefusal();
    expect(refused[0]?.detail).toBe("ERR_SSL_UNSUPPORTED_PROTOCOL");
  });

  test("counts handshakes among its connections", async () => {
    const { listener, refused, nextRefusal } = await listening({}, { maxConnections: 1 });
    const first = await RawPeer.connect(listener.port);
    const second = await RawPeer.connect(listener.port);
    await second.closed;
    await nextRefusal();
    expect(refused[0]?.reason).toBe("tooManyConnections");
    first.socket.destroy();
  });

  test.each([
    { what: "a file that is not there", certificate: "file:none.pem" },
    { what: "a variable that is not set", certificate: "env:TRESTLE_NO_SUCH" },
    { what: "a key of another certificate", certificate: "file:authority.pem" },
    { what: "a file that is no certificate", certificate: "file:authority.key" },
  ])("does not start with $what", async ({ certificate }) => {
    await expect(listening({ certificate })).rejects.toMatchObject({ code: "mllp.tlsNotUsable" });
  });
});

describe("client certificates", () => {
  const good = testCertificate({ name: "bridge.example", authority });
  const wishes = { clientAuthorities: "file:authority.pem" } as const;

  test.each<{
    what: string;
    show: TestCertificate | undefined;
    clientCertificates: "optional" | "required";
    allowClients?: readonly string[];
    detail: string | undefined;
  }>([
    { what: "a good one", show: good, clientCertificates: "required", detail: undefined },
    {
      what: "none where one is required",
      show: undefined,
      clientCertificates: "required",
      detail: "certificateMissing",
    },
    {
      what: "none where it is optional",
      show: undefined,
      clientCertificates: "optional",
      detail: undefined,
    },
    {
      what: "one of another authority",
      show: testCertificate({ name: "bridge.example", authority: stranger }),
      clientCertificates: "required",
      detail: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    },
    {
      what: "one of another authority where it is optional",
      show: testCertificate({ name: "bridge.example", authority: stranger }),
      clientCertificates: "optional",
      detail: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    },
    {
      what: "one that has ended",
      show: testCertificate({ name: "bridge.example", authority, days: -1 }),
      clientCertificates: "required",
      detail: "CERT_HAS_EXPIRED",
    },
    {
      what: "one whose common name is listed",
      show: good,
      clientCertificates: "required",
      allowClients: ["cn:bridge.example"],
      detail: undefined,
    },
    {
      what: "one whose DNS name is listed",
      show: good,
      clientCertificates: "required",
      allowClients: ["cn:other", "dns:bridge.example"],
      detail: undefined,
    },
    {
      what: "one that is not listed",
      show: good,
      clientCertificates: "required",
      allowClients: ["cn:bridge", "dns:example", `sha256:${"0".repeat(64)}`],
      detail: "certificateNotListed",
    },
  ])("$what: $clientCertificates, $allowClients gives $detail", async (row) => {
    const { clientCertificates, allowClients = [], detail, show } = row;
    const { listener, refused, nextRefusal, taken } = await listening({
      ...wishes,
      clientCertificates,
      allowClients: [...allowClients],
    });
    const shown = show === undefined ? {} : { cert: show.certificate, key: show.key };
    const peer = new RawPeer(await secured(listener, shown));
    peer.send(framed("a"));
    if (detail === undefined) {
      expect(await peer.answers(1)).toEqual(["a"]);
      return;
    }
    await nextRefusal();
    await peer.closed;
    expect(refused.map((one) => one.detail)).toEqual([detail]);
    expect(taken).toEqual([]);
  });

  test("one whose fingerprint is listed comes in", async () => {
    const { listener } = await listening({
      ...wishes,
      clientCertificates: "required",
      allowClients: [`sha256:${fingerprintOf(good)}`],
    });
    const peer = new RawPeer(await secured(listener, { cert: good.certificate, key: good.key }));
    peer.send(framed("a"));
    expect(await peer.answers(1)).toEqual(["a"]);
  });
});

describe("a new certificate", () => {
  test("is shown to new connections, while an open one goes on", async () => {
    const { listener, clock, statuses } = await listening();
    const before = await secured(listener);
    const old = new RawPeer(before);
    put("hub", testCertificate({ name: "hub.example", authority, days: 300 }));
    await reloaded(listener, clock);
    const after = await secured(listener);
    expect(fingerprint(after)).not.toBe(fingerprint(before));
    old.send(framed("still here"));
    expect(await old.answers(1)).toEqual(["still here"]);
    expect(statuses.at(-1)).toMatchObject({ expiresAt: expect.any(Number) });
  });

  test.each([
    { what: "that is cut off", text: hub.certificate.slice(0, 200) },
    { what: "that does not belong to its key", text: authority.certificate },
    {
      what: "that has ended",
      text: testCertificate({ name: "hub.example", authority, days: -1 }).certificate,
    },
    { what: "that is empty", text: "" },
  ])("$what keeps the old one in use, and that is told", async ({ text }) => {
    const { listener, clock, nextStatus } = await listening({ warnBeforeDays: 0 });
    const before = fingerprint(await secured(listener));
    writeFileSync(join(folder.path, "hub.pem"), text);
    clock.advance(60_000);
    expect((await nextStatus()).problem?.code).toBe("mllp.certificateNotReloaded");
    expect(fingerprint(await secured(listener))).toBe(before);
    put("hub", hub);
    clock.advance(60_000);
    expect((await nextStatus()).problem).toBeUndefined();
  });

  test("is asked for in time", async () => {
    const { listener, clock, nextStatus } = await listening({ warnBeforeDays: 7 });
    expect(listener.certificate?.problem).toBeUndefined();
    clock.advance(24 * 86_400_000);
    expect((await nextStatus()).problem?.code).toBe("mllp.certificateEndsSoon");
    clock.advance(10 * 86_400_000);
    expect((await nextStatus()).problem?.code).toBe("mllp.certificateEnded");
  });
});

describe("a client with TLS", () => {
  const good = testCertificate({ name: "bridge.example", authority });

  test("checks the receiver, shows its own certificate, and is answered", async () => {
    put("bridge", good);
    const { listener } = await listening({
      clientCertificates: "required",
      clientAuthorities: "file:authority.pem",
    });
    const client = clientOf(listener, {
      authorities: "file:authority.pem",
      certificate: "file:bridge.pem",
      key: "file:bridge.key",
      serverName: "hub.example",
    });
    expect(await send(client, "a")).toBe("a");
  });

  test("takes an address for the receiver's name", async () => {
    const { listener } = await listening();
    expect(await send(clientOf(listener, { authorities: "file:authority.pem" }), "a")).toBe("a");
  });

  test.each([
    { what: "of an authority that it does not know", tls: {} },
    {
      what: "that is not for the name it expects",
      tls: { authorities: "file:authority.pem", serverName: "another.example" },
    },
  ])("sends nothing to a receiver with a certificate $what", async ({ tls }) => {
    const { listener, taken } = await listening();
    await expect(send(clientOf(listener, tls), "a")).rejects.toMatchObject({
      code: "mllp.connectionFailed",
      failure: "transient",
    });
    expect(taken).toEqual([]);
  });

  test("sends nothing to a receiver without TLS", async () => {
    const listener = await listen(mllpListener.parse({ port: 0 }), echo([]));
    opened.push(listener);
    await expect(send(clientOf(listener, {}), "a")).rejects.toMatchObject({
      code: "mllp.connectionFailed",
    });
  });

  test("with the wrong certificate is not let in, and does not take that for an answer", async () => {
    put("wrong", testCertificate({ name: "bridge.example", authority: stranger }));
    const { listener, nextRefusal, taken } = await listening({
      clientCertificates: "required",
      clientAuthorities: "file:authority.pem",
    });
    const client = clientOf(listener, {
      authorities: "file:authority.pem",
      certificate: "file:wrong.pem",
      key: "file:wrong.key",
    });
    await expect(send(client, "a")).rejects.toMatchObject({
      code: expect.stringMatching(/^mllp\.(?:noAnswer|connectionFailed)$/u),
    });
    await nextRefusal();
    expect(taken).toEqual([]);
  });

  test("says when its certificate cannot be read", async () => {
    const { listener } = await listening();
    await expect(
      send(clientOf(listener, { certificate: "file:no.pem", key: "file:no.key" }), "a"),
    ).rejects.toMatchObject({ code: "mllp.tlsNotUsable" });
  });
});

type TlsWishes = Partial<NonNullable<MllpListenerSettings["tls"]>>;

async function listening(tls: TlsWishes = {}, settings: Partial<MllpListenerSettings> = {}) {
  const clock = new FakeClock(Date.now());
  const refusals = pipe<{ reason: string; remote: string; detail: string | undefined }>();
  const statuses = pipe<CertificateStatus>();
  const taken: string[] = [];
  const listener = await listen(
    mllpListener.parse({
      port: 0,
      tls: { certificate: "file:hub.pem", key: "file:hub.key", warnBeforeDays: 1, ...tls },
      ...settings,
    }),
    {
      ...echo(taken),
      onRefusedConnection: (reason, remote, detail) => refusals.push({ reason, remote, detail }),
      onCertificate: (status) => statuses.push(status),
    },
    { sources: { directory: folder.path, environment: {} }, clock },
  );
  opened.push(listener);
  await statuses.next();
  return {
    listener,
    clock,
    taken,
    refused: refusals.all,
    nextRefusal: refusals.next,
    statuses: statuses.all,
    nextStatus: statuses.next,
  };
}

function echo(taken: string[]) {
  return {
    async onMessage({ payload }: { payload: Uint8Array }) {
      taken.push(Buffer.from(payload).toString());
      return payload;
    },
    onProblem: async () => undefined,
  };
}

/** What was told, and a way to wait for what is told next. */
function pipe<T>() {
  const all: T[] = [];
  let read = 0;
  let onPush = (): void => {};
  return {
    all,
    push(one: T) {
      all.push(one);
      onPush();
    },
    async next(): Promise<T> {
      for (;;) {
        const one = all[read];
        if (one !== undefined) {
          read += 1;
          return one;
        }
        await new Promise<void>((resolve) => {
          onPush = resolve;
        });
      }
    },
  };
}

async function reloaded(listener: MllpListener, clock: FakeClock): Promise<void> {
  const before = listener.certificate?.expiresAt;
  clock.advance(60_000);
  while (listener.certificate?.expiresAt === before) await new Promise(setImmediate);
}

async function secured(
  listener: MllpListener,
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  const socket = connect({
    port: listener.port,
    host: "127.0.0.1",
    servername: "hub.example",
    ca: authority.certificate,
    ...options,
  });
  await once(socket, "secureConnect");
  return socket;
}

function clientOf(listener: MllpListener, tls: MllpClientOptions["tls"]): MllpClient {
  const client = connectMllp({
    host: "127.0.0.1",
    port: listener.port,
    tls,
    random: seededRandom(1),
    connectTimeoutMs: 5000,
    sources: { directory: folder.path, environment: {} },
  });
  opened.push(client);
  return client;
}

async function send(client: MllpClient, text: string): Promise<string> {
  return Buffer.from(await client.send(Buffer.from(text))).toString();
}

function put(name: string, { certificate, key }: TestCertificate): void {
  for (const [file, text] of [
    [`${name}.key`, key],
    [`${name}.pem`, certificate],
  ] as const) {
    writeFileSync(join(folder.path, `${file}.new`), text);
    renameSync(join(folder.path, `${file}.new`), join(folder.path, file));
  }
}

function fingerprint(socket: TLSSocket): string {
  return socket.getPeerCertificate().fingerprint256;
}

function fingerprintOf({ certificate }: TestCertificate): string {
  return new X509Certificate(certificate).fingerprint256;
}
