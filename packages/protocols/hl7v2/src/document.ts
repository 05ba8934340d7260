import type { PartEdit } from "./edit.ts";
import { EditedSegment, type SegmentRules, aboveLimit } from "./edited-segment.ts";
import type { MessageLimits } from "./limits.ts";
import { type LineRules, type Lines, endOfLine } from "./lines.ts";
import { type Piece, lengthOf } from "./pieces.ts";

/**
 * The text of a message as it was received, and what was changed in it. An edit remembers what it
 * replaced, and all else is printed as it came.
 *
 * Segments have numbers in the order of the message. Once one is inserted or removed, that order is
 * kept as a list: of the number each was received as, and of higher numbers for inserted ones.
 */
export class MessageDocument {
  readonly received: string;
  readonly #lines: Lines;
  readonly #rules: LineRules;
  /** With what edits leave of the message's room, once there are any. */
  #editRules: (LineRules & { room: number }) | undefined;
  /** By the segment's number; most are missing. */
  #written: (EditedSegment | undefined)[] | undefined;
  #order: number[] | undefined;
  #inserted = 0;

  /** @param rules The separators of the message, and what its edits may not go beyond. */
  constructor(received: string, lines: Lines, rules: LineRules) {
    this.received = received;
    this.#lines = lines;
    this.#rules = rules;
  }

  get count(): number {
    return this.#order?.length ?? this.#lines.starts.length;
  }

  /** What its edits may not go beyond. */
  get limits(): MessageLimits {
    return this.#rules.limits;
  }

  get isEdited(): boolean {
    return this.#written !== undefined || this.#order !== undefined;
  }

  get headerAsReceived(): string {
    return this.#received(0);
  }

  /** The text of a segment without its terminator. */
  raw(line: number): string {
    const id = this.#idOf(line);
    return this.#written?.[id]?.raw ?? this.#received(id);
  }

  /** The name of a segment, its first three characters. */
  nameOf(line: number): string {
    const name = this.raw(line).slice(0, 3);
    return names.get(name) ?? remembered(name);
  }

  /** The next segment of that name, from `line` on; -1 where there is none. */
  nextNamed(name: string, line: number): number {
    const isAsReceived = !this.isEdited;
    const { starts } = this.#lines;
    for (let next = line; next < this.count; next += 1) {
      const isFound = isAsReceived
        ? isAt(this.received, name, starts[next] ?? 0)
        : this.raw(next).startsWith(name);
      if (isFound && name.length === 3) return next;
    }
    return -1;
  }

  /**
   * Changes a part of a segment.
   *
   * @throws {TrestleError} `hl7v2.aboveLimit`, `hl7v2.noSeparator`; then nothing is changed.
   */
  edit(line: number, edit: PartEdit): void {
    this.#change(line, (segment, rules) => segment.edit(edit, rules));
  }

  /**
   * Writes another text in place of a whole segment.
   *
   * @throws {TrestleError} `hl7v2.aboveLimit`
   */
  replace(line: number, text: string): void {
    this.#change(line, (segment, rules) => segment.rewrite(text, rules));
  }

  /**
   * Puts a segment in front of the one that is now at `line`.
   *
   * @throws {TrestleError} `hl7v2.aboveLimit`
   */
  insert(line: number, raw: string): void {
    const { limits } = this.#rules;
    if (this.count >= limits.maxSegments) throw aboveLimit("maxSegments", limits);
    const segment = new EditedSegment("");
    const rules = this.#rulesOfEdits;
    const end = this.#terminator.length;
    rules.room -= segment.rewrite(raw, { ...rules, room: rules.room - end }) + end;
    this.#written ??= [];
    const id = this.#lines.starts.length + this.#inserted;
    this.#inserted += 1;
    this.#written[id] = segment;
    this.#ordered().splice(line, 0, id);
  }

  remove(line: number): void {
    this.#rulesOfEdits.room += this.raw(line).length + this.#lengthOfEnd(this.#idOf(line));
    this.#ordered().splice(line, 1);
  }

