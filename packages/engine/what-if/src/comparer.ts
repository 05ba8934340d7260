import { type Problem, type Result, fail } from "@trestle/base";
import type { Entry } from "@trestle/journal";
import type { Found } from "@trestle/integration";
import type { Difference } from "./difference.ts";
import { type Under, entryDifferences } from "./entry-differences.ts";
import type { Origins } from "./origins.ts";
import type { WhatIfPlan } from "./plan.ts";
import type { Listener, RevisionSide } from "./side.ts";

/** What came of one entry. */
export type Compared =
  | { readonly is: "setAside" }
  /** Nothing that decides about it differs. */
  | { readonly is: "same" }
  | { readonly is: "compared"; readonly differences: readonly Difference[] };

/** What entries are compared with. */
export interface ComparerParts {
  readonly plan: Omit<WhatIfPlan, "one" | "other" | "rules">;
  readonly one: RevisionSide;
  readonly other: RevisionSide;
  /** Sites whose profile differs. */
  readonly otherProfiles: ReadonlySet<string>;
  readonly origins: Origins;
  /** Told before an entry is processed under a side; that may never end. */
  readonly onStep: (entry: Entry, side: "one" | "other") => void;
}

/** Compares what an entry gives under two revisions. Never throws for what a message may hold. */
export function compareEntry(parts: ComparerParts, entry: Entry): Compared {
  if (!isForRevisions(entry)) return { is: "setAside" };
  const { plan, one, other, onStep } = parts;
  const [before, after] = addressees(parts, entry);
  if (!before.ok || !after.ok) return notTaken(parts, entry, { before, after });
  const { site, channel } = after.value;
  const isMoved = before.value.site !== site || before.value.channel !== channel;
  if (!isMoved && plan.sameSites.has(site) && plan.sameChannels.has(channel)) return { is: "same" };
  onStep(entry, "one");
  const left = under(parts, one, { ...entry, ...before.value });
  onStep(entry, "other");
  const right = under(parts, other, { ...entry, ...after.value });
  return { is: "compared", differences: differencesOf(parts, left, right) };
}

/** Broken bytes, and what was refused for its number or because no disk was free. */
function isForRevisions({ disposition, reason }: Entry): boolean {
  if (disposition === "accepted") return true;
  return disposition === "refused" && reason?.code.startsWith("channels.") === false;
}

/** Whose an entry is. */
type Addressee = Pick<Found, "site" | "channel">;

type Addressees = readonly [one: Result<Addressee>, other: Result<Addressee>];

/** Where the doors are alike, an entry is taken as it was; one that was refused is again. */
function addressees({ plan, one, other }: ComparerParts, entry: Entry): Addressees {
  const { site, channel, disposition } = entry;
  const asItWas: Result<Addressee> =
    disposition === "accepted"
      ? { ok: true, value: { site, channel } }
      : fail(entry.reason ?? refusedThen);
  const listener: Listener | undefined = one.listenerOf(channel) ?? other.listenerOf(channel);
  if (!plan.doorsDiffer || listener === undefined) return [asItWas, asItWas];
  return [one.addresseeOf(entry, listener), other.addresseeOf(entry, listener)];
}

function notTaken(
  parts: ComparerParts,
  entry: Entry,
  { before, after }: { before: Result<Addressee>; after: Result<Addressee> },
): Compared {
  if (!before.ok && !after.ok) return { is: "same" };
  const { one, other, onStep } = parts;
  onStep(entry, before.ok ? "one" : "other");
  const differences = differencesOf(
    parts,
    before.ok ? under(parts, one, { ...entry, ...before.value }) : refused(entry, before.problem),
    after.ok ? under(parts, other, { ...entry, ...after.value }) : refused(entry, after.problem),
  );
  return { is: "compared", differences: differences.filter(({ kind }) => ofOutcome.has(kind)) };
}

function under(parts: ComparerParts, side: RevisionSide, entry: Entry): Under {
  const findings = parts.otherProfiles.has(entry.site) ? side.findings(entry) : [];
  return { entry, routed: side.route(entry), findings };
}

function refused(entry: Entry, problem: Problem): Under {
  return { entry, routed: fail(problem), findings: [] };
}

function differencesOf(parts: ComparerParts, left: Under, right: Under): readonly Difference[] {
  const originOf = parts.origins.finderFor(right.entry.site, {
    one: () => parts.one.explain(left.entry),
    other: () => parts.other.explain(right.entry),
  });
  return entryDifferences(left, right, originOf);
}

const refusedThen: Problem = {
  code: "channels.refused",
  text: "The message was refused when it came.",
  hint: "Look at the message.",
};

const ofOutcome: ReadonlySet<string> = new Set(["failing", "succeeding"]);
