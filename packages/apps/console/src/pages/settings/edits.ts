import type { SettingEdit } from "@trestle/api/contract";

type Place = readonly (string | number)[];
type Group = Readonly<Record<string, unknown>>;

/**
 * What leads from one value of a file to another, part by part, so that what is the same in both is
 * in no edit. Absent and undefined are one.
 */
export function editsBetween(before: unknown, after: unknown, at: Place = []): SettingEdit[] {
  if (isSame(before, after)) return [];
  if (isGroup(before) && isGroup(after)) return editsOfGroup(before, after, at);
  if (Array.isArray(before) && Array.isArray(after)) return editsOfList(before, after, at);
  return [{ type: "set", at: [...at], value: plain(after) }];
}

function editsOfGroup(before: Group, after: Group, at: Place): SettingEdit[] {
  const gone = keysOf(before).filter((key) => after[key] === undefined);
  const fresh = keysOf(after).filter((key) => before[key] === undefined);
  const renamed = new Map<string, string>();
  for (const key of gone) {
    const to = fresh.find((name) => !isTaken(renamed, name) && isSame(before[key], after[name]));
    // A value without parts may be the same by chance.
    if (to !== undefined && isNested(before[key])) renamed.set(key, to);
  }
  return [
    ...[...renamed].map(([key, to]) => ({ type: "rename" as const, at: [...at, key], to })),
    ...gone
      .filter((key) => !renamed.has(key))
      .map((key) => ({ type: "remove" as const, at: [...at, key] })),
    ...keysOf(after)
      .filter((key) => !isTaken(renamed, key))
      .flatMap((key) => editsBetween(before[key], after[key], [...at, key])),
  ];
}

/** Items that changed are edited where they are; then the list is put in order. */
function editsOfList(
  before: readonly unknown[],
  after: readonly unknown[],
  at: Place,
): SettingEdit[] {
  const origins = originsOf(before, after);
  const inside = origins.flatMap((was, index) =>
    was === undefined ? [] : editsBetween(before[was], after[index], [...at, was]),
  );
  const isInOrder = before.length === after.length && origins.every((was, index) => was === index);
  if (isInOrder) return inside;
  const items = origins.map((was, index) =>
    was === undefined
      ? { type: "new" as const, value: plain(after[index]) }
      : { type: "kept" as const, was },
  );
  return [...inside, { type: "arrange", at: [...at], items }];
}

/** Of each item after, which one it was: the same one, or of groups one that is left over. */
function originsOf(
  before: readonly unknown[],
  after: readonly unknown[],
): readonly (number | undefined)[] {
  const left = new Set(before.keys());
  const take = (was: number | undefined) => {
    if (was !== undefined) left.delete(was);
    return was;
  };
  const same = after.map((item) => take([...left].find((was) => isSame(before[was], item))));
  return same.map((was, index) => {
    if (was !== undefined) return was;
    const item = after[index];
    if (before.length === after.length && left.has(index)) return take(index);
    return isNested(item) ? take([...left].find((one) => isNested(before[one]))) : undefined;
  });
}

/** As JSON has it: a cleared item of a list is null, a cleared key is not there. */
function plain(value: unknown): never {
  return JSON.parse(JSON.stringify(value ?? null)) as never;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isGroup(a) || !isGroup(b)) return false;
  const keys = keysOf(a);
  return keys.length === keysOf(b).length && keys.every((key) => isSame(a[key], b[key]));
}

function keysOf(group: Group): readonly string[] {
  return Object.keys(group).filter((key) => group[key] !== undefined);
}

function isTaken(renamed: ReadonlyMap<string, string>, name: string): boolean {
  return [...renamed.values()].includes(name);
}

function isGroup(value: unknown): value is Group {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
