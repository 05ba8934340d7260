import type { Reference } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import type { Group } from "../structure/group.ts";
import { type Found, type SegmentList, findIn } from "../structure/segment-list.ts";
import type { Draft } from "./draft.ts";
import type { Part } from "./part.ts";
import { placeOf, segmentNumberOf } from "./place.ts";
import type { Place, Reach } from "./row.ts";

/**
 * What the rows of a resource can see: the segments of its group, and of the groups around it
 * where its own cannot hold such a segment. The note of a patient is no note of an order.
 */
export class Scope {
  readonly draft: Draft;
  readonly group: Group;
  readonly #around: Scope | undefined;
  /** The segments in sight by the number of their name, as far as someone asked. */
  readonly #lists: SegmentList[] = [];
  #here: Map<string, Remembered[]> | undefined;
  #below: Map<string, Remembered[]> | undefined;

  constructor(draft: Draft, group: Group, around?: Scope) {
    this.draft = draft;
    this.group = group;
    this.#around = around;
  }

  segments(name: string): readonly Segment[] {
    return this.ownerOf(segmentNumberOf(name)).segments(name);
  }

  /** The segments of that name in the groups around, which those of this group hide. */
  segmentsAround(name: string): readonly Segment[] {
    return this.#around?.segments(name) ?? [];
  }

  /** What stands at the place, in every segment of that name. */
  find(place: Place): Found {
    const { segmentNumber } = place;
    const list = (this.#lists[segmentNumber] ??= this.ownerOf(segmentNumber).listOf(segmentNumber));
    return list.at(place);
  }

  /** Every repetition with something at the place, in every segment of that name; no nulls. */
  parts(place: Place, reach: Reach = "here"): readonly Part[] {
    if (reach === "here") return this.find(place).parts;
    return findIn(this.group.segmentsBelow(place.segment), place).parts;
  }

  /** The first of `parts`, or undefined. */
  part(written: string): Part | undefined {
    return this.find(placeOf(written)).parts[0];
  }

  /** The text at `OBX-2` or `OBX-3.1`; undefined where nothing is written. */
  text(written: string): string | undefined {
    return this.find(placeOf(written)).text;
  }

  /** The group whose segments of that number are in sight here. */
  ownerOf(segmentNumber: number): Group {
    if (this.#around === undefined || this.group.holdsNumber(segmentNumber)) return this.group;
    return this.#around.ownerOf(segmentNumber);
  }

  /** Lets rows in this scope, around it and below it refer to a resource of a map. */
  remember(map: string, reference: Reference): void {
    const remembered = { reference, scope: this };
    append((this.#here ??= new Map<string, Remembered[]>()), map, remembered);
    for (let scope = this.#around; scope !== undefined; scope = scope.#around) {
      append((scope.#below ??= new Map<string, Remembered[]>()), map, remembered);
    }
  }

  /** What a map built here; else below; else around. `*` is everything that was built. */
  references(map: string): readonly Remembered[] {
    if (map === "*") return this.draft.built.map(({ reference }) => ({ reference, scope: this }));
    const near = this.#here?.get(map) ?? this.#below?.get(map);
    if (near !== undefined) return near;
    for (let scope = this.#around; scope !== undefined; scope = scope.#around) {
      const found = scope.#here?.get(map);
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
  else if (!known.some((other) => isSameMention(other, remembered))) known.push(remembered);
}

/** Two diagnoses may name one condition, each with a use of its own; a group and those around it do not. */
function isSameMention(one: Remembered, other: Remembered): boolean {
  if (one.reference !== other.reference) return false;
  const [group, another] = [one.scope.group, other.scope.group];
  return group === another || group.name !== another.name;
}
