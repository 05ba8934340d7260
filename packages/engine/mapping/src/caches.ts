import { Memory } from "./memory.ts";
import type { MappingSite } from "./mapping.ts";

/**
 * What is worth keeping between messages: ids and offsets are pure, and hashing or asking for a
 * time zone costs more than the rest of a field. Full, a cache starts again from empty.
 */
export interface Caches {
  readonly ids: Cache<readonly string[], string>;
  /** Minutes east of UTC by zone and local hour. */
  readonly offsets: Cache<LocalHour, number>;
  /** The same by zone and quarter of an hour since 1970 UTC; clocks change at no other time. */
  readonly offsetsSince1970: Cache<readonly [timeZone: string, quarter: number], number>;
  /** What recurring texts mean at a site; as long as somebody holds the site. */
  readonly memoryOf: (site: MappingSite) => Memory;
}

/** An hour as the clocks of a time zone show it. */
export type LocalHour = readonly [
  timeZone: string,
  year: number,
  month: number,
  day: number,
  hour: number,
];

/** @param limit How many values each of them keeps at most. */
export function createCaches(limit: number): Caches {
  const memories = new WeakMap<MappingSite, Memory>();
  return {
    ids: new Cache(limit),
    offsets: new Cache(limit),
    offsetsSince1970: new Cache(limit),
    memoryOf(site) {
      const memory = memories.get(site) ?? new Memory(limit);
      memories.set(site, memory);
      return memory;
    },
  };
}

/** A bounded memory of a pure function. */
export class Cache<Key extends readonly (string | number)[], Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();

  /** @param limit How many values are kept at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: Key, make: (...key: Key) => Value): Value {
    const text = key.join("\u0000");
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    const value = make(...key);
    if (this.#values.size >= this.#limit) this.#values.clear();
    this.#values.set(text, value);
    return value;
  }
}
