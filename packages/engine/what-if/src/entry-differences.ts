import { type Problem, type Result, reveal } from "@trestle/base";
import type { Routed } from "@trestle/channels/process";
import type { Entry } from "@trestle/journal";
import type { PatientIdentity } from "@trestle/mapping";
import { type ElementDifference, bundleDifferences } from "./bundle-differences.ts";
import type { Difference, Origin } from "./difference.ts";
import { shownValue } from "./shown-value.ts";
import { type Finding, fieldOf } from "./side.ts";

/** What an entry gives under one revision. */
export interface Under {
  /** The entry as that revision takes it, by which site and channel. */
  readonly entry: Entry;
  readonly routed: Result<Routed>;
  /** Where profiles are compared. */
  readonly findings: readonly Finding[];
}

/** Tells where a differing value came from. */
export type OriginOf = (difference: ElementDifference) => Origin | undefined;

/** All in which what one entry gives differs between two revisions. */
export function entryDifferences(
  one: Under,
  other: Under,
  originOf: OriginOf,
): readonly Difference[] {
  const findings = findingDifferences(one.findings, other.findings);
  if (!one.routed.ok || !other.routed.ok) {
    return [...outcomeDifference(one.routed, other.routed), ...findings];
  }
  const [before, after] = [one.routed.value, other.routed.value];
  return [
    ...channelDifference(one.entry, other.entry),
    ...elementDifferences(before, after, originOf),
    ...patientDifference(before, after),
    ...listDifference(before.to, after.to, { gone: "goneRoute", come: "newRoute" }),
    ...holdDifference(before, after),
    ...warningDifferences(before, after),
    ...findings,
  ];
}

/** Why an entry that fails under both does so is for the entry's own page. */
function outcomeDifference(one: Result<Routed>, other: Result<Routed>): readonly Difference[] {
  if (one.ok && !other.ok) return [failing(other.problem)];
  if (!one.ok && other.ok) return [{ ...about(one.problem, "before"), kind: "succeeding" }];
  return [];
}

function failing(problem: Problem): Difference {
  return { ...about(problem, "after"), kind: "failing" };
}

function about({ code, text, at }: Problem, side: "before" | "after") {
  return { path: code, [side]: text, ...(at !== undefined && { origin: { field: fieldOf(at) } }) };
}

function channelDifference(one: Entry, other: Entry): readonly Difference[] {
  const [before, after] = [one, other].map(({ site, channel }) => `${site}/${channel}`);
  if (before === after || before === undefined || after === undefined) return [];
  return [{ kind: "otherChannel", path: other.channel, before, after }];
}

function elementDifferences(
  { mapped: one }: Routed,
  { mapped: other }: Routed,
  originOf: OriginOf,
): readonly Difference[] {
  return bundleDifferences(reveal(one.bundle), reveal(other.bundle)).map((difference) => {
    const { kind, resourceType, keys } = difference;
    const origin = originOf(difference);
    return {
      kind,
      path: [resourceType, ...keys].join("."),
      ...shownValues(difference),
      ...(origin !== undefined && { origin }),
    };
  });
}

function shownValues({ one, other, moved, ...at }: ElementDifference) {
  if (moved !== undefined) return { before: `${moved} in this order`, after: "in another order" };
  return {
    ...(one !== undefined && { before: shownValue(one, at) }),
    ...(other !== undefined && { after: shownValue(other, at) }),
  };
}

/** Which record the message belongs to, and which deliveries it waits for. */
function patientDifference({ mapped: one }: Routed, { mapped: other }: Routed) {
  const [before, after] = [one, other].map((mapped) =>
    JSON.stringify([
      keyOf(mapped.patient),
      keyOf(mapped.merged),
      (mapped.others ?? []).map(({ patient, merged }) => [keyOf(patient), keyOf(merged)]),
    ]),
  );
  return before === after ? [] : [{ kind: "otherPatient", path: "patient" } as const];
}

function keyOf(identity: PatientIdentity | undefined): string {
  return identity === undefined ? "" : reveal(identity.key);
}

/** Whether its deliveries wait for a person. For which codes is told by the warnings. */
function holdDifference({ heldFor: one }: Routed, { heldFor: other }: Routed): Difference[] {
  if (one === undefined && other !== undefined)
    return [{ ...about(other, "after"), kind: "newHold" }];
  if (one !== undefined && other === undefined)
    return [{ ...about(one, "before"), kind: "goneHold" }];
  return [];
}

type Kinds = Record<"gone" | "come", Difference["kind"]>;

function listDifference(
  ones: readonly string[],
  others: readonly string[],
  { gone, come }: Kinds,
): readonly Difference[] {
  return [
    ...without(ones, others).map((path) => ({ kind: gone, path })),
    ...without(others, ones).map((path) => ({ kind: come, path })),
  ];
}

/** Each as often as the other list does not have it. */
function without(ones: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return ones.filter((one) => {
    const found = left.indexOf(one);
    if (found !== -1) left.splice(found, 1);
    return found === -1;
  });
}

function warningDifferences({ mapped: one }: Routed, { mapped: other }: Routed) {
  const [ones, others] = [one, other].map(({ warnings, unmappedCodes }) => [
    ...warnings
      .filter(({ code }) => code !== unmapped)
      .map(({ code, at = "" }) => JSON.stringify([code, fieldOf(at)])),
    ...unmappedCodes.map(({ table, local, field }) =>
      JSON.stringify([unmapped, field, `${table}: ${local}`]),
    ),
  ]);
  const found = listDifference(ones ?? [], others ?? [], {
    gone: "goneWarning",
    come: "newWarning",
  });
  return found.map(({ kind, path: text }): Difference => {
    const [path = "", field = "", row] = JSON.parse(text) as string[];
    return { kind, path, origin: { field, ...(row !== undefined && { row }) } };
  });
}

function findingDifferences(
  ones: readonly Finding[],
  others: readonly Finding[],
): readonly Difference[] {
  const [before, after] = [ones, others].map((all) => all.map(({ code, at }) => `${code} ${at}`));
  const kinds = { gone: "goneFinding", come: "newFinding" } as const;
  return listDifference(before ?? [], after ?? [], kinds).map(({ kind, path: text }) => {
    const [path = "", field = ""] = text.split(" ");
    return { kind, path, origin: { field } };
  });
}

const unmapped = "mapping.unmappedCode";
