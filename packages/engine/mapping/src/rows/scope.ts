import type { Reference } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import type { Group } from "../structure/group.ts";
import type { Draft } from "./draft.ts";
import { type Part, textOf } from "./part.ts";
import { placeOf } from "./place.ts";
import type { Place, Reach } from "./row.ts";

/**
 * What the rows of a resource can see: the segments of its group, and of the groups around it
 * where its own cannot hold such a segment. The note of a patient is no note of an order.
 */
export class Scope {
  readonly draft: Draft;
  readonly group: Group;
  readonly #around: Scope | undefined;
  readonly #here = new Map<string, Remembered[]>();
  readonly #below = new Map<string, Remembered[]>();

  constructor(draft: Draft, group: Group, around?: Scope) {
    this.draft = draft;
    this.group = group;
    this.#around = around;
  }

  segments(name: string): readonly Segment[] {
    const own = this.group.segments(name);
    if (own.length > 0 || this.#around === undefined || this.group.holds(name)) return own;
    return this.#around.segments(name);
  }

  /** Every repetition with something at the place, in every segment of that name; no nulls. */
  *parts(place: Place, reach: Reach = "here"): Generator<Part> {
    const { segment: name } = place;
    const segments = reach === "below" ? this.group.segmentsBelow(name) : this.segments(name);
    for (const segment of segments) {
      const field = segment.field(place.field);
      for (const repetition of field.repetitions) {
        const part =
          place.component === 0 ? repetition : repetition.component(place.component);
        if (part.raw !== "" && part.raw !== '""') yield part;
      }
    }
  }

  /** The first of `parts`, or undefined. */
  part(written: string): Part | undefined {
    for (const part of this.parts(placeOf(written))) return part;
    return undefined;
  }

  /** The text at `OBX-2` or `OBX-3.1`; undefined where nothing is written. */
  text(written: string): string | undefined {
    const part = this.part(written);
    return part === undefined ? undefined : textOf(part);
  }

  /** Lets rows in this scope, around it and below it refer to a resource of a map. */
  remember(map: string, reference: Reference): void {
    const remembered = { reference, scope: this };
    append(this.#here, map, remembered);
    for (let scope = this.#around; scope !== undefined; scope = scope.#around) {
      append(scope.#below, map, remembered);
    }
  }

  /** What a map built here; else below; else around. `*` is everything that was built. */
  references(map: string): readonly Remembered[] {
    if (map === "*") return this.draft.built.map(({ reference }) => ({ reference, scope: this }));
    const near = this.#here.get(map) ?? this.#below.get(map);
    if (near !== undefined) return near;
    for (let scope = this.#around; scope !== undefined; scope = scope.#around) {
      const found = scope.#here.get(map);
      if (found !== undefined) return found;
    }
    return [];
  }
}

/** A resource that others may refer to, and the scope in which it was built. */
interface Remembered {
  readonly reference: Reference;
  readonly scope: Scope;
}

function append(lists: Map<string, Remembered[]>, name: string, remembered: Remembered): void {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [remembered]);
  else if (!known.some(({ reference }) => reference === remembered.reference)) known.push(remembered);
}
