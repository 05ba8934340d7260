import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ConnectionOptions, type TLSSocket, connect } from "node:tls";
import { seededRandom } from "@trestle/base";
import {
  FakeClock,
  type TestCertificate,
  temporaryFolder,
  testCertificate,
} from "@trestle/testkit";
import { afterEach, beforeEach } from "vitest";
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

/** Signs the listener's certificate, and those of clients that it knows. */
export const authority = testCertificate({ name: "Authority of these tests" });
/** Signs those of strangers. */
export const stranger = testCertificate({ name: "Another authority" });
/** The listener's. */
export const hub = testCertificate({ name: "hub.example", authority });

let folder: ReturnType<typeof temporaryFolder>;
const opened: (MllpListener | MllpClient)[] = [];

/** Gives each test of a file a folder with the listener's certificate, and closes what it opened. */
export function keepCertificates(): void {
  beforeEach(() => {
    folder = temporaryFolder();
    put("hub", hub);
    put("authority", authority);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
    folder.remove();
  });
}

type TlsWishes = Partial<NonNullable<MllpListenerSettings["tls"]>>;

/** A listener with TLS that echoes, and what it tells. */
export async function listening(tls: TlsWishes = {}, settings: Partial<MllpListenerSettings> = {}) {
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
    nextRefusal: () => refusals.next(),
    statuses: statuses.all,
    nextStatus: () => statuses.next(),
  };
}

/** Handlers that answer each message with itself. */
export function echo(taken: string[]) {
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

/** Lets the time pass after which certificates are read again, until one was. */
export async function reloaded(listener: MllpListener, clock: FakeClock): Promise<void> {
  const before = listener.certificate?.expiresAt;
  clock.advance(60_000);
  while (listener.certificate?.expiresAt === before) await new Promise(setImmediate);
}

/** A plain TLS client that knows the authority. */
export async function secured(
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

/** A client whose files are those of this test. */
export function clientOf(listener: MllpListener, tls: MllpClientOptions["tls"]): MllpClient {
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

/** Sends one text and gives its answer. */
export async function send(client: MllpClient, text: string): Promise<string> {
  return Buffer.from(await client.send(Buffer.from(text))).toString();
}

/** Puts a certificate and its key in place at once, as a careful operator does. */
export function put(name: string, { certificate, key }: TestCertificate): void {
  for (const [file, text] of [
    [`${name}.key`, key],
    [`${name}.pem`, certificate],
  ] as const) {
    writeFileSync(join(folder.path, `${file}.new`), text);
    renameSync(join(folder.path, `${file}.new`), join(folder.path, file));
  }
}

/** What the other side showed. */
export function fingerprint(socket: TLSSocket): string {
  return socket.getPeerCertificate().fingerprint256;
}

/** By which a list may name a certificate. */
export function fingerprintOf({ certificate }: TestCertificate): string {
  return new X509Certificate(certificate).fingerprint256;
}

/** Writes a file of this test's folder. */
export function write(file: string, text: string): void {
  writeFileSync(join(folder.path, file), text);
}

/** Closes it after the test. */
export function closeLater(one: MllpListener | MllpClient): void {
  opened.push(one);
}
