import type { Problem } from "@trestle/base";
import { declaredEncoding } from "./charset-names.ts";
import type { MessageDocument } from "./document.ts";
import type { PartEdit } from "./edit.ts";
import { hl7v2Errors } from "./errors.ts";
import { NamedLines } from "./named-lines.ts";
import { type Place, readPlace } from "./place.ts";
import { checkedRaw, checkedSegment, rawOf } from "./raw-text.ts";
import { type Component, type Field, Repetition, Segment, type Subcomponent } from "./segment.ts";
import { type Separators, isHeader } from "./separators.ts";

/** The bytes of a message as they were received. */
export interface Received {
  readonly bytes: Uint8Array;
  /** The encoding by which they were read, as `Decoded.charset` names it. */
  readonly charset: string;
}

/**
 * A parsed message. Nothing below the segments is looked at before someone asks for it, and parts
 * of the text are stretches of it, not copies. It may be edited; what was not edited is printed as
 * it was received. Objects that were asked for before an edit show what was there then.
 */
export class Hl7Message {
  readonly separators: Separators;
  /** What was tolerated on the way in, such as line feeds between segments. */
  readonly warnings: readonly Problem[];
  /** Present where the message was read from bytes. */
  readonly received: Received | undefined;
  /** The text behind what is read here, for printing. */
  readonly document: MessageDocument;
  /** By line, as far as they were asked for. */
  #made: (Segment | undefined)[] = [];
  #all: readonly Segment[] | undefined;
  #named: Map<string, NamedLines> | undefined;

  constructor(parts: {
    separators: Separators;
    document: MessageDocument;
    warnings: readonly Problem[];
    received?: Received | undefined;
  }) {
    this.separators = parts.separators;
    this.document = parts.document;
    this.warnings = parts.warnings;
    this.received = parts.received;
  }

  /** MSH, which is all that whoever takes messages in has to know. */
  get header(): Segment {
    return this.#segment(0, "MSH", 0);
  }

  get segments(): readonly Segment[] {
    this.#all ??= this.#makeAll();
    return this.#all;
  }

  /** The message type and trigger, such as `ADT^A08`; only the type where no trigger is given. */
  get type(): string {
    const field = this.header.field(9);
    const family = field.component(1).text ?? "";
    const trigger = field.component(2).text;
    return trigger === undefined ? family : `${family}^${trigger}`;
  }

  /** MSH-10; empty where the sender gave none. */
  get controlId(): string {
    return this.header.field(10).text ?? "";
  }

  /** MSH-12, such as `2.5.1`; empty where the sender gave none. */
  get version(): string {
    return this.header.field(12).text ?? "";
  }

  /** The encoding of the message's bytes: the one by which they were read, or that of MSH-18. */
  get charset(): string {
    return this.received?.charset ?? (declaredEncoding(this.header.raw) || "utf-8");
  }

  /** Every segment of that name, in order. */
  all(name: string): readonly Segment[] {
    const named = this.#find(name, Number.POSITIVE_INFINITY);
    named.segments ??= named.lines.map((line, index) => this.#segment(line, name, index));
    return named.segments;
  }

  first(name: string): Segment | undefined {
    return this.#nth(name, 0);
  }

  /**
   * Reads by name: `PID-5`, `PID-3[1].4`, `OBX[2]-5.1.2`. Segments and repetitions count from 0,
   * fields, components and subcomponents from 1; a point may stand for the hyphen. A part that is
   * divided gives its first text.
   *
   * @returns The text without escapes, or undefined where nothing is written.
   */
  get(path: string): string | undefined {
    const place = readPlace(path);
    if (place?.field === undefined) return undefined;
    return this.#nth(place.segment, place.index)?.textAt(place);
  }

  /** The part at a place, to see its raw text, its null or its repetitions. */
  part(path: string): Part | undefined {
    const place = readPlace(path);
    if (place === undefined) return undefined;
    const segment = this.#nth(place.segment, place.index);
    if (segment === undefined || place.field === undefined) return segment;
    return partOf(segment.field(place.field), place);
  }

  /**
   * Writes text in place of the whole part that the path names: `PID-5` is the field with all its
   * repetitions, `PID-5[0]` the first of them, `PID-5.1` a component. The text is escaped; null is
   * the HL7 null, and "" leaves the part empty. Missing parts in front of it are added empty.
   *
   * @throws {TrestleError} `hl7v2.badPath`, `hl7v2.noSuchSegment`, `hl7v2.separatorsAreFixed`,
   * `hl7v2.noSeparator`, `hl7v2.aboveLimit` beyond the limits that the message was parsed under.
   */
  set(path: string, text: string | null): void {
    const place = fieldPlace(path);
    this.#edit(place, "write", rawOf(text, this.separators));
  }

  /**
   * As `set`, with text that is escaped and divided already, such as `WREN^EDITH`. A path without a
   * field replaces the whole segment.
   *
   * @throws {TrestleError} As `set`, and `hl7v2.holdsSeparator`, `hl7v2.badSegment`.
   */
  setRaw(path: string, raw: string): void {
    const place = placeOf(path);
    if (place.field !== undefined)
      return this.#edit(place, "write", checkedRaw(raw, place, this.separators));
    const line = this.#lineOf(place);
    if (line === 0) throw hl7v2Errors.separatorsAreFixed();
    const text = checkedSegment(raw, this.separators);
    this.document.replace(line, text);
    this.#forgetFrom(0);
    this.#named = undefined;
  }

  /**
   * Puts raw text in front of the part that the path names; the parts behind it move on.
   *
   * @throws {TrestleError} As `setRaw`.
   */
  insert(path: string, raw: string): void {
    const place = fieldPlace(path);
    this.#edit(place, "insert", checkedRaw(raw, place, this.separators));
  }

  /**
   * Puts a segment in front of another, behind it, or at the end.
   *
   * @param raw As it is to be written, without a terminator: it gets that of the first segment.
   * @throws {TrestleError} `hl7v2.badPath`, `hl7v2.noSuchSegment`, `hl7v2.badSegment`,
   * `hl7v2.aboveLimit`, `hl7v2.separatorsAreFixed` where it would stand in front of MSH.
   */
  insertSegment(raw: string, where: { before: string } | { after: string } | "atEnd"): void {
    const text = checkedSegment(raw, this.separators);
    const line = this.#insertionLine(where);
    if (line === 0) throw hl7v2Errors.separatorsAreFixed();
    this.document.insert(line, text);
    const isLast = line === this.document.count - 1;
    this.#forgetFrom(isLast ? line : 0);
    this.#named?.forEach((named, name) => named.insert(line, text.startsWith(name)));
  }

  /**
   * Takes a segment or a part out; those behind it move up. `set(path, "")` empties it instead.
   * Nothing happens where there is no such part.
   *
   * @throws {TrestleError} `hl7v2.badPath`, `hl7v2.separatorsAreFixed`.
   */
  remove(path: string): void {
    const place = placeOf(path);
    const line = this.#find(place.segment, place.index).lines[place.index];
    if (line === undefined) return;
    if (place.field !== undefined) return this.#edit(place, "remove", "");
    if (line === 0) throw hl7v2Errors.separatorsAreFixed();
    this.document.remove(line);
    this.#forgetFrom(0);
    this.#named?.forEach((named) => named.remove(line));
  }

  #edit(place: Place, is: PartEdit["is"], raw: string): void {
    const line = this.#lineOf(place);
    if ((place.field ?? 0) <= 2 && isHeader(place.segment)) throw hl7v2Errors.separatorsAreFixed();
    this.document.edit(line, { is, raw, place, separators: this.separators });
    this.#made[line] = undefined;
    this.#all = undefined;
    const named = this.#named?.get(place.segment);
    if (named !== undefined) named.segments = undefined;
  }

