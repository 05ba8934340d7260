import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Integration } from "@trestle/integration";
import { type JournalReader, type Position, beginning, openJournalReader } from "@trestle/journal";
import { emptyTally } from "../groups.ts";
import { type Side, type WhatIfPlan, isSame, whatIfPlan } from "../plan.ts";
import { type WhatIf, resultOf } from "../result.ts";
import { compareAll } from "./compare-all.ts";

/** What is asked. */
export interface WhatIfOptions {
  readonly journalFile: string;
  /** What is compared with, such as the revision in force. */
  readonly one: Integration;
  /** What would be in force. Its rules say which differences do no harm. */
  readonly other: Integration;
  /** Messages received at this time or later; milliseconds since 1970 UTC. */
  readonly since: number;
  /** Only of this site. */
  readonly site?: string | undefined;
  /** Milliseconds since 1970 UTC; rules end by the day in UTC. */
  readonly now: number;
  /** As many as there are cores where left out. */
  readonly threads?: number | undefined;
  /** Whether other work of this process comes first. */
  readonly isLowPriority?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told how many of how many entries were looked at; none of them to begin with. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined;
}

/**
 * Maps stored messages anew under two revisions and tells in what they differ. Reads the journal and
 * writes nothing; nothing is delivered. A hub may write to the journal meanwhile: what it appends
 * after the start is not looked at.
 *
 * @throws {TrestleError} `sqlite.notOpened`, `whatIf.threadNotStarted`, `whatIf.tooManyStopped`,
 * `whatIf.stopped`
 */
export async function runWhatIf(options: WhatIfOptions): Promise<WhatIf> {
  const { one, other, since, now, onProgress, signal } = options;
  const { maxChanges, maxExamples, maxGroups } = other.settings.whatIf;
  const plan = whatIfPlan(await sideOf(one), await sideOf(other));
  const { total, ...range } = rangeOf(options);
  onProgress?.(0, total);
  const today = new Date(now).toISOString().slice(0, 10);
  const { memoryMb, timeoutSeconds } = one.settings.processing;
  const tally = isSame(plan)
    ? { ...emptyTally(), read: total, same: total }
    : await compareAll({
        ...range,
        start: {
          ...startOf(options, plan),
          today,
          limits: { ...originLimits, maxChanges: mostChanges, maxExamples, maxGroups },
        },
        threads: threadsOf(options, total),
        // Two revisions are held where a hub holds one.
        memoryMb: 2 * memoryMb,
        timeoutMs: timeoutSeconds * 1000,
        signal,
        onProgress: (read) => onProgress?.(read, total),
      });
  const about = { one: one.revision, other: other.revision, range: { ...range, since } };
  return resultOf(tally, { ...about, today, rules: plan.rules, maxChanges });
}

function startOf(options: WhatIfOptions, plan: WhatIfPlan) {
  const { journalFile, since, site, isLowPriority = false } = options;
  return { journalFile, plan, since, site, isLowPriority };
}

async function sideOf(integration: Integration): Promise<Side> {
  const { directory, transforms } = integration;
  const texts = [...transforms.keys()].map(async (name): Promise<[string, string]> => [
    name,
    await readFile(join(directory, "transforms", `${name}.ts`), "utf8"),
  ]);
  return { integration, transforms: new Map(await Promise.all(texts)) };
}

/** What is looked at, and how many entries that are. */
function rangeOf({ journalFile, since, site }: WhatIfOptions) {
  const journal: JournalReader = openJournalReader(journalFile);
  try {
    const upTo = journal.last();
    const after: Position = upTo === beginning ? beginning : journal.before(since);
    return { after, upTo, total: journal.count({ after, upTo, since, site }) };
  } finally {
    journal.close();
  }
}

/** Starting a thread costs what a few hundred messages do. */
function threadsOf({ threads, other }: WhatIfOptions, total: number): number {
  const asked = threads ?? other.settings.whatIf.threads;
  const most = asked === 0 ? availableParallelism() : asked;
  return Math.max(1, Math.min(most, Math.ceil(total / worthAThread)));
}

const worthAThread = 500;

/** Kept of a group while it is counted, so that those that come most often are known in the end. */
const mostChanges = 1000;

/** Explanations take several times what mappings do, so they may take a small share of the time. */
const originLimits = { maxOfPath: 50, max: 2000, maxRemembered: 20_000 };
