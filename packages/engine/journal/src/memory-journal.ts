import { phi, reveal } from "@trestle/base";
import { keyOf } from "./entry-key.ts";
import { type Entry, type Journal, type Position, beginning } from "./journal.ts";
import { memoryLinks } from "./memory-links.ts";

/** A journal that forgets everything at the end of the process: for tests and trials. */
export function openMemoryJournal(): Journal {
  const entries: Entry[] = [];
  const positions = new Map<string, Position>();
  const links = memoryLinks();
  const listeners = new Set<() => void>();
  return {
    async append(entry, counted) {
      const key = keyOf(entry);
      const earlier = positions.get(key);
      const position = earlier ?? ((entries.length + 1) as Position);
      if (counted !== undefined) links.keep(counted, position);
      if (earlier !== undefined) return { outcome: "duplicate", position };
      positions.set(key, position);
      entries.push(copyOf({ ...entry, position }));
      for (const listener of listeners) listener();
      return { outcome: "stored", position };
    },
    find: (entry) => Promise.resolve(positions.get(keyOf(entry))),
    lastNumber: (link) => Promise.resolve(links.last(link)),
    forgetNumber: (link) => Promise.resolve(links.remove(link)),
    read(after, limit) {
      const next = withinBytes(entries.slice(after, after + limit.count), limit.bytes);
      return Promise.resolve(next.map(copyOf));
    },
    get(position) {
      const entry = entries[position - 1];
      return Promise.resolve(entry && copyOf(entry));
    },
    last: () => entries.at(-1)?.position ?? beginning,
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
  };
}

/** Entries never change, whatever senders and readers do with their buffers. */
function copyOf(entry: Entry): Entry {
  // Not `slice`: that of a Buffer shares its memory.
  return { ...entry, raw: phi(new Uint8Array(reveal(entry.raw))) };
}

/** The first of the entries, and as many more as fit. */
function withinBytes(entries: readonly Entry[], bytes: number): readonly Entry[] {
  let sum = 0;
  const end = entries.findIndex((entry, index) => {
    sum += reveal(entry.raw).byteLength;
    return index > 0 && sum > bytes;
  });
  return end === -1 ? entries : entries.slice(0, end);
}
