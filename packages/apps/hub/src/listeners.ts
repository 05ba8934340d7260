import type { ListenerState } from "@trestle/api";
import { TrestleError } from "@trestle/base";
import { type Door, receive, receiveBroken } from "@trestle/channels";
import type { Integration } from "@trestle/integration";
import {
  type MllpHandlers,
  type MllpListener,
  type MllpListenerSettings,
  type RefusalReason,
  describeFraming,
  listen,
} from "@trestle/mllp";
import { hubErrors } from "./errors.ts";
import type { Log } from "./logger.ts";

/** Every listener of a configuration, open. */
export interface Listeners {
  /** By name; the port that was asked for, or the free one that was picked. */
  readonly ports: ReadonlyMap<string, number>;
  connections(): number;
  /** How each of them does. */
  states(): readonly ListenerState[];
  /** Stops taking messages; those that came in whole are still answered. */
  close(): Promise<void>;
}

/** @throws {TrestleError} `hub.notListening`, `hub.tlsNotUsable`; nothing stays open then. */
export async function openListeners(options: {
  integration: Integration;
  doorOf: (listener: string) => Door;
  log: Log;
}): Promise<Listeners> {
  const { directory } = options.integration;
  const open = new Map<string, OpenListener>();
  const close = async () => {
    await Promise.all([...open.values()].map(({ listener }) => listener.close()));
  };
  try {
    for (const [name, settings] of Object.entries(options.integration.settings.listeners)) {
      const door = () => options.doorOf(name);
      open.set(name, await openOne({ name, settings, directory, door, log: options.log }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ports: new Map([...open].map(([name, { listener }]) => [name, listener.port])),
    connections: () =>
      [...open.values()].reduce((sum, { listener }) => sum + listener.connections, 0),
    states: () => [...open].map(stateOf),
    close,
  };
}

interface One {
  readonly name: string;
  readonly settings: MllpListenerSettings;
  readonly directory: string;
  /** As it is when something comes in. */
  readonly door: () => Door;
  readonly log: Log;
}

/** An open listener, and who was not let in. */
interface OpenListener {
  readonly listener: MllpListener;
  readonly refused: ReadonlyMap<RefusalReason, number>;
}

async function openOne(one: One): Promise<OpenListener> {
  const { name, settings, directory } = one;
  const refused = new Map<RefusalReason, number>();
  const sources = { directory, environment: process.env };
  try {
    return { listener: await listen(settings, handlersOf(one, refused), { sources }), refused };
  } catch (error) {
    const isTls = error instanceof TrestleError && error.code === "mllp.tlsNotUsable";
    const facts = { listener: name, port: settings.port };
    throw isTls ? hubErrors.tlsNotUsable(facts, error) : hubErrors.notListening(facts, error);
  }
}

function handlersOf({ name, door, log }: One, refused: Map<RefusalReason, number>): MllpHandlers {
  return {
    onMessage: (received) => receive(door(), received),
    onProblem: ({ code, ...frame }) => {
      const { receivedBytes } = frame;
      log.warn({ listener: name, code, receivedBytes }, "broken frame");
      return receiveBroken(door(), { reason: describeFraming(code), ...frame });
    },
    onRefusedConnection: (reason, remote, detail) => {
      refused.set(reason, (refused.get(reason) ?? 0) + 1);
      log.warn({ listener: name, reason, remote, detail }, "connection refused");
    },
    onCertificate: ({ problem, expiresAt }) => {
      const facts = { listener: name, expiresAt: new Date(expiresAt).toISOString() };
      if (problem === undefined) log.info(facts, "certificate is good");
      else log.error({ ...facts, code: problem.code, reason: problem.text }, "certificate");
    },
    onFailure: (error, remote) =>
      log.error({ listener: name, remote, reason: nameOf(error) }, "connection dropped"),
  };
}

function stateOf([name, { listener, refused }]: [string, OpenListener]): ListenerState {
  return {
    name,
    connections: listener.connections,
    refused: [...refused].map(([reason, count]) => ({ reason, count })),
    certificate: listener.certificate,
  };
}

/** The kind of an error; its text may quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
