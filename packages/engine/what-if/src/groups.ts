import type { DifferenceKind } from "@trestle/integration";
import type { Entry, Position } from "@trestle/journal";
import { type Difference, tableOf } from "./difference.ts";
import type { FindRule } from "./harmless.ts";

/** Differences of one kind at one path, decided by one code table, that one rule or none allows. */
export interface Group {
  readonly kind: DifferenceKind;
  readonly path: string;
  readonly table?: string;
  /** The number of the rule that calls them harmless. */
  readonly rule?: number;
  /** How many messages have such a difference, and how many of them there are. */
  messages: number;
  values: number;
  /** Messages by site. */
  readonly sites: Map<string, number>;
  /** Which values gave way to which, by what is told of them. */
  readonly changes: Map<string, Change>;
  /** Differences among changes that are not kept, for there are too many. */
  otherValues: number;
  /** The first messages in the order of the journal. */
  examples: Example[];
}

/** A value that gave way to another, and where it comes from. */
export type Change = Pick<Difference, "before" | "after" | "origin"> & { values: number };

/** A message that shows a difference. */
export interface Example {
  readonly position: Position;
  readonly site: string;
  readonly type: string;
  readonly controlId: string;
}

/** How much is kept; all else is counted. */
export interface GroupLimits {
  readonly maxGroups: number;
  readonly maxChanges: number;
  readonly maxExamples: number;
}

/** What became of a number of entries. */
export interface Tally {
  /** Looked at, of whatever kind. */
  read: number;
  /** Mapped under both revisions and compared. */
  compared: number;
  /** Not mapped, for nothing that decides about them differs. */
  same: number;
  /** Not messages, or refused for reasons that no revision has a say in. */
  setAside: number;
  /** With a difference, and with one that no rule allows. */
  differing: number;
  harmful: number;
  readonly groups: Map<string, Group>;
  /** Differences of groups that are not kept, for there are too many. */
  otherDifferences: number;
}

export function emptyTally(): Tally {
  return {
    read: 0,
    compared: 0,
    same: 0,
    setAside: 0,
    differing: 0,
    harmful: 0,
    groups: new Map(),
    otherDifferences: 0,
  };
}

/** Takes the differences of one entry in. */
export function addDifferences(
  tally: Tally,
  { entry, differences }: { entry: Entry; differences: readonly Difference[] },
  { findRule, limits }: { findRule: FindRule; limits: GroupLimits },
): void {
  if (differences.length === 0) return;
  const touched = new Set<Group>();
  let isHarmful = false;
  for (const difference of differences) {
    const rule = findRule(difference, entry.site);
    if (rule === undefined) isHarmful = true;
    const group = groupFor(tally, { difference, rule }, limits);
    if (group === undefined) tally.otherDifferences += 1;
    else {
      touched.add(group);
      addChange(group, { ...difference, values: 1 }, limits);
    }
  }
  tally.differing += 1;
  if (isHarmful) tally.harmful += 1;
  for (const group of touched) addMessage(group, entry, limits);
}

/** Adds what was found among other entries; none of them may be the same. */
export function addTally(tally: Tally, more: Tally, limits: GroupLimits): void {
  for (const count of counts) tally[count] += more[count];
  for (const [key, group] of more.groups) {
    const known = tally.groups.get(key);
    if (known !== undefined) addGroup(known, group, limits);
    else if (tally.groups.size < limits.maxGroups) tally.groups.set(key, group);
    else tally.otherDifferences += group.values;
  }
}

function groupFor(
  { groups }: Tally,
  { difference, rule }: { difference: Difference; rule: number | undefined },
  { maxGroups }: GroupLimits,
): Group | undefined {
  const { kind, path, origin } = difference;
  const table = tableOf(origin);
  const key = `${kind} ${path} ${table ?? ""} ${rule ?? ""}`;
  const known = groups.get(key);
  if (known !== undefined || groups.size >= maxGroups) return known;
  const group: Group = {
    kind,
    path,
    ...(table !== undefined && { table }),
    ...(rule !== undefined && { rule }),
    messages: 0,
    values: 0,
    sites: new Map(),
    changes: new Map(),
    otherValues: 0,
    examples: [],
  };
  groups.set(key, group);
  return group;
}

function addChange(group: Group, change: Change, limits: GroupLimits): void {
  const { before, after, origin, values } = change;
  group.values += values;
  const key = JSON.stringify([before, after, origin?.row, origin?.by, origin?.field]);
  const known = group.changes.get(key);
  if (known !== undefined) known.values += values;
  else if (group.changes.size < limits.maxChanges) {
    group.changes.set(key, {
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(origin !== undefined && { origin }),
      values,
    });
  } else group.otherValues += values;
}

function addMessage(group: Group, entry: Entry, { maxExamples }: GroupLimits): void {
  group.messages += 1;
  group.sites.set(entry.site, (group.sites.get(entry.site) ?? 0) + 1);
  if (group.examples.length >= maxExamples) return;
  const { position, site, type, controlId } = entry;
  group.examples.push({ position, site, type, controlId });
}

function addGroup(group: Group, more: Group, limits: GroupLimits): void {
  group.messages += more.messages;
  for (const change of more.changes.values()) addChange(group, change, limits);
  group.values += more.otherValues;
  group.otherValues += more.otherValues;
  for (const [site, messages] of more.sites)
    group.sites.set(site, (group.sites.get(site) ?? 0) + messages);
  group.examples = [...group.examples, ...more.examples]
    .toSorted((a, b) => a.position - b.position)
    .slice(0, limits.maxExamples);
}

const counts = [
  "read",
  "compared",
  "same",
  "setAside",
  "differing",
  "harmful",
  "otherDifferences",
] as const;
