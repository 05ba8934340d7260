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
  /** The segment that stands where it should not, or after which one is missing. */
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
  const root = new OpenGroup(structure.name, structure.places);
  const faults: StructureFault[] = [];
  const stack: OpenGroup[] = [root];
  for (const segment of segments) {
    const fault = place(stack, segment.name, open);
    const group = stack.at(-1) ?? root;
    group.members.push(segment);
    if (fault === undefined) continue;
    if (fault === "unexpected" && isExpected(segment.name)) continue;
    faults.push({ kind: fault, segment, name: segment.name, group: group.name });
  }
  collectMissing(root, message.header, faults);
  return { structure, root, faults };
}

class OpenGroup implements Frame, Group {
  readonly name: string;
  readonly places: readonly StructurePlace[];
  readonly counts: number[];
  readonly members: (Segment | OpenGroup)[] = [];
  at = 0;

  constructor(name: string, places: readonly StructurePlace[]) {
    this.name = name;
    this.places = places;
    this.counts = places.map(() => 0);
  }
}

function open(parent: OpenGroup, { name, places }: StructurePlace): OpenGroup {
  const group = new OpenGroup(name, places);
  parent.members.push(group);
  return group;
}

/** What is missing is said of the segment after which it should stand, as far as that is known. */
function collectMissing(group: OpenGroup, before: Segment, faults: StructureFault[]): void {
  let previous = before;
  const nested: (readonly [OpenGroup, Segment])[] = [];
  for (const member of group.members) {
    if (member instanceof OpenGroup) nested.push([member, previous]);
    else previous = member;
  }
  group.places.forEach(({ name, isRequired }, index) => {
    if (!isRequired || group.counts[index] !== 0) return;
    faults.push({ kind: "missing", segment: previous, name, group: group.name });
  });
  for (const [inner, segment] of nested) collectMissing(inner, segment, faults);
}
