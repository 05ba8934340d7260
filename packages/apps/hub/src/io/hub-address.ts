import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Name of the file whose lock says that a hub runs on the data folder. */
export const lockFileName = "hub.lock";

/** Leaves word in a data folder where its hub answers. */
export function leaveAddress(folder: string, url: string): void {
  writeFileSync(join(folder, fileName), url, { mode: 0o600 });
}

/** Takes back what a hub left there, one that was killed as well. */
export function takeAddressBack(folder: string): void {
  rmSync(join(folder, fileName), { force: true });
}

/**
 * Where the hub on a data folder answers; undefined where none runs on it. What a killed hub left
 * behind does not count: by now its port may be somebody else's, who must not be sent a token.
 */
export function addressOfHub(folder: string): string | undefined {
  try {
    return isHeld(join(folder, lockFileName))
      ? readFileSync(join(folder, fileName), "utf8")
      : undefined;
  } catch {
    // No such folder, no hub yet, or one that is just starting.
    return undefined;
  }
}

function isHeld(lockFile: string): boolean {
  const lock = new DatabaseSync(lockFile, { readOnly: true, timeout: 0 });
  try {
    lock.exec("SELECT name FROM sqlite_schema");
    return false;
  } catch {
    return true;
  } finally {
    lock.close();
  }
}

const fileName = "hub.address";
