import type { Segment } from "@trestle/hl7v2";
import type { Built } from "../rows/draft.ts";
import { numberSegment, segmentNumberOf } from "../rows/place.ts";
import { type GroupName, groupKinds } from "./group-kinds.ts";
import { SegmentList } from "./segment-list.ts";

/** Segments that belong together, such as an order with its notes, and the groups inside. */
export class Group {
  readonly name: GroupName;
  /** The group in which it stands; undefined for the message itself. */
  readonly around: Group | undefined;
  readonly groups: Group[] = [];
  /** The resources that were made of it, in order. */
  readonly made: Built[] = [];
  /** By the number of the segment's name. */
  readonly #lists: (SegmentList | undefined)[] = [];
  readonly #held: readonly boolean[];
  #first: Segment | undefined;
  #derived: Map<unknown, unknown> | undefined;

  constructor(name: GroupName, around?: Group) {
    this.name = name;
    this.around = around;
    this.#held = held[name] ?? [];
  }

  /** Where it begins, for a person: `OBX[2]`; empty for a group without segments. */
  get at(): string {
    return this.#first?.at ?? "";
  }

  add(segment: Segment): void {
    this.#first ??= segment;
    const number = segmentNumberOf(segment.name);
    (this.#lists[number] ??= new SegmentList()).segments.push(segment);
  }

  /** Adds all segments of a group that stands no more. */
  takeOver(other: Group): void {
    for (const segment of other.own) this.add(segment);
  }

  /** All that were added to it, by their names. */
  get own(): readonly Segment[] {
    return this.#lists.flatMap((list) => list?.segments ?? none);
  }

  /** Its own, and those that it has of the group around it. */
  segments(name: string): readonly Segment[] {
    return this.#listOf(segmentNumberOf(name))?.segments ?? none;
  }

  /** `segments` by the number of their name, where each place is read once. */
  listOf(number: number): SegmentList {
    return this.#listOf(number) ?? empty;
  }

  /** Those of the groups inside, at any depth. */
  segmentsBelow(name: string): readonly Segment[] {
    const number = segmentNumberOf(name);
    const found: Segment[] = [];
    for (const group of this.groups) group.#collect(number, found);
    return found;
  }

  #collect(number: number, found: Segment[]): void {
    const own = this.#lists[number];
    if (own !== undefined) found.push(...own.segments);
    for (const group of this.groups) group.#collect(number, found);
  }

  /** The group inside, at any depth, that a segment was added to. */
  holderOf(segment: Segment): Group | undefined {
    return this.derive("holders", () => new Map(this.#holders())).get(segment);
  }

  #holders(): (readonly [Segment, Group])[] {
    return this.groups.flatMap((group) => [...group.#pairs(), ...group.#holders()]);
  }

  #pairs(): (readonly [Segment, Group])[] {
    return this.own.map((segment) => [segment, this] as const);
  }

  /** Whether a segment of that name can stand in such a group. */
  holds(name: string): boolean {
    return this.holdsNumber(segmentNumberOf(name));
  }

  /** `holds` by the number of the segment's name. */
  holdsNumber(number: number): boolean {
    return this.#held[number] === true || this.#lists[number] !== undefined;
  }

  /** What follows from its segments, made once: several rows may need it. `key` tells such facts apart. */
  derive<Value>(key: unknown, make: () => Value): Value {
    this.#derived ??= new Map();
    if (this.#derived.has(key)) return this.#derived.get(key) as Value;
    const value = make();
    this.#derived.set(key, value);
    return value;
  }

  #listOf(number: number): SegmentList | undefined {
    const own = this.#lists[number];
    const manner = taken[this.name]?.[number];
    if (manner === undefined || this.around === undefined) return own;
    const theirs = this.around.#listOf(number);
    if (own === undefined || theirs === undefined) return own ?? theirs;
    return manner === "borrowed" ? own : this.derive(number, () => joined(own, theirs));
  }
}

function joined(...lists: readonly SegmentList[]): SegmentList {
  const list = new SegmentList();
  list.segments.push(...lists.flatMap(({ segments }) => segments));
  return list;
}

const none: readonly Segment[] = [];
const empty = new SegmentList();

/** For each kind of group, by the number of a segment's name. */
const held: Readonly<Record<string, readonly boolean[]>> = Object.fromEntries(
  Object.entries(groupKinds).map(([name, { holds }]) => {
    const flags: boolean[] = [];
    for (const segment of holds) flags[numberSegment(segment)] = true;
    return [name, flags];
  }),
);

/** How a kind of group has segments of the group around it, by the number of the segment's name. */
const taken: Readonly<Record<string, readonly ("borrowed" | "shared")[]>> = Object.fromEntries(
  Object.entries(groupKinds).flatMap(([name, { borrows = [], shares = [] }]) => {
    const manners: ("borrowed" | "shared")[] = [];
    for (const segment of borrows) manners[numberSegment(segment)] = "borrowed";
    for (const segment of shares) manners[numberSegment(segment)] = "shared";
    return manners.length === 0 ? [] : [[name, manners]];
  }),
);
