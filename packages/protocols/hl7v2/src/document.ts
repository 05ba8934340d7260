import { type Piece, lengthOf, splice } from "./pieces.ts";
import type { Lines } from "./lines.ts";

/** One segment: where it was received, and what it is now. */
interface Line {
  /** Behind the terminator of the segment before. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
  /** Behind the terminator of this segment. */
  readonly next: number;
  /** What the segment is made of, once it was edited. */
  readonly pieces?: readonly Piece[];
  readonly raw?: string;
  /** A terminator that was not received. */
  readonly tail?: string;
}

/**
 * The text of a message as it was received, and what was changed in it. An edit remembers what it
 * replaced and copies nothing, so that all else is printed as it came.
 */
export class MessageDocument {
  readonly received: string;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];
  #lines: Line[] | undefined;

  constructor(received: string, { starts, ends }: Lines) {
    this.received = received;
    this.#starts = starts;
    this.#ends = ends;
  }

  get count(): number {
    return this.#lines?.length ?? this.#starts.length;
  }

  get isEdited(): boolean {
    return this.#lines !== undefined;
  }

  /** The text of a segment without its terminator. */
  raw(line: number): string {
    if (this.#lines === undefined) {
      return this.received.slice(this.#starts[line] ?? 0, this.#ends[line] ?? 0);
    }
    const found = this.#lines[line];
    return found === undefined ? "" : (found.raw ?? this.received.slice(found.start, found.end));
  }

  /** The name of a segment, its first three characters. */
  nameOf(line: number): string {
    const start = this.#starts[line] ?? 0;
    const name =
      this.#lines === undefined ? this.received.slice(start, start + 3) : this.raw(line).slice(0, 3);
    return names.get(name) ?? remembered(name);
  }

  /** The numbers of the segments that have that name. */
  linesNamed(name: string): readonly number[] {
    const found: number[] = [];
    const { length } = name;
    for (let line = 0; line < this.count; line += 1) {
      if (length === 3 && this.#isNamed(line, name)) found.push(line);
    }
    return found;
  }

  /** Replaces `[from, to)` of a segment. */
  replace(line: number, { from, to, text }: { from: number; to: number; text: string }): void {
    const lines = this.#edit();
    const old = lines[line];
    if (old === undefined) return;
    const raw = this.raw(line);
    const pieces = splice(old.pieces ?? [{ from: old.start, to: old.end }], { from, to, text });
    lines[line] = { ...old, pieces, raw: raw.slice(0, from) + text + raw.slice(to) };
  }

  /** Puts a segment in front of the one that is now at `line`. */
  insert(line: number, raw: string): void {
    const lines = this.#edit();
    const before = lines[line - 1];
    const isUnended = before !== undefined && !this.#isEnded(before);
    if (isUnended) lines[line - 1] = { ...before, tail: this.#terminator };
    const tail = isUnended ? {} : { tail: this.#terminator };
    lines.splice(line, 0, { from: 0, start: 0, end: 0, next: 0, pieces: [raw], raw, ...tail });
  }

  remove(line: number): void {
    this.#edit().splice(line, 1);
  }

  /** The whole text: what was received, with what was changed. */
  text(): string {
    if (this.#lines === undefined) return this.received;
    let text = "";
    for (const piece of this.pieces({ areSegmentsWhole: false })) {
      text += typeof piece === "string" ? piece : this.received.slice(piece.from, piece.to);
    }
    return text;
  }

  /**
   * The text in order: stretches as received, as long as they can be, and what was written.
   *
   * @param areSegmentsWhole Whether an edited segment is one piece, with what was not edited in it.
   */
  pieces({ areSegmentsWhole }: { areSegmentsWhole: boolean }): readonly Piece[] {
    const pieces = new PieceList();
    for (const line of this.#edit()) {
      const { from, start, end, next, raw, tail = "" } = line;
      const edited = areSegmentsWhole && raw !== undefined ? [raw] : line.pieces;
      pieces.add({ from, to: start });
      for (const piece of edited ?? [{ from: start, to: end }]) pieces.add(piece);
      pieces.add({ from: end, to: next });
      pieces.add(tail);
    }
    return pieces.list;
  }

  get headerAsReceived(): string {
    return this.received.slice(this.#starts[0], this.#ends[0]);
  }

  /** From the first edit on the segments are kept one by one. */
  #edit(): Line[] {
    this.#lines ??= this.#starts.map((start, index) => ({
      from: index === 0 ? 0 : start,
      start,
      end: this.#ends[index] ?? start,
      next: this.#starts[index + 1] ?? this.received.length,
    }));
    return this.#lines;
  }

  #isNamed(line: number, name: string): boolean {
    if (this.#lines === undefined) return this.received.startsWith(name, this.#starts[line]);
    const { raw, start } = this.#lines[line] ?? { raw: "", start: 0 };
    return raw === undefined ? this.received.startsWith(name, start) : raw.startsWith(name);
  }

  #isEnded({ end, next, tail }: Line): boolean {
    return tail !== undefined || next > end;
  }

  /** How the first segment ends, or CR where it is alone. */
  get #terminator(): string {
    const first = this.#ends[0] ?? 0;
    const [ended = "\r"] = /^(?:\r\n|\n)/u.exec(this.received.slice(first, first + 2)) ?? [];
    return ended;
  }
}

/** Joins stretches that follow each other. */
class PieceList {
  readonly list: Piece[] = [];

  add(piece: Piece): void {
    if (lengthOf(piece) === 0) return;
    const last = this.list.at(-1);
    const isNext = typeof piece === "object" && typeof last === "object" && last.to === piece.from;
    if (isNext) this.list[this.list.length - 1] = { from: last.from, to: piece.to };
    else this.list.push(piece);
  }
}

/** One string for all segments of a name, which costs less to compare. */
function remembered(name: string): string {
  if (names.size < mostNames) names.set(name, name);
  return name;
}

const names = new Map<string, string>();
const mostNames = 1000;
