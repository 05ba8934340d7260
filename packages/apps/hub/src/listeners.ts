import { type Door, receive, receiveBroken } from "@trestle/channels";
import type { Integration } from "@trestle/integration";
import { type MllpListener, describeFraming, listen } from "@trestle/mllp";
import { hubErrors } from "./errors.ts";
import type { Log } from "./logger.ts";

/** Every listener of a configuration, open. */
export interface Listeners {
  /** By name; the port that was asked for, or the free one that was picked. */
  readonly ports: ReadonlyMap<string, number>;
  connections(): number;
  /** Stops taking messages; those that came in whole are still answered. */
  close(): Promise<void>;
}

/** @throws {TrestleError} `hub.notListening`; nothing stays open then. */
export async function openListeners(options: {
  integration: Integration;
  doorOf: (listener: string) => Door;
  log: Log;
}): Promise<Listeners> {
  const open = new Map<string, MllpListener>();
  const close = async () => {
    await Promise.all([...open.values()].map((listener) => listener.close()));
  };
  try {
    for (const [name, settings] of Object.entries(options.integration.settings.listeners)) {
      open.set(
        name,
        await openOne({ name, settings, door: options.doorOf(name), log: options.log }),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ports: new Map([...open].map(([name, { port }]) => [name, port])),
    connections: () => [...open.values()].reduce((sum, { connections }) => sum + connections, 0),
    close,
  };
}

async function openOne(options: {
  name: string;
  settings: Parameters<typeof listen>[0];
  door: Door;
  log: Log;
}): Promise<MllpListener> {
  const { name, settings, door, log } = options;
  try {
    return await listen(settings, {
      onMessage: (received) => receive(door, received),
      onProblem: ({ code, captured, receivedBytes, remote }) => {
        log.warn({ listener: name, code, receivedBytes }, "broken frame");
        return receiveBroken(door, {
          reason: describeFraming(code),
          captured,
          receivedBytes,
          remote,
        });
      },
      onRefusedConnection: (reason, remote) =>
        log.warn({ listener: name, reason, remote }, "connection refused"),
      onFailure: (error, remote) =>
        log.error({ listener: name, remote, reason: nameOf(error) }, "connection dropped"),
    });
  } catch (error) {
    throw hubErrors.notListening({ listener: name, port: settings.port }, error);
  }
}

/** The kind of an error; its text may quote what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
