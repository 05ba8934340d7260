import { type Located, type PartEdit, fieldsBefore } from "./edit.ts";
import { hl7v2Errors } from "./errors.ts";
import { occurrences } from "./lines.ts";
import { type Piece, PieceCutter } from "./pieces.ts";
import type { Separators } from "./separators.ts";

/** How large a segment is, or by how much an edit makes it larger; negative where smaller. */
export interface SegmentSize {
  readonly characters: number;
  /** Separators of every kind. */
  readonly marks: number;
  /** Separators of fields alone. */
  readonly fields: number;
}

/**
 * A segment that is edited often: divided as far as its edits reach, so that an edit costs what it
 * changes and not what the segment holds.
 */
export class PartTree {
  readonly #separators: Separators;
  readonly #root: Divided;
  #size: SegmentSize;

  /** @param segment Its text, and what that is made of. */
  constructor(segment: Leaf, separators: Separators) {
    this.#separators = separators;
    this.#root = { mark: "", parts: [segment] };
    const fields = occurrences(segment.text, separators.field, Number.POSITIVE_INFINITY);
    this.#size = { ...this.#sizeOf(segment), fields };
  }

  get size(): SegmentSize {
    return this.#size;
  }

  get text(): string {
    return textOf(this.#root);
  }

  /** What it is made of. Separators between parts that were told apart are text of their own. */
  get pieces(): readonly Piece[] {
    const pieces: Piece[] = [];
    collect(this.#root, pieces);
    return pieces;
  }

  /**
   * Makes the edit, once `check` has seen how large the segment was and how large it will be.
   *
   * @throws {TrestleError} `hl7v2.noSeparator`, and what `check` throws; then nothing is changed.
   */
  apply(edit: PartEdit, check: Check): void {
    const allow = (by: SegmentSize) => {
      const size = this.#grownBy(by);
      check(this.#size, size);
      this.#size = size;
    };
    const found = this.#find(edit);
    const old = found.outer.parts[found.index];
    if (old === undefined) {
      if (edit.is !== "remove" && edit.raw !== "") this.#extend(found, edit.raw, allow);
    } else if (edit.is === "remove") {
      this.#takeOut(found, old, allow);
    } else if (edit.is === "write" || isEmpty(found.outer)) {
      const [before, after] = [this.#sizeOf(old), this.#sizeOf(leafOf(edit.raw))];
      const characters = after.characters - before.characters;
      allow({ characters, marks: after.marks - before.marks, fields: 0 });
      found.outer.parts[found.index] = leafOf(edit.raw);
    } else {
      this.#putIn(found, edit.raw, allow);
    }
  }

  /** Goes down to the part; no further than parts are there. */
  #find(at: Located): Found {
    const steps = stepsTo(at);
    if (steps.some(({ mark, number }) => mark === "" && number > 0)) {
      throw hl7v2Errors.noSeparator();
    }
    let outer = this.#root;
    let index = 0;
    for (const [depth, { mark, number }] of steps.entries()) {
      outer = divide(outer, index, mark);
      index = number;
      if (index < outer.parts.length) continue;
      const missing = steps.slice(depth + 1).map((step) => step.mark.repeat(step.number));
      return { outer, index, missing: missing.join("") };
    }
    return { outer, index, missing: "" };
  }

  /** Adds empty parts up to the one that is written. */
  #extend({ outer, index, missing }: Found, raw: string, allow: Allow): void {
    const added = index - outer.parts.length + 1;
    const last = leafOf(missing + raw);
    const { characters, marks } = this.#sizeOf(last);
    allow({
      characters: characters + added,
      marks: marks + added,
      fields: this.#isField(outer) ? added : 0,
    });
    while (outer.parts.length < index) outer.parts.push(leafOf(""));
    outer.parts.push(last);
  }

  #putIn({ outer, index }: Found, raw: string, allow: Allow): void {
    if (outer.mark === "") throw hl7v2Errors.noSeparator();
    const { characters, marks } = this.#sizeOf(leafOf(raw));
    const fields = this.#isField(outer) ? 1 : 0;
    allow({ characters: characters + 1, marks: marks + 1, fields });
    outer.parts.splice(index, 0, leafOf(raw));
  }

  #takeOut({ outer, index }: Found, old: Part, allow: Allow): void {
    const { characters, marks } = this.#sizeOf(old);
    const taken = outer.parts.length > 1 ? 1 : 0;
    const fields = this.#isField(outer) ? -taken : 0;
    allow({ characters: -characters - taken, marks: -marks - taken, fields });
    if (taken > 0) outer.parts.splice(index, 1);
    else outer.parts[index] = leafOf("");
  }

