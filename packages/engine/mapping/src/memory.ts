import type { CountedRow } from "./row-uses.ts";

/** What a text meant, and the rows of code tables that said so. */
export interface Kept {
  readonly value: unknown;
  /** Only where the rows of the site are counted. */
  readonly rows: readonly CountedRow[];
}

/**
 * What a site's messages said before and what it meant: codes, units, staff, places. Only what
 * follows from the text, the site and its tables alone is kept, so that it spares work and changes
 * no result. Full, it starts again from empty.
 */
export class Memory {
  readonly #limit: number;
  readonly #kinds = new Map<object, Map<string, Kept>>();
  #size = 0;

  /** @param limit How many texts are kept at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param kind What reads the text, such as a row: the same text means different things elsewhere. */
  get(kind: object, text: string): Kept | undefined {
    return this.#kinds.get(kind)?.get(text);
  }

  /** Long texts are not kept: they hardly come again. */
  keep(kind: object, text: string, kept: Kept): void {
    if (text.length > longestText) return;
    if (this.#size >= this.#limit) this.#forget();
    const known = this.#kinds.get(kind) ?? new Map<string, Kept>();
    this.#kinds.set(kind, known);
    known.set(detached(text), kept);
    this.#size += 1;
  }

  #forget(): void {
    this.#kinds.clear();
    this.#size = 0;
  }
}

/**
 * The same value in memory of its own. The engine lets a piece of a text share the memory of the
 * whole, so that a kept code would keep its message.
 */
export function detached<Value>(value: Value): Value {
  return copyOf(value) as Value;
}

function copyOf(value: unknown): unknown {
  if (typeof value === "string") return JSON.parse(JSON.stringify(value)) as string;
  if (Array.isArray(value)) return value.map(copyOf);
  // An exact decimal is an object without prototype, and cannot be taken apart.
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

/** Characters. */
const longestText = 250;
