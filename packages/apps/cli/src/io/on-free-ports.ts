import { TrestleError } from "@trestle/base";
import { freePort } from "./free-port.ts";

/**
 * Starts what must be told its ports before it listens. In place of each 0 it gets a port that is
 * free, and where another program took one between, it is started again on others, at most
 * `mostTries` times.
 *
 * @param asked Ports by name; 0 for a free one.
 * @param start Leaves nothing open where it fails.
 * @throws what `start` throws last.
 */
export async function onFreePorts<Name extends string, T>(
  asked: Readonly<Record<Name, number>>,
  start: (ports: Readonly<Record<Name, number>>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const ports = await pick(asked);
    try {
      return await start(ports);
    } catch (error) {
      if (tries === mostTries || !isTaken(error, pickedOf(asked, ports))) throw error;
    }
  }
}

async function pick<Name extends string>(
  asked: Readonly<Record<Name, number>>,
): Promise<Readonly<Record<Name, number>>> {
  const ports: [string, number][] = [];
  for (const [name, port] of Object.entries<number>(asked)) {
    ports.push([name, port === 0 ? await freePort() : port]);
  }
  return Object.fromEntries(ports) as Record<Name, number>;
}

function pickedOf(
  asked: Readonly<Record<string, number>>,
  ports: Readonly<Record<string, number>>,
): readonly unknown[] {
  return Object.keys(asked).flatMap((name) => (asked[name] === 0 ? [ports[name]] : []));
}

function isTaken(error: unknown, picked: readonly unknown[]): boolean {
  return (
    error instanceof TrestleError && codes.has(error.code) && picked.includes(error.facts["port"])
  );
}

const codes: ReadonlySet<string> = new Set(["sandbox.portTaken", "cli.sampleNotListening"]);

const mostTries = 5;
