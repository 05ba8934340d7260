import type { Draft } from "../rows/draft.ts";
import { type CompiledKey, firstKey } from "../rows/key.ts";
import { Scope } from "../rows/scope.ts";
import type { Group } from "../structure/group.ts";
import { warnings } from "../warnings.ts";

/** How to find the number of something, and what it is. */
export interface Numbering {
  readonly words: string;
  /** The keys that the number is part of, as the resource has them; the first complete one counts. */
  readonly keys: readonly CompiledKey[];
  /** Undefined for a group that tells of nothing of the kind. */
  readonly what: (group: Group) => string | undefined;
}

/**
 * Whether the message gives the number of this group to something else too, with a warning. None of
 * them is known by the number alone then, so that a later message about one changes no other.
 */
export function isNumberShared(numbering: Numbering, group: Group, draft: Draft): boolean {
  const number = numberOf(numbering, scopeOf(group, draft));
  if (number === undefined) return false;
  const root = rootOf(group);
  const isShared = root.derive(numbering, () => sharedNumbers(root, numbering, draft)).has(number);
  const { words } = numbering;
  if (isShared) draft.warnOnce(`${words} ${number}`, warnings.sharedNumber(words, group.at));
  return isShared;
}

/** The numbers that stand for several different things. */
function sharedNumbers(root: Group, numbering: Numbering, draft: Draft): ReadonlySet<string> {
  const known = new Map<string, string>();
  const shared = new Set<string>();
  for (const group of groupsIn(root)) {
    const what = numbering.what(group);
    const number = what && numberOf(numbering, scopeOf(group, draft));
    if (number === undefined || what === undefined) continue;
    if (known.has(number) && known.get(number) !== what) shared.add(number);
    known.set(number, what);
  }
  return shared;
}

/** The values of a key as one text: a number written otherwise, such as `P1^EHR^`, is the same. */
function numberOf({ keys }: Numbering, scope: Scope): string | undefined {
  const values = firstKey(keys, { scope })?.map(({ value }) => value);
  return values && JSON.stringify(values);
}

/** What is in sight of a group that is not being mapped. */
function scopeOf(group: Group, draft: Draft): Scope {
  const { around } = group;
  return new Scope(draft, group, around && scopeOf(around, draft));
}

function groupsIn({ groups }: Group): readonly Group[] {
  return groups.flatMap((group) => [group, ...groupsIn(group)]);
}

function rootOf(group: Group): Group {
  return group.around === undefined ? group : rootOf(group.around);
}
