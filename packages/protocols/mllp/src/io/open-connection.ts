import { type Socket, connect, isIP } from "node:net";
import { checkServerIdentity, connect as connectTls } from "node:tls";
import type { SecretSources } from "@trestle/config";
import type { MllpClientSettings } from "../client-settings.ts";
import { mllpErrors } from "../errors.ts";
import type { ClientTlsSettings } from "../tls-settings.ts";
import { ClientConnection, type ClientConnectionOptions } from "./client-connection.ts";
import { readTls } from "./tls-material.ts";

export interface OpenConnectionOptions extends ClientConnectionOptions {
  /** Where references to certificates and keys are looked up, anew for each connection. */
  readonly sources: SecretSources;
}

/** @throws {TrestleError} `mllp.connectionFailed`, `mllp.cancelled`, `mllp.tlsNotUsable` */
export async function openConnection(
  options: OpenConnectionOptions,
  signal: AbortSignal,
): Promise<ClientConnection> {
  const { host, port, tls } = options.settings;
  const socket =
    tls === undefined ? connect(target(options.settings)) : await secureSocket(tls, options);
  try {
    await connected(socket, options, signal);
    if (signal.aborted) throw mllpErrors.cancelled({ host, port });
  } catch (error) {
    socket.on("error", () => {}).destroy();
    throw error;
  }
  return new ClientConnection(socket, options);
}

async function secureSocket(
  tls: ClientTlsSettings,
  { settings, sources }: OpenConnectionOptions,
): Promise<Socket> {
  const context = await readTls(tls, sources).catch((error: unknown) => {
    throw mllpErrors.tlsNotUsable({ host: settings.host, port: settings.port }, error);
  });
  const expected = tls.serverName ?? settings.host;
  return connectTls({
    ...target(settings),
    ...context,
    // Said aloud, for a variable of the process (NODE_TLS_REJECT_UNAUTHORIZED) changes the default.
    rejectUnauthorized: true,
    // An address cannot be asked for by name; it is compared all the same.
    ...(isIP(expected) === 0 ? { servername: expected } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(expected, certificate),
  });
}

function target({ host, port, keepAliveMs }: MllpClientSettings) {
  return { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs };
}

async function connected(
  socket: Socket,
  { settings, clock }: ClientConnectionOptions,
  signal: AbortSignal,
): Promise<void> {
  const facts = { host: settings.host, port: settings.port };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (cause?: unknown): void => reject(mllpErrors.connectionFailed(facts, cause));
  const hungUp = (): void => fail();
  const cancel = (): void => reject(mllpErrors.cancelled(facts));
  const cancelTimer = clock.after(settings.connectTimeoutMs, fail);
  signal.addEventListener("abort", cancel);
  socket.once(settings.tls === undefined ? "connect" : "secureConnect", resolve);
  socket.once("error", fail);
  // A peer may hang up in the middle of a handshake without any error.
  socket.once("close", hungUp);
  try {
    await promise;
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", cancel);
    socket.off("close", hungUp);
  }
}
