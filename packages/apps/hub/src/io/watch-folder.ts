import type { Clock } from "@trestle/base";
import { type FolderState, folderState } from "@trestle/integration";

/** A folder that is looked at, until it is stopped. */
export interface FolderWatch {
  stop(): void;
}

/**
 * Tells when a folder has changed and two looks in a row saw the same, so that no half-written edit
 * is taken. It looks by itself rather than being told by the system: that works on every mount, and
 * for folders that are replaced as a whole.
 *
 * @param onChange Must not reject. The next look waits for it. The first state seen counts as a
 * change, for the folder was read a while before.
 */
export function watchFolder(options: {
  readonly directory: string;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly onChange: () => Promise<void>;
}): FolderWatch {
  const { directory, pollMs, clock, onChange } = options;
  let told: FolderState | undefined;
  let seen: FolderState | undefined;
  let isStopped = false;
  let cancel = () => {};
  const look = async () => {
    const state = await folderState(directory);
    if (state === seen && state !== told && !isStopped) {
      told = state;
      await onChange();
    }
    seen = state;
    if (!isStopped) next();
  };
  const next = () => {
    cancel = clock.after(pollMs, () => void look());
  };
  next();
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
