import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { journalFileName } from "@trestle/journal";
import { hubErrors } from "../errors.ts";
import { leaveAddress, lockFileName, takeAddressBack } from "./hub-address.ts";

/** Name of the file of keys in a data folder. */
export const keysFileName = "client-keys.json";

/** Name of the folder of terminologies in a data folder. */
const terminologiesName = "terminologies";

/** The folder that belongs to one hub: its journal, its state and its operator token. */
export interface DataFolder {
  readonly path: string;
  readonly journalFile: string;
  readonly stateFile: string;
  /** The keys by which the hub signs in at sites. */
  readonly keysFile: string;
  /** The terminologies that the team has loaded. */
  readonly terminologies: string;
  /** Leaves word where its hub answers, until `release`. */
  leaveAddress(url: string): void;
  release(): void;
}

/**
 * Creates the folder, readable by this user alone, and claims it until `release` or the end of the
 * process, however that comes.
 *
 * @throws {TrestleError} `hub.dataInUse`, `hub.dataNotWritable`
 */
export function claimDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw hubErrors.dataNotWritable({}, error);
  }
  const lock = claim(join(path, lockFileName));
  takeAddressBack(path);
  return {
    path,
    journalFile: join(path, journalFileName),
    stateFile: join(path, "state.db"),
    keysFile: join(path, keysFileName),
    terminologies: join(path, terminologiesName),
    leaveAddress: (url) => leaveAddress(path, url),
    release() {
      takeAddressBack(path);
      lock.close();
    },
  };
}

/** An open exclusive transaction: the system takes the lock back even after a kill. */
function claim(file: string): DatabaseSync {
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(file);
  } catch (error) {
    throw hubErrors.dataNotWritable({}, error);
  }
  try {
    lock.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    throw hubErrors.dataInUse({}, error);
  }
}
