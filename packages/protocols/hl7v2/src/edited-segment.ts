import { type Edit, type PartEdit, editOf } from "./edit.ts";
import { hl7v2Errors } from "./errors.ts";
import type { LimitName, MessageLimits } from "./limits.ts";
import { type LineRules, brokenLimit } from "./lines.ts";
import { PartTree, type SegmentSize } from "./part-tree.ts";
import { type Piece, splice } from "./pieces.ts";

/** What the limits of a message leave for one of its segments. */
export interface SegmentRules extends LineRules {
  /** Characters by which it may grow. */
  readonly room: number;
}

/**
 * A segment that was edited or inserted. The first edits replace stretches of its text; when there
 * are many, it is divided into a tree of parts.
 */
export class EditedSegment {
  /** Where it stood in the received text; undefined where nothing of that is left. */
  #original: Piece | undefined;
  /** Undefined where the tree has changed since. */
  #raw: string | undefined;
  #edits: Edit[] | undefined;
  #tree: PartTree | undefined;

  constructor(raw: string, original?: Piece) {
    this.#raw = raw;
    this.#original = original;
  }

  get raw(): string {
    this.#raw ??= this.#tree?.text ?? "";
    return this.#raw;
  }

  /**
   * @returns By how many characters it has grown.
   * @throws {TrestleError} `hl7v2.aboveLimit`, `hl7v2.noSeparator`; then nothing is changed.
   */
  edit(edit: PartEdit, rules: SegmentRules): number {
    if (this.#tree === undefined && (this.#edits?.length ?? 0) < mostEdits) {
      return this.#replace(editOf(this.raw, edit), rules);
    }
    this.#tree ??= new PartTree({ text: this.raw, pieces: this.pieces }, edit.separators);
    const before = this.#tree.size.characters;
    this.#tree.apply(edit, (was, is) => checkSize(was, is, rules));
    this.#raw = undefined;
    return this.#tree.size.characters - before;
  }

  /** Writes another text in place of all of it. Returns and throws as `edit`. */
  rewrite(text: string, rules: SegmentRules): number {
    const growth = text.length - this.raw.length;
    checkText(text, growth, rules);
    this.#raw = text;
    this.#original = undefined;
    this.#edits = undefined;
    this.#tree = undefined;
    return growth;
  }

  #replace(edit: Edit, rules: SegmentRules): number {
    const { raw } = this;
    const growth = edit.text.length - (edit.to - edit.from);
    const text = raw.slice(0, edit.from) + edit.text + raw.slice(edit.to);
    // A shorter text may hold more parts; none at all holds no more.
    if (edit.text !== "") checkText(text, growth, rules);
    this.#raw = text;
    if (this.#edits === undefined) this.#edits = [edit];
    else this.#edits.push(edit);
    return growth;
  }

  /** What it is made of: stretches as received, and what was written. */
  get pieces(): readonly Piece[] {
    if (this.#tree !== undefined) return this.#tree.pieces;
    if (this.#original === undefined) return [this.raw];
    return (this.#edits ?? []).reduce<readonly Piece[]>(splice, [this.#original]);
  }
}

export function aboveLimit(limit: LimitName, limits: MessageLimits) {
  return hl7v2Errors.aboveLimit({ limit, most: limits[limit] });
}

function checkText(text: string, growth: number, rules: SegmentRules): void {
  if (growth > rules.room) throw aboveLimit("maxCharacters", rules.limits);
  const broken = brokenLimit(text, rules);
  if (broken !== undefined) throw aboveLimit(broken, rules.limits);
}

function checkSize(was: SegmentSize, is: SegmentSize, { limits, room }: SegmentRules): void {
  if (is.fields > limits.maxFields) throw aboveLimit("maxFields", limits);
  if (is.marks > limits.maxParts) throw aboveLimit("maxParts", limits);
  if (is.characters - was.characters > room) throw aboveLimit("maxCharacters", limits);
}

/** So many edits of a segment cost less as replaced stretches than as a tree. */
const mostEdits = 16;
