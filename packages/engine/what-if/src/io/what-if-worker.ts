import { setPriority } from "node:os";
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "@trestle/base";
import { type Entry, type Position, openJournalReader } from "@trestle/journal";
import { loadTransforms } from "@trestle/mapping/configuration";
import { type ComparerParts, compareEntry } from "../comparer.ts";
import { type GroupLimits, type Tally, addDifferences, emptyTally } from "../groups.ts";
import { type FindRule, ruleFinder } from "../harmless.ts";
import { type OriginLimits, Origins } from "../origins.ts";
import type { SidePlan, WhatIfPlan } from "../plan.ts";
import { RevisionSide } from "../side.ts";

// A thread that compares. It reads the journal itself, read-only, so that entries do not pass through
// another thread; only counts and what may be shown leave it.

/** What the thread is started with. */
export interface WorkerStart {
  readonly journalFile: string;
  readonly plan: WhatIfPlan;
  readonly today: string;
  readonly limits: GroupLimits & OriginLimits;
  /** Entries that were received before are not looked at. */
  readonly since: number;
  readonly site?: string | undefined;
  /** Whether other work of this process comes first. */
  readonly isLowPriority: boolean;
  /** Messages that came to no end under a side. */
  readonly stopped: Readonly<Record<SideName, ReadonlySet<Position>>>;
  /** The entry under way, and under which side, as the thread writes it: see `progressOf`. */
  readonly progress: SharedArrayBuffer;
}

export type SideName = "one" | "other";

/** Entries behind `after`, up to `upTo`. */
export interface WorkerRequest {
  readonly after: Position;
  readonly upTo: Position;
}

export type WorkerAnswer = "ready" | Tally;

const start = workerData as WorkerStart;
const { limits, since, site } = start;
// Results live for a moment, and a larger young generation spares the collector half of its work.
setFlagsFromString("--semi-space-growth-factor=2");

const progress = new Float64Array(start.progress);
const journal = openJournalReader(start.journalFile);
const parts: ComparerParts = {
  plan: start.plan,
  one: await openSide("one"),
  other: await openSide("other"),
  otherProfiles: otherProfiles(start.plan),
  origins: new Origins(limits),
  onStep: (entry, side) => {
    progress[0] = entry.position;
    progress[1] = side === "one" ? 1 : 2;
  },
};
const findRule: FindRule = ruleFinder(start.plan.rules, start.today);

parentPort?.on("message", ({ after, upTo }: WorkerRequest) => {
  const tally = emptyTally();
  for (let at: Position | undefined = after; at !== undefined && at < upTo;) {
    at = comparePage({ after: at, upTo }, tally);
  }
  progress[0] = 0;
  parentPort?.postMessage(tally);
});
/** As `nice` has it: a third of what a thread of the hub gets where both want a core. */
const lowPriority = 5;
// Elsewhere than on Linux a priority is that of the whole process.
if (start.isLowPriority && process.platform === "linux") setPriority(0, lowPriority);
parentPort?.postMessage("ready");

/** @returns Where it came to; undefined at the end. */
function comparePage({ after, upTo }: WorkerRequest, tally: Tally): Position | undefined {
  const entries = journal.read(after, page);
  for (const entry of entries) if (entry.position <= upTo) take(entry, tally);
  return entries.at(-1)?.position;
}

function take(entry: Entry, tally: Tally): void {
  if (entry.receivedAt < since || (site !== undefined && entry.site !== site)) return;
  tally.read += 1;
  const compared = compareEntry(parts, entry);
  tally[compared.is] += 1;
  if (compared.is !== "compared") return;
  const { differences } = compared;
  addDifferences(tally, { entry, differences }, { findRule, limits });
}

async function openSide(name: SideName): Promise<RevisionSide> {
  const side: SidePlan = start.plan[name];
  // That they can be loaded was seen when the revision was.
  const { transforms } = await loadTransforms(side.processing.transforms, side.processing);
  return new RevisionSide(side, { clock: systemClock, transforms, stopped: start.stopped[name] });
}

function otherProfiles({ one, other }: WhatIfPlan): ReadonlySet<string> {
  const all = [...new Set([...one.profiles.keys(), ...other.profiles.keys()])];
  const textOf = ({ profiles }: SidePlan, name: string) => JSON.stringify(profiles.get(name));
  return new Set(all.filter((name) => textOf(one, name) !== textOf(other, name)));
}

/** Read at once: bounded, for a message may be large. */
const page = { count: 64, bytes: 8_388_608 };
