import { keyOf } from "./entry-key.ts";
import { type Entry, type Journal, type Position, beginning } from "./journal.ts";

/** A journal that forgets everything at the end of the process: for tests and trials. */
export function openMemoryJournal(): Journal {
  const entries: Entry[] = [];
  const positions = new Map<string, Position>();
  const listeners = new Set<() => void>();
  return {
    append(entry) {
      const key = keyOf(entry);
      const earlier = positions.get(key);
      if (earlier !== undefined)
        return Promise.resolve({ outcome: "duplicate", position: earlier });
      const position = (entries.length + 1) as Position;
      positions.set(key, position);
      entries.push({ ...entry, position });
      for (const listener of listeners) listener();
      return Promise.resolve({ outcome: "stored", position });
    },
    read(after, limit) {
      return Promise.resolve(withinBytes(entries.slice(after, after + limit.count), limit.bytes));
    },
    get: (position) => Promise.resolve(entries[position - 1]),
    last: () => entries.at(-1)?.position ?? beginning,
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
}

/** The first of the entries, and as many more as fit. */
function withinBytes(entries: readonly Entry[], bytes: number): readonly Entry[] {
  let sum = 0;
  const end = entries.findIndex((entry, index) => {
    sum += entry.receivedBytes;
    return index > 0 && sum > bytes;
  });
  return end === -1 ? entries : entries.slice(0, end);
}
