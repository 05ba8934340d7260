/** A line that stands between messages or begins one. */
export interface Boundary {
  readonly name: "FHS" | "BHS" | "MSH" | "BTS" | "FTS" | "other" | "end";
  /** Where the line starts, and where it ends, without what ends it. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly number: number;
}

/**
 * Goes through the text of a file and stops at each line that belongs to an envelope or begins a
 * message, and at lines outside of messages that are neither. Line ends are CR, LF and CRLF; the
 * marks of MLLP in captured files, and the end mark of old systems, count as line ends too.
 */
export class BoundaryFinder {
  readonly #text: string;
  #at = 0;
  #number = 0;
  #next = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The next boundary. Within a message other lines are passed over. */
  next(isInMessage: boolean): Boundary {
    const text = this.#text;
    for (;;) {
      const start = this.#at;
      if (start >= text.length) return { name: "end", start, end: start, number: this.#number };
      const end = this.#endOf(start);
      this.#at = end + 1;
      if (end === start) continue;
      this.#number += 1;
      const name = nameAt(text, start, end);
      if (name !== "other" || !isInMessage) return { name, start, end, number: this.#number };
    }
  }

  #endOf(from: number): number {
    let end = this.#text.length;
    for (const mark of lineEnds) end = Math.min(end, this.#find(mark, from));
    return end;
  }

  #find(mark: string, from: number): number {
    const known = this.#next.get(mark);
    if (known !== undefined && known >= from) return known;
    const found = this.#text.indexOf(mark, from);
    const next = found === -1 ? this.#text.length : found;
    this.#next.set(mark, next);
    return next;
  }
}

function nameAt(text: string, start: number, end: number): Boundary["name"] {
  const first = text.charAt(start);
  if (first !== "M" && first !== "B" && first !== "F") return "other";
  const name = text.slice(start, start + 3);
  const found = names.find((known) => known === name);
  if (found === undefined) return "other";
  const isAlone = end - start === 3;
  if (isAlone) return found.endsWith("TS") ? found : "other";
  return /[A-Za-z0-9\s]/u.test(text.charAt(start + 3)) ? "other" : found;
}

const names = ["FHS", "BHS", "MSH", "BTS", "FTS"] as const;
const lineEnds = ["\r", "\n", "\u{0B}", "\u{1C}", "\u{1A}"];
