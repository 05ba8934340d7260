import type { Segment } from "@trestle/hl7v2";
import { type Part, isWritten, textOf } from "../rows/part.ts";
import type { Place } from "../rows/row.ts";

/** What stands at a place. */
export class Found {
  /** Every repetition with something in it; no nulls. */
  readonly parts: readonly Part[];
  #text: string | undefined | null = null;

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** The text of the first of them. */
  get text(): string | undefined {
    if (this.#text === null) this.#text = this.parts[0] && textOf(this.parts[0]);
    return this.#text;
  }
}

/** The segments of one name in a group. Each place is read once; rows ask for it again and again. */
export class SegmentList {
  readonly segments: Segment[] = [];
  /** By the index of the place. */
  readonly #found: (Found | undefined)[] = [];

  at(place: Place): Found {
    if (this.segments.length === 0) return nothing;
    return (this.#found[place.index] ??= findIn(this.segments, place));
  }
}

/** What stands at a place of some segments, read anew. */
export function findIn(segments: readonly Segment[], place: Place): Found {
  const [only] = segments;
  const parts =
    segments.length === 1 && only !== undefined
      ? partsOf(only, place)
      : segments.flatMap((segment) => partsOf(segment, place));
  return parts.length === 0 ? nothing : new Found(parts);
}

function partsOf(segment: Segment, { field: number, component }: Place): readonly Part[] {
  if (segment.isEmptyAt(number)) return none;
  const field = segment.field(number);
  if (field.isNull) return none;
  const { repetitions } = field;
  const parts =
    component === 0 ? repetitions : repetitions.map((each) => each.component(component));
  return parts.every(isWritten) ? parts : parts.filter(isWritten);
}

const none: readonly Part[] = [];

/** Nothing stands there; most places of most messages are empty. */
const nothing = new Found(none);
