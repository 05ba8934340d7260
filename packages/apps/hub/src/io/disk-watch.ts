import { statfs } from "node:fs/promises";
import type { Clock, Problem } from "@trestle/base";

/** Knows whether there is room for more messages. */
export interface DiskWatch {
  /** Why nothing can be taken now; undefined while there is room. */
  readonly problem: Problem | undefined;
  stop(): void;
}

/** Looks once a second, since a disk may fill from other sides too. */
export async function watchDisk(options: {
  folder: string;
  minFreeBytes: number;
  clock: Clock;
  onChange: (problem: Problem | undefined) => void;
}): Promise<DiskWatch> {
  let problem: Problem | undefined;
  let cancel: () => void = () => {};
  let isStopped = false;
  const look = async () => {
    const before = problem;
    problem = await problemOf(options.folder, options.minFreeBytes);
    if (before?.code !== problem?.code) options.onChange(problem);
    if (!isStopped) cancel = options.clock.after(1000, () => void look());
  };
  await look();
  return {
    get problem() {
      return problem;
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

async function problemOf(folder: string, minFreeBytes: number): Promise<Problem | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < minFreeBytes ? nearlyFull : undefined;
  } catch {
    return notReadable;
  }
}

const nearlyFull: Problem = {
  code: "hub.diskNearlyFull",
  text: "The disk of the data folder is nearly full, so no message is taken. Send again later.",
  hint: "Free space on the disk of the data folder; the hub takes messages again by itself.",
};

const notReadable: Problem = {
  code: "hub.diskNotReadable",
  text: "The data folder cannot be reached, so no message is taken. Send again later.",
  hint: "Check that the disk of the data folder is mounted.",
};
