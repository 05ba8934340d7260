import type { StructurePlace } from "./structure-notation.ts";

/** A group that is being filled. */
export interface Frame {
  readonly places: readonly StructurePlace[];
  /** How often each place was filled. */
  readonly counts: number[];
  /** The place that was filled last. */
  at: number;
}

/**
 * What is wrong with a segment's place: it comes after what should follow it, comes more often
 * than it may, or the structure has no place for it.
 */
export type Fault = "outOfOrder" | "repeated" | "unexpected";

/**
 * Finds the place of the next segment, and leaves on the stack the groups that it is in. Tried in
 * this order: the next place that it fits, from the innermost group outwards, where a group is
 * entered only by what it may begin with; a place that has been passed already; a place inside of
 * a group whose beginning is missing.
 */
export function place<Group extends Frame>(
  stack: Group[],
  name: string,
  open: (parent: Group, place: StructurePlace) => Group,
): Fault | undefined {
  const next = findNext(stack, name, canBegin);
  if (next !== undefined) return enter(stack, { ...next, name, open });
  const passed = findPassed(stack, name);
  if (passed !== undefined) return enterPassed(stack, { ...passed, name, open });
  const inside = findNext(stack, name, (entry, wanted) => holds(entry, wanted));
  if (inside !== undefined) return enter(stack, { ...inside, name, open });
  return "unexpected";
}

/** A place by the depth of its group in the stack and its number in the group. */
interface Found {
  readonly depth: number;
  readonly index: number;
}

type Fits = (place: StructurePlace, name: string) => boolean;

function findNext(stack: readonly Frame[], name: string, fits: Fits): Found | undefined {
  let weak: Found | undefined;
  for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
    const frame = stack[depth];
    if (frame === undefined) continue;
    const index = nextIn(frame, name, fits);
    if (index !== -1) {
      const found = { depth, index };
      if (weak !== undefined) return isNewTurn(frame, found, name) ? found : weak;
      if (!isWeak(frame, index, name)) return found;
      weak = found;
    }
  }
  return weak;
}

function nextIn(frame: Frame, name: string, fits: Fits): number {
  const { places, counts, at } = frame;
  for (let index = at; index < places.length; index += 1) {
    const entry = places[index];
    if (entry === undefined || !fits(entry, name)) continue;
    if (entry.repeats || counts[index] === 0) return index;
  }
  return -1;
}

/**
 * Whether an optional group would be entered by an optional segment, as a prior result by ORC: an
 * order that begins with ORC anew is likelier then.
 */
function isWeak({ places, counts }: Frame, index: number, name: string): boolean {
  const entry = places[index];
  if (entry === undefined || entry.places.length === 0) return false;
  if (entry.isRequired && counts[index] === 0) return false;
  return !isAnchor(entry, name);
}

/** Whether a group that is open already would begin again, by the segment that it must begin with. */
function isNewTurn({ places, at }: Frame, { index }: Found, name: string): boolean {
  const entry = places[index];
  return index === at && entry !== undefined && isAnchor(entry, name);
}

function isAnchor({ places }: StructurePlace, name: string): boolean {
  const [first] = places;
  return first !== undefined && first.isRequired && canBegin(first, name);
}

function canBegin(entry: StructurePlace, name: string): boolean {
  if (!holds(entry, name)) return false;
  if (entry.places.length === 0) return true;
  for (const inner of entry.places) {
    if (canBegin(inner, name)) return true;
    if (inner.isRequired) return false;
  }
  return false;
}

function holds(entry: StructurePlace, name: string): boolean {
  return entry.holds.has(name) || (entry.holds.has("ANY") && name.charCodeAt(0) !== 0x5a);
}

function findPassed(stack: readonly Frame[], name: string): Found | undefined {
  for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
    const frame = stack[depth];
    const index = frame?.places.findIndex(
      (entry, at) => entry.holds.has(name) && (entry.places.length === 0 || at <= frame.at),
    );
    if (index !== undefined && index !== -1) return { depth, index };
  }
  return undefined;
}

/** A group that may repeat begins again; elsewhere the segment stays where it came. */
function enterPassed<Group extends Frame>(stack: Group[], entering: Entering<Group>): Fault {
  const { depth, index, name } = entering;
  const frame = stack[depth];
  const entry = frame?.places[index];
  if (frame === undefined || entry === undefined) return "unexpected";
  if (entry.places.length > 0 && entry.repeats && canBegin(entry, name)) {
    enter(stack, entering);
    return "outOfOrder";
  }
  stack.length = depth + 1;
  if (entry.places.length > 0) return "outOfOrder";
  const count = frame.counts[index] ?? 0;
  frame.counts[index] = count + 1;
  return count > 0 ? "repeated" : "outOfOrder";
}

interface Entering<Group> extends Found {
  readonly name: string;
  readonly open: (parent: Group, place: StructurePlace) => Group;
}

/** Opens the groups down to the segment. */
function enter<Group extends Frame>(stack: Group[], { depth, index, name, open }: Entering<Group>) {
  stack.length = depth + 1;
  let frame = stack[depth];
  let at = index;
  while (frame !== undefined) {
    frame.counts[at] = (frame.counts[at] ?? 0) + 1;
    frame.at = at;
    const entry: StructurePlace | undefined = frame.places[at];
    if (entry === undefined || entry.places.length === 0) return undefined;
    frame = open(frame, entry);
    stack.push(frame);
    at = entryOf(frame, name);
  }
  return undefined;
}

/** Where a group that was just opened takes the segment: where it may begin, else anywhere. */
function entryOf({ places }: Frame, name: string): number {
  const beginning = nextByBeginning(places, name);
  return beginning === -1 ? places.findIndex((inner) => holds(inner, name)) : beginning;
}

function nextByBeginning(places: readonly StructurePlace[], name: string): number {
  for (const [index, inner] of places.entries()) {
    if (canBegin(inner, name)) return index;
    if (inner.isRequired) return -1;
  }
  return -1;
}
