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
 * @param onChange Must not reject. The next look waits for it. It says whether the change is dealt
 * with; where it is not, such as on a full disk, it is told again a while later. The first state
 * seen counts as a change, for the folder was read a while before.
 */
export function watchFolder(options: {
  readonly directory: string;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly onChange: () => Promise<boolean>;
}): FolderWatch {
  const { directory, pollMs, clock, onChange } = options;
  let told: FolderState | undefined;
  let seen: FolderState | undefined;
  let isStopped = false;
  let cancel = () => {};
  const look = async () => {
    const state = await folderState(directory);
    const isChange = state === seen && state !== told && !isStopped;
    const isDone = !isChange || (await onChange());
    if (isChange && isDone) told = state;
    seen = state;
    if (!isStopped) lookIn(isDone ? pollMs : Math.max(pollMs, againMs));
  };
  const lookIn = (delayMs: number) => {
    cancel = clock.after(delayMs, () => void look());
  };
  lookIn(pollMs);
  return {
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

/** Until a change is told again that could not be dealt with. */
const againMs = 2000;