  /** The whole text: what was received, with what was changed. */
  text(): string {
    if (!this.isEdited) return this.received;
    if (this.#order === undefined) return this.#textInPlace();
    return this.#joined(this.pieces({ areSegmentsWhole: true }));
  }

  /** The whole text, each segment ended by CR and nothing else around it. */
  textEndedByReturn(): string {
    return this.#joined(this.piecesEndedByReturn({ areSegmentsWhole: true }));
  }

  /**
   * The text in order: stretches as received, as long as they can be, and what was written.
   *
   * @param areSegmentsWhole Whether an edited segment is one piece, with what was not edited in it.
   */
  pieces({ areSegmentsWhole }: { areSegmentsWhole: boolean }): readonly Piece[] {
    const pieces = new PieceList();
    if (this.#order !== undefined) this.#addOrdered(pieces, areSegmentsWhole);
    else this.#addInPlace(pieces, areSegmentsWhole);
    return pieces.list;
  }

  /** As `pieces`, each segment ended by CR and nothing else around it. */
  piecesEndedByReturn({ areSegmentsWhole }: { areSegmentsWhole: boolean }): readonly Piece[] {
    const pieces = new PieceList();
    for (let line = 0; line < this.count; line += 1) {
      const id = this.#idOf(line);
      pieces.addAll(this.#piecesOf(id, this.#written?.[id], areSegmentsWhole));
      pieces.add("\r");
    }
    return pieces.list;
  }

  #joined(pieces: readonly Piece[]): string {
    let text = "";
    for (const piece of pieces) {
      text += typeof piece === "string" ? piece : this.received.slice(piece.from, piece.to);
    }
    return text;
  }

  #textInPlace(): string {
    let text = "";
    let from = 0;
    const segments = this.#written ?? [];
    for (let id = 0; id < segments.length; id += 1) {
      const written = segments[id];
      if (written === undefined) continue;
      text += this.received.slice(from, this.#lines.starts[id]) + written.raw;
      from = endOfLine(this.#lines, id);
    }
    return text + this.received.slice(from);
  }

  /** Only fields were edited: all between edited segments is one stretch. */
  #addInPlace(pieces: PieceList, areSegmentsWhole: boolean): void {
    let from = 0;
    for (const [id, written] of (this.#written ?? []).entries()) {
      if (written === undefined) continue;
      pieces.add({ from, to: this.#lines.starts[id] ?? 0 });
      pieces.addAll(areSegmentsWhole ? [written.raw] : written.pieces);
      from = endOfLine(this.#lines, id);
    }
    pieces.add({ from, to: this.received.length });
  }

  #addOrdered(pieces: PieceList, areSegmentsWhole: boolean): void {
    const { starts } = this.#lines;
    // What stands in front of the first segment, such as a byte order mark.
    pieces.add({ from: 0, to: starts[0] ?? 0 });
    let needsEnd = false;
    for (const id of this.#order ?? []) {
      if (needsEnd) pieces.add(this.#terminator);
      pieces.addAll(this.#piecesOf(id, this.#written?.[id], areSegmentsWhole));
      const end = endOfLine(this.#lines, id);
      const next = starts[id + 1] ?? this.received.length;
      needsEnd = id >= starts.length || next === end;
      if (!needsEnd) pieces.add({ from: end, to: next });
    }
    const last = starts.length - 1;
    const wasEnded = endOfLine(this.#lines, last) < this.received.length;
    if (needsEnd && wasEnded) pieces.add(this.#terminator);
  }

  #piecesOf(id: number, written: EditedSegment | undefined, isWhole: boolean): readonly Piece[] {
    if (written !== undefined) return isWhole ? [written.raw] : written.pieces;
    return id < this.#lines.starts.length ? [this.#stretchOf(id)] : [];
  }

  #stretchOf(id: number): Piece {
    return { from: this.#lines.starts[id] ?? 0, to: endOfLine(this.#lines, id) };
  }

  #change(line: number, make: (segment: EditedSegment, rules: SegmentRules) => number): void {
    const id = this.#idOf(line);
    const known = this.#written?.[id];
    const segment = known ?? new EditedSegment(this.#received(id), this.#stretchOf(id));
    const rules = this.#rulesOfEdits;
    rules.room -= make(segment, rules);
    if (known === undefined) (this.#written ??= [])[id] = segment;
  }

  get #rulesOfEdits(): LineRules & { room: number } {
    const { separators, limits } = this.#rules;
    this.#editRules ??= {
      separators,
      limits,
      room: limits.maxCharacters - this.received.length,
    };
    return this.#editRules;
  }

  #idOf(line: number): number {
    return this.#order === undefined ? line : (this.#order[line] ?? -1);
  }

  #received(id: number): string {
    const start = this.#lines.starts[id];
    return start === undefined ? "" : this.received.slice(start, endOfLine(this.#lines, id));
  }

  #ordered(): number[] {
    this.#order ??= this.#lines.starts.map((_, line) => line);
    return this.#order;
  }

  /** Characters behind a segment, up to the next one. */
  #lengthOfEnd(id: number): number {
    const { starts } = this.#lines;
    if (id >= starts.length) return this.#terminator.length;
    return (starts[id + 1] ?? this.received.length) - endOfLine(this.#lines, id);
  }

  /** How the first segment ends, or CR where it is alone. */
  get #terminator(): string {
    const end = endOfLine(this.#lines, 0);
    const [ended = "\r"] = /^(?:\r\n|\n)/u.exec(this.received.slice(end, end + 2)) ?? [];
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

  addAll(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.add(piece);
  }
}

function isAt(text: string, name: string, at: number): boolean {
  return (
    text.charCodeAt(at) === name.charCodeAt(0) &&
    text.charCodeAt(at + 1) === name.charCodeAt(1) &&
    text.charCodeAt(at + 2) === name.charCodeAt(2)
  );
}

/** One string for all segments of a name, which costs less to compare. */
function remembered(name: string): string {
  if (names.size < mostNames) names.set(name, name);
  return name;
}

const names = new Map<string, string>();
const mostNames = 1000;
