import { type Document, isMap, isNode, isScalar, isSeq } from "yaml";

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Finds a key, or its value, by its path; where it is absent, what is there of its parents. */
export type PlaceOf = (path: readonly PropertyKey[], part?: "key" | "value") => Place;

/** Finds the places of a YAML document. Every place is inside the text. */
export class Places {
  readonly #length: number;
  /** Offsets at which lines begin. The parser's own count leaves lines out of broken texts. */
  readonly #starts: readonly number[];
  document: Document | undefined;

  constructor(text: string) {
    this.#length = text.length;
    this.#starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  }

  /** @param offset In characters, from 0. */
  at(offset: number): Place {
    const inside = Math.max(0, Math.min(offset, this.#length));
    const line = this.#starts.findLastIndex((start) => start <= inside);
    return { line: line + 1, column: inside - (this.#starts[line] ?? 0) + 1 };
  }

  of(path: readonly PropertyKey[], part: "key" | "value" = "value"): Place {
    return this.at(this.#offsetOf(path, part));
  }

  #offsetOf(path: readonly PropertyKey[], part: "key" | "value"): number {
    let node: unknown = this.document?.contents;
    let offset = 0;
    for (const [index, step] of path.entries()) {
      const found = stepInto(node, step);
      if (found === undefined) return offset;
      const isLast = index === path.length - 1;
      offset = (isLast && part === "value" ? found.value : undefined) ?? found.key ?? offset;
      node = found.node;
    }
    return offset;
  }
}

/** What a step leads to, with the offsets of its key and of its value. */
interface Step {
  readonly node: unknown;
  readonly key: number | undefined;
  readonly value: number | undefined;
}

/** Undefined behind an alias, too: its parts stand elsewhere, and the alias is what to correct. */
function stepInto(node: unknown, step: PropertyKey): Step | undefined {
  if (isMap(node)) {
    const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === step);
    if (pair === undefined) return undefined;
    return { node: pair.value, key: startOf(pair.key), value: startOf(pair.value) };
  }
  if (!isSeq(node) || typeof step !== "number") return undefined;
  const item = node.items[step];
  return { node: item, key: startOf(item), value: startOf(item) };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
