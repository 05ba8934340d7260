import type { Field } from "@trestle/hl7v2";
import type { Draft } from "../rows/draft.ts";
import type { Group } from "../structure/group.ts";
import { warnings } from "../warnings.ts";

/** How to find the number of something, and what it is. */
export interface Numbering {
  readonly words: string;
  /** Undefined for a group that tells of nothing of the kind. */
  readonly read: (group: Group) => { readonly number: string; readonly what: string } | undefined;
}

/**
 * Whether the message gives the number of this group to something else too, with a warning. None of
 * them is known by the number alone then, so that a later message about one changes no other.
 */
export function isNumberShared(numbering: Numbering, group: Group, draft: Draft): boolean {
  const number = numbering.read(group)?.number;
  if (number === undefined) return false;
  const root = rootOf(group);
  const isShared = root.derive(numbering, () => sharedNumbers(root, numbering)).has(number);
  const { words } = numbering;
  if (isShared) draft.warnOnce(`${words} ${number}`, warnings.sharedNumber(words, group.at));
  return isShared;
}

/** The numbers that stand for several different things. */
function sharedNumbers(root: Group, { read }: Numbering): ReadonlySet<string> {
  const known = new Map<string, string>();
  const shared = new Set<string>();
  for (const group of groupsIn(root)) {
    const { number, what } = read(group) ?? {};
    if (number === undefined || what === undefined) continue;
    if (known.has(number) && known.get(number) !== what) shared.add(number);
    known.set(number, what);
  }
  return shared;
}

function groupsIn({ groups }: Group): readonly Group[] {
  return groups.flatMap((group) => [group, ...groupsIn(group)]);
}

function rootOf(group: Group): Group {
  return group.around === undefined ? group : rootOf(group.around);
}

/** The first of these fields that is not empty in a group's first ORC or OBR. */
export function numberIn(group: Group, fields: readonly number[]): Field | undefined {
  const [order, request] = ["ORC", "OBR"].map((name) => group.segments(name)[0]);
  const found = fields.flatMap((field) => [order?.field(field), request?.field(field)]);
  return found.find((field) => field !== undefined && !field.isEmpty);
}