  #grownBy(by: SegmentSize): SegmentSize {
    const { characters, marks, fields } = this.#size;
    return {
      characters: characters + by.characters,
      marks: marks + by.marks,
      fields: fields + by.fields,
    };
  }

  #isField({ mark }: Divided): boolean {
    return mark === this.#separators.field;
  }

  #sizeOf(part: Part): { characters: number; marks: number } {
    const text = textOf(part);
    return { characters: text.length, marks: marksIn(text, this.#separators) };
  }
}

/** Throws where the segment may not become so large. */
export type Check = (before: SegmentSize, after: SegmentSize) => void;

type Allow = (by: SegmentSize) => void;

/** How many separators of every kind a text holds. */
function marksIn(text: string, separators: Separators): number {
  const { field, repetition, component, subcomponent } = separators;
  let count = 0;
  for (const mark of [field, repetition, component, subcomponent]) {
    count += occurrences(text, mark, Number.POSITIVE_INFINITY);
  }
  return count;
}

/** One step down to a part: the part of that number, from 0, of what the mark divides. */
interface Step {
  readonly mark: string;
  readonly number: number;
}

function stepsTo({ place, separators }: Located): readonly Step[] {
  const { repetition, component, subcomponent } = place;
  const steps: Step[] = [{ mark: separators.field, number: fieldsBefore(place) }];
  if (repetition !== undefined || component !== undefined) {
    steps.push({ mark: separators.repetition, number: repetition ?? 0 });
  }
  if (component !== undefined) steps.push({ mark: separators.component, number: component - 1 });
  if (subcomponent !== undefined) {
    steps.push({ mark: separators.subcomponent, number: subcomponent - 1 });
  }
  return steps;
}

/** A part of a segment: as one text, or divided. */
type Part = Leaf | Divided;

interface Leaf {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Divided {
  readonly mark: string;
  readonly parts: Part[];
}

/** A place in the tree; a part need not stand there. */
interface Found {
  readonly outer: Divided;
  readonly index: number;
  /** Separators to be written in front of a value where the part is missing. */
  readonly missing: string;
}

function leafOf(text: string): Leaf {
  return { text, pieces: text === "" ? [] : [text] };
}

/** Divides the part that stands there, where no edit did before. */
function divide({ parts }: Divided, index: number, mark: string): Divided {
  const part = parts[index] ?? leafOf("");
  if ("parts" in part) return part;
  const divided = { mark, parts: cut(part, mark) };
  parts[index] = divided;
  return divided;
}

function cut(leaf: Leaf, mark: string): Part[] {
  if (mark === "" || !leaf.text.includes(mark)) return [leaf];
  const cutter = new PieceCutter(leaf.pieces);
  return leaf.text.split(mark).map((text) => {
    const pieces = cutter.take(text.length);
    cutter.take(mark.length);
    return { text, pieces };
  });
}

function isEmpty({ parts: [first, ...others] }: Divided): boolean {
  return others.length === 0 && (first === undefined || textOf(first) === "");
}

function textOf(part: Part): string {
  return "parts" in part ? part.parts.map(textOf).join(part.mark) : part.text;
}

function collect(part: Part, into: Piece[]): void {
  if (!("parts" in part)) {
    for (const piece of part.pieces) into.push(piece);
    return;
  }
  for (const [index, each] of part.parts.entries()) {
    if (index > 0) into.push(part.mark);
    collect(each, into);
  }
}
