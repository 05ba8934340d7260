import type { Segment } from "@trestle/hl7v2";
import { type GroupName, groupKinds } from "./group-kinds.ts";

/** Segments that belong together, such as an order with its notes, and the groups inside. */
export class Group {
  readonly name: GroupName;
  readonly groups: Group[] = [];
  readonly #segments = new Map<string, Segment[]>();
  #first: Segment | undefined;

  constructor(name: GroupName) {
    this.name = name;
  }

  /** Where it begins, for a person: `OBX[2]`; empty for a group without segments. */
  get at(): string {
    return this.#first?.at ?? "";
  }

  add(segment: Segment): void {
    this.#first ??= segment;
    const known = this.#segments.get(segment.name);
    if (known === undefined) this.#segments.set(segment.name, [segment]);
    else known.push(segment);
  }

  segments(name: string): readonly Segment[] {
    return this.#segments.get(name) ?? none;
  }

  /** Those of the groups inside, at any depth. */
  segmentsBelow(name: string): readonly Segment[] {
    return this.groups.flatMap((group) => [...group.segments(name), ...group.segmentsBelow(name)]);
  }

  /** Whether a segment of that name can stand in such a group. */
  holds(name: string): boolean {
    return groupKinds[this.name].holds.includes(name);
  }
}

const none: readonly Segment[] = [];
