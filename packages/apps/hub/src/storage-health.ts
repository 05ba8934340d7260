import type { Problem } from "@trestle/base";
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
      append: async (entry) => {
        try {
          const appended = await journal.append(entry);
          problem = undefined;
          return appended;
        } catch (error) {
          problem = notStored;
          throw error;
        }
      },
      find: (entry) => journal.find(entry),
      read: (after, limit) => journal.read(after, limit),
      get: (position) => journal.get(position),
      last: () => journal.last(),
      onAppend: (listener) => journal.onAppend(listener),
      close: () => journal.close(),
    },
  };
}

const notStored: Problem = {
  code: "hub.notStored",
  text: "The last message could not be stored, and its sender was told to send it again.",
  hint: "Free space on the disk of the data folder, or repair it. The next message shows whether it helped.",
};
