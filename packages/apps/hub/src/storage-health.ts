import { type Problem, TrestleError } from "@trestle/base";
import type { Journal } from "@trestle/journal";

/** A journal, and whether its last append failed. */
export interface WatchedJournal {
  readonly journal: Journal;
  /** From a failed append until one succeeds. */
  problem(): Problem | undefined;
}

/** Notices when the disk refuses what the sender was told to send again. */
export function watchAppends(journal: Journal): WatchedJournal {
  let problem: Problem | undefined;
  return {
    problem: () => problem,
    journal: {
      append: async (entry, counted) => {
        try {
          const appended = await journal.append(entry, counted);
          problem = undefined;
          return appended;
        } catch (error) {
          // One link too many is no fault of the disk.
          if (!isTooManyLinks(error)) problem = notStored;
          throw error;
        }
      },
      find: (entry) => journal.find(entry),
      lastNumber: (link) => journal.lastNumber(link),
      forgetNumber: (link) => journal.forgetNumber(link),
      read: (after, limit) => journal.read(after, limit),
      get: (position) => journal.get(position),
      last: () => journal.last(),
      onAppend: (listener) => journal.onAppend(listener),
      close: () => journal.close(),
    },
  };
}

function isTooManyLinks(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "journal.tooManyLinks";
}

const notStored: Problem = {
  code: "hub.notStored",
  text: "The last message could not be stored, and its sender was told to send it again.",
  hint: "Free space on the disk of the data folder, or repair it. The next message shows whether it helped.",
};
