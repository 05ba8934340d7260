import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@trestle/base";
import type { KeyRing, KeyStatus } from "@trestle/smart";
import { z } from "zod";
import type { Out } from "../out.ts";
import { onDemand } from "./on-demand.ts";

/** Which hub's keys are meant: they are in its data folder, which a hub that runs shares. */
export const keyOptions = {
  config: z.string().optional().meta({
    value: "DIR",
    description:
      "The hub's integration folder, whose trestle.yaml says how keys live. The current one if it is one.",
  }),
  data: z.string().optional().meta({
    value: "DIR",
    description:
      "The hub's data folder; also TRESTLE_DATA. storage.directory of trestle.yaml if neither.",
  }),
};

/** The keys of a hub, or the problems of the trestle.yaml that should say how they live. */
type FoundKeys =
  | { readonly ok: true; readonly ring: KeyRing }
  | { readonly ok: false; readonly problems: string };

/** The keys of a data folder, which is made where it is not there yet. */
export async function keyRingOf(
  options: { readonly config?: string | undefined; readonly data?: string | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<FoundKeys> {
  const config = options.config ?? (existsSync("trestle.yaml") ? "." : undefined);
  const { loadSettings } = await onDemand.integration();
  const loaded = config === undefined ? undefined : await loadSettings(config);
  if (loaded?.ok === false) {
    const { printProblems } = await onDemand.config();
    return { ok: false, problems: printProblems(loaded.problems) };
  }
  const { keys: settings, storage } = loaded?.settings ?? {};
  const folder = options.data ?? (environment["TRESTLE_DATA"] || (storage?.directory ?? "data"));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { KeyRing, fileKeyStore } = await onDemand.smart();
  const { keysFileName } = await onDemand.hub();
  const store = fileKeyStore(join(folder, keysFileName));
  const ring = new KeyRing({ store, clock: systemClock, ...(settings && { settings }) });
  return { ok: true, ring };
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
