import type { Clock } from "@trestle/base";
import { type FolderMemory, type Loaded, folderState, loadIntegration } from "@trestle/integration";
import { knownQuirks } from "../dialects.ts";

/**
 * Loads a folder that nobody wrote to meanwhile, so that no revision is half of one and half of
 * another. One that never rests is refused.
 *
 * @param memory The same for each load of this folder, so that only what changed is read.
 * @param alsoUsed As `loadIntegration`.
 */
export async function loadSettled(
  directory: string,
  {
    clock,
    ...options
  }: {
    readonly clock: Clock;
    readonly memory: FolderMemory;
    readonly alsoUsed: ReadonlySet<string>;
  },
): Promise<Loaded> {
  const quirks = await knownQuirks();
  for (let tries = 0; tries < mostTries; tries += 1) {
    const loaded = await loadIntegration(directory, { quirks, ...options });
    const isSettled = loaded.state === undefined || loaded.state === (await folderState(directory));
    if (isSettled) return loaded;
    await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
  }
  return { ok: false, problems: [neverRests] };
}

const mostTries = 20;
const pauseMs = 100;

const neverRests = {
  file: "trestle.yaml",
  line: 1,
  column: 1,
  code: "hub.folderNeverRests",
  text: "Files of the folder changed each time while it was read.",
  hint: "Wait until what writes there is done, then reload.",
};
