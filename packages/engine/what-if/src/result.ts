import type { DifferenceKind, HarmlessRule } from "@trestle/integration";
import type { Change, Group, Tally } from "./groups.ts";
import { hasEnded } from "./harmless.ts";

/** What stored traffic would give under another revision. No patient data. */
export interface WhatIf {
  /** What was compared: the revision of before, and the one that is asked about. */
  readonly one: string;
  readonly other: string;
  /** Entries behind `after` and up to `upTo`. */
  readonly range: Range;
  readonly counts: Pick<
    Tally,
    "read" | "compared" | "same" | "setAside" | "differing" | "harmful" | "otherDifferences"
  >;
  /** Harmful ones first, then those with most messages. */
  readonly groups: readonly FoundGroup[];
  readonly rules: readonly RuleUse[];
  /** Whether every message gives the same, or what rules allow. */
  readonly isHarmless: boolean;
}

/** Which entries were looked at. */
export interface Range {
  readonly after: number;
  readonly upTo: number;
  /** Milliseconds since 1970 UTC; messages that were received at this time or later. */
  readonly since: number;
}

/** Differences of one kind at one path. */
export interface FoundGroup {
  readonly kind: DifferenceKind;
  readonly path: string;
  readonly table?: string;
  /** Why they do no harm, by the rule of this number. */
  readonly harmless?: { readonly rule: number; readonly reason: string };
  readonly messages: number;
  readonly values: number;
  readonly sites: readonly { readonly site: string; readonly messages: number }[];
  /** Those that come most often first. */
  readonly changes: readonly Readonly<Change>[];
  /** Values among further changes. */
  readonly otherValues: number;
  readonly examples: readonly {
    readonly id: string;
    readonly site: string;
    readonly type: string;
    readonly controlId: string;
  }[];
}

/** What a rule was good for. */
export interface RuleUse {
  /** Its place in the file, from 1. */
  readonly number: number;
  readonly path: string;
  readonly reason: string;
  /** Differences that it allows. */
  readonly values: number;
  /** Whether its last day is over, so that it allows nothing. */
  readonly hasEnded: boolean;
}

/** Makes of what was counted what people and programs look at. */
export function resultOf(
  tally: Tally,
  {
    today,
    rules,
    maxChanges,
    ...about
  }: Pick<WhatIf, "one" | "other" | "range"> & {
    readonly today: string;
    readonly rules: readonly HarmlessRule[];
    /** Changes of a group that are told. */
    readonly maxChanges: number;
  },
): WhatIf {
  const { groups, ...counts } = tally;
  const found = [...groups.values()].map((group) => foundGroup(group, { rules, maxChanges }));
  return {
    ...about,
    counts,
    groups: found.toSorted(byWeight),
    rules: rules.map((rule, index) => ({
      number: index + 1,
      path: rule.path,
      reason: rule.reason,
      values: sumOf([...groups.values()].filter((group) => group.rule === index)),
      hasEnded: hasEnded(rule, today),
    })),
    isHarmless: counts.harmful === 0,
  };
}

function foundGroup(
  group: Group,
  { rules, maxChanges }: { rules: readonly HarmlessRule[]; maxChanges: number },
): FoundGroup {
  const { rule, sites, changes, otherValues, examples, ...told } = group;
  const all = withKnownOrigins([...changes.values()]).toSorted(byValues);
  const reason = rule === undefined ? undefined : rules[rule]?.reason;
  return {
    ...told,
    ...(rule !== undefined && reason !== undefined && { harmless: { rule: rule + 1, reason } }),
    sites: [...sites]
      .map(([site, messages]) => ({ site, messages }))
      .toSorted((a, b) => b.messages - a.messages),
    changes: all.slice(0, maxChanges),
    otherValues: otherValues + sumOf(all.slice(maxChanges)),
    examples: examples.map(({ position, ...example }) => ({ id: String(position), ...example })),
  };
}

/** Those that come as often in an order that does not depend on which was met first. */
function byValues(a: Change, b: Change): number {
  const textOf = ({ before, after, origin }: Change) => JSON.stringify([before, after, origin]);
  return b.values - a.values || textOf(a).localeCompare(textOf(b));
}

/** Not every origin is looked up; where those that were agree, it is that of the others too. */
function withKnownOrigins(changes: readonly Change[]): readonly Change[] {
  const alike = Map.groupBy(changes, ({ before, after }) => JSON.stringify([before, after]));
  return [...alike.values()].flatMap((all) => {
    const [first, ...others] = all.filter(({ origin }) => origin !== undefined);
    if (first === undefined || others.length > 0) return all;
    return [{ ...first, values: sumOf(all) }];
  });
}

function byWeight(a: FoundGroup, b: FoundGroup): number {
  const rank = ({ harmless }: FoundGroup) => (harmless === undefined ? 0 : 1);
  return (
    rank(a) - rank(b) ||
    b.messages - a.messages ||
    b.values - a.values ||
    `${a.path} ${a.kind}`.localeCompare(`${b.path} ${b.kind}`)
  );
}

function sumOf(all: readonly { readonly values: number }[]): number {
  return all.reduce((sum, { values }) => sum + values, 0);
}
