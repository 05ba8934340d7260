import type { Hl7Message } from "../message.ts";
import type { Segment } from "../segment.ts";
import { isOwnSegment } from "./names.ts";
import { type Frame, type Fault, place } from "./placing.ts";
import type { StructurePlace } from "./structure-notation.ts";
import { type Structure, structureOf } from "./structures.ts";

/** A group of a message, such as one ORDER with what belongs to it. */
export interface Group {
  /** The standard's name, `ORDER_OBSERVATION`; the structure's for the whole message, `ORU_R01`. */
  readonly name: string;
  /** Segments and groups in the order of the message. Everything is in one of them. */
  readonly members: readonly (Segment | Group)[];
}

/** A message by the groups of its structure. */
export interface GroupedMessage {
  /** Undefined where the standard has none for the message; then `root` is one flat list. */
  readonly structure: Structure | undefined;
  readonly root: Group;
  readonly faults: readonly StructureFault[];
}

/** Where a message does not keep to its structure. */
export interface StructureFault {
  readonly kind: Fault | "missing";
  /** The segment that stands where it should not, or behind which one is missing. */
  readonly segment: Segment;
  /** What is missing: a segment or a group. The segment's own name for the other kinds. */
  readonly name: string;
  /** The group in which it is. */
  readonly group: string;
}

/**
 * The message by the groups of its structure. Nothing is dropped: a segment that stands where the
 * structure has no place for it is in the group that it follows, and is one of the faults. The
 * site's own segments, and those that `isExpected` accepts, may stand anywhere.
 *
 * @see HL7 v2.5.1, chapter 2.12
 */
export function groupMessage(
  message: Hl7Message,
  isExpected: (segment: string) => boolean = isOwnSegment,
): GroupedMessage {
  const structure = structureOf(message);
  const { segments } = message;
  if (structure === undefined) {
    return { structure, root: { name: "", members: segments }, faults: [] };
  }
  let previous = message.header;
  const root = new OpenGroup(structure, previous);
  const open = (parent: OpenGroup, inner: StructurePlace) => {
    const group = new OpenGroup(inner, previous);
    parent.members.push(group);
    return group;
  };
  const faults: StructureFault[] = [];
  const stack: OpenGroup[] = [root];
  for (const segment of segments) {
    const fault = place(stack, segment.name, open);
    if (fault === undefined) for (const each of stack) each.lastAt[each.at] = segment;
    previous = segment;
    const group = stack.at(-1) ?? root;
    group.members.push(segment);
    if (fault === undefined) continue;
    if (fault === "unexpected" && isExpected(segment.name)) continue;
    faults.push({ kind: fault, segment, name: segment.name, group: group.name });
  }
  collectMissing(root, faults);
  return { structure, root, faults };
}

class OpenGroup implements Frame, Group {
  readonly name: string;
  readonly places: readonly StructurePlace[];
  readonly counts: number[];
  readonly members: (Segment | OpenGroup)[] = [];
  /** The last segment at each of the places, or in a group there. */
  readonly lastAt: (Segment | undefined)[] = [];
  /** The segment in front of the group. */
  readonly before: Segment;
  at = 0;

  constructor({ name, places }: Pick<StructurePlace, "name" | "places">, before: Segment) {
    this.name = name;
    this.places = places;
    this.counts = places.map(() => 0);
    this.before = before;
  }

  /** The segment behind which one at that place should stand. */
  inFrontOf(place: number): Segment {
    return this.lastAt.slice(0, place).findLast((segment) => segment !== undefined) ?? this.before;
  }
}

/** What is missing is said of the segment behind which it should stand. */
function collectMissing(group: OpenGroup, faults: StructureFault[]): void {
  group.places.forEach(({ name, isRequired }, index) => {
    if (!isRequired || group.counts[index] !== 0) return;
    const segment = group.inFrontOf(index);
    faults.push({ kind: "missing", segment, name, group: group.name });
  });
  for (const member of group.members) {
    if (member instanceof OpenGroup) collectMissing(member, faults);
  }
}
