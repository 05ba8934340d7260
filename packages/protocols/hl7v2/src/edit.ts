import { hl7v2Errors } from "./errors.ts";
import type { Place } from "./place.ts";
import { type Separators, isHeader } from "./separators.ts";

/** What an edit replaces: `[from, to)` of the text of a segment. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * What is to be done to a part of a segment. `write` puts `raw` in its place: where the segment does
 * not reach that far, empty parts are added up to it, and writing nothing there changes nothing.
 * `insert` puts it in front of the part, and those behind it move on. `remove` takes the part out,
 * and those behind it move up; nothing where there is no such part.
 */
export interface PartEdit extends Located {
  readonly is: "write" | "insert" | "remove";
  /** Empty for `remove`. */
  readonly raw: string;
}

/**
 * What an edit replaces in the text that the segment has now.
 *
 * @throws {TrestleError} `hl7v2.noSeparator` where MSH-2 declares none that is needed.
 */
export function editOf(segment: string, edit: PartEdit): Edit {
  const { is, raw } = edit;
  const { from, to, missing, mark, outerFrom, outerTo } = find(segment, edit);
  if (missing !== "") {
    return { from: to, to, text: is === "remove" || raw === "" ? "" : missing + raw };
  }
  if (is === "write" || (is === "insert" && outerFrom === outerTo)) return { from, to, text: raw };
  if (is === "insert") {
    if (mark === "") throw hl7v2Errors.noSeparator();
    return { from, to: from, text: raw + mark };
  }
  if (to < outerTo) return { from, to: to + mark.length, text: "" };
  return { from: from > outerFrom ? from - mark.length : from, to, text: "" };
}

/** A place and the separators by which to find it. */
export interface Located {
  readonly place: Place;
  readonly separators: Separators;
}

/** Goes from a whole segment down to the part that a place names. */
class Finder {
  from = 0;
  to: number;
  /** What has to be written in front of a value, since the segment does not reach that far. */
  missing = "";
  /** The part that this one is cut from. */
  outerFrom = 0;
  outerTo: number;
  /** What parts it from its neighbours. */
  mark = "";
  readonly #segment: string;

  constructor(segment: string) {
    this.#segment = segment;
    this.to = segment.length;
    this.outerTo = segment.length;
  }

  /** Goes on to the part of that number, from 0, of what it stands at. */
  enter(mark: string, number: number): void {
    if (mark === "" && number > 0) throw hl7v2Errors.noSeparator();
    this.mark = mark;
    this.outerFrom = this.from;
    this.outerTo = this.to;
    for (let passed = 0; passed < number; passed += 1) {
      const at = this.#next();
      if (at === -1) return this.#goBeyond(mark.repeat(number - passed));
      this.from = at + 1;
    }
    const end = this.#next();
    if (end !== -1) this.to = end;
  }

  #goBeyond(missing: string): void {
    this.missing += missing;
    this.from = this.to;
  }

  #next(): number {
    if (this.mark === "") return -1;
    const at = this.#segment.indexOf(this.mark, this.from);
    return at >= this.outerTo ? -1 : at;
  }
}

function find(segment: string, { place, separators }: Located): Finder {
  const { repetition, component, subcomponent } = place;
  const finder = new Finder(segment);
  finder.enter(separators.field, fieldsBefore(place));
  if (repetition !== undefined || component !== undefined) {
    finder.enter(separators.repetition, repetition ?? 0);
  }
  if (component !== undefined) finder.enter(separators.component, component - 1);
  if (subcomponent !== undefined) finder.enter(separators.subcomponent, subcomponent - 1);
  return finder;
}

/** MSH-1 is the separator itself, so that MSH-3 is the third part and PID-3 the fourth. */
export function fieldsBefore({ segment, field = 0 }: Place): number {
  return isHeader(segment) ? field - 1 : field;
}
