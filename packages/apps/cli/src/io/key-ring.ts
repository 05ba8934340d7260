import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@trestle/base";
import type { KeyRing, KeyStatus } from "@trestle/smart";
import type { Out } from "../out.ts";
import { onDemand } from "./on-demand.ts";

/** Where the keys of a hub are: in its data folder, which a hub that runs shares. */
export const keyOptions = {
  data: {
    value: "DIR",
    description: "The hub's data folder; also TRESTLE_DATA. ./data if neither.",
  },
} as const;

/** The keys of a data folder, which is made where it is not there yet. */
export async function keyRingIn(
  data: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<KeyRing> {
  const folder = data ?? (environment["TRESTLE_DATA"] || "data");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { KeyRing, fileKeyStore } = await onDemand.smart();
  const { keysFileName } = await onDemand.hub();
  const store = fileKeyStore(join(folder, keysFileName));
  return new KeyRing({ store, clock: systemClock });
}

/** One line for each key: its id, what it does now, and from when to when it signs. */
export function showKeys(keys: readonly KeyStatus[], out: Out): void {
  for (const { keyId, algorithm, stage, signsFromMs } of keys) {
    const signsFrom = new Date(signsFromMs).toISOString();
    const row = { keyId, algorithm, stage, signsFrom };
    out.row(row, `${keyId}  ${algorithm}  ${stage.padEnd(9)}  signs from ${signsFrom}`);
  }
}

/** What `--json` prints of each key. */
export const keyColumns = "with keyId, algorithm, stage, signsFrom.";