  #lineOf(place: Place): number {
    const line = this.#find(place.segment, place.index).lines[place.index];
    if (line === undefined) throw hl7v2Errors.noSuchSegment({ segment: place.segment });
    return line;
  }

  #insertionLine(where: { before: string } | { after: string } | "atEnd"): number {
    if (where === "atEnd") return this.document.count;
    const place = placeOf("before" in where ? where.before : where.after);
    if (place.field !== undefined) throw hl7v2Errors.badPath();
    return this.#lineOf(place) + ("after" in where ? 1 : 0);
  }

  #nth(name: string, index: number): Segment | undefined {
    const line = this.#find(name, index).lines[index];
    return line === undefined ? undefined : this.#segment(line, name, index);
  }

  /** Looks for segments of a name, no further than to the one of that index. */
  #find(name: string, index: number): NamedLines {
    this.#named ??= new Map();
    let named = this.#named.get(name);
    if (named === undefined) {
      named = new NamedLines();
      this.#named.set(name, named);
    }
    while (named.lines.length <= index && named.next !== -1) {
      const line = this.document.nextNamed(name, named.next);
      named.next = line === -1 ? -1 : line + 1;
      if (line !== -1) named.lines.push(line);
    }
    return named;
  }

  #segment(line: number, name: string, index: number): Segment {
    const known = this.#made[line];
    if (known !== undefined) return known;
    const { separators } = this;
    const made = new Segment({ name, index, raw: this.document.raw(line), separators });
    this.#made[line] = made;
    return made;
  }

  #makeAll(): readonly Segment[] {
    const counts = new Map<string, number>();
    return Array.from({ length: this.document.count }, (_, line) => {
      const name = this.document.nameOf(line);
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      return this.#segment(line, name, index);
    });
  }

  /** A segment that came or went gives those of its name behind it another index. */
  #forgetFrom(line: number): void {
    if (line < this.#made.length) this.#made = [];
    this.#all = undefined;
  }
}

/** Any piece of a message; each knows where it stands and its raw text. */
export type Part = Segment | Field | Repetition | Component | Subcomponent;

function partOf(field: Field, place: Place): Part | undefined {
  const { repetition, component, subcomponent } = place;
  if (repetition === undefined && component === undefined) return field;
  const repeated =
    repetition === undefined || repetition === 0
      ? (field.repetitions[0] ?? new Repetition(field, 0, ""))
      : field.repetitions[repetition];
  if (component === undefined || repeated === undefined) return repeated;
  const found = repeated.component(component);
  return subcomponent === undefined ? found : found.subcomponent(subcomponent);
}

function placeOf(path: string): Place {
  const place = readPlace(path);
  if (place === undefined) throw hl7v2Errors.badPath();
  return place;
}

function fieldPlace(path: string): Place {
  const place = placeOf(path);
  if (place.field === undefined) throw hl7v2Errors.badPath();
  return place;
}
