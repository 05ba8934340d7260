import type { Segment } from "./segment.ts";

/** Where the segments of a name stand, as far as someone asked. */
export class NamedLines {
  /** Ascending. */
  readonly lines: number[] = [];
  /** The line to look at next; -1 once all are found. */
  next = 0;
  /** All of them, where someone asked for all. */
  segments: readonly Segment[] | undefined;

  /** A segment came to stand at `line`. */
  insert(line: number, isOfThisName: boolean): void {
    const from = this.#move(line, 1);
    if (this.next > line) this.next += 1;
    const isPassed = this.next === -1 || this.next > line;
    if (isOfThisName && isPassed) this.lines.splice(from, 0, line);
  }

  /** The segment at `line` is there no more. */
  remove(line: number): void {
    const from = this.#indexOf(line);
    if (this.lines[from] === line) this.lines.splice(from, 1);
    this.#move(line, -1);
    if (this.next > line) this.next -= 1;
  }

  /** Gives all from that line on another number. */
  #move(line: number, by: 1 | -1): number {
    const from = this.#indexOf(line);
    const { lines } = this;
    for (let index = from; index < lines.length; index += 1)
      lines[index] = (lines[index] ?? 0) + by;
    this.segments = undefined;
    return from;
  }

  /** The index of the first that stands at that line or behind it. */
  #indexOf(line: number): number {
    let [low, high] = [0, this.lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lines[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
