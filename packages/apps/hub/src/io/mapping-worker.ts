import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { TrestleError, systemClock } from "@trestle/base";
import { explainEntry, processEntry } from "@trestle/channels/process";
import type { RowUsesOfSite } from "@trestle/code-tables/store";
import type { PlanChange, ProcessingPlan } from "@trestle/integration";
import {
  type ReadyPlan,
  mappingSiteOf,
  processingFor,
  readyPlan,
} from "@trestle/integration/mapping";
import { type Entry, type Position, type ReadLimit, openJournalReader } from "@trestle/journal";
import { type MappingSite, countingSite } from "@trestle/mapping";
import { loadTransforms } from "@trestle/mapping/configuration";
import { type OpenExplanation, openExplanation } from "../explanation-wire.ts";
import { type Crossing, open } from "../processing-wire.ts";

// The thread that maps. It has a thread of its own so that a mapping that takes long delays no
// acknowledgement, and one that never ends can be ended. It reads the journal itself, so that entries
// do not pass through another thread, and it writes nothing.

/** What the thread is started with. */
export interface MappingStart {
  readonly journalFile: string;
  /** The one in force last; in front of it the one before, where there is one. */
  readonly plans: readonly ProcessingPlan[];
}

/**
 * Asks for what the entries after a position give, for why one entry gives what it gives, or to keep
 * a further revision ready.
 */
export type MappingRequest = BatchRequest | ExplainRequest | PrepareRequest;

export interface BatchRequest {
  readonly after: Position;
  readonly limit: ReadLimit;
  /** The id of the plan by which entries are processed whose own is not kept ready. */
  readonly inForce: string;
  /** Whether all are processed by the one in force, whichever received them. */
  readonly isAnew?: boolean;
}

interface ExplainRequest {
  readonly explain: Position;
  readonly inForce: string;
}

interface PrepareRequest {
  readonly prepare: PlanChange;
  /** Ids of the plans that stay ready; all others are forgotten. */
  readonly keep: readonly string[];
}

export interface MappingAnswer {
  readonly batch?: Crossing["batch"];
  /** Which rows of code tables the batch used. */
  readonly rowUses?: readonly RowUsesOfSite[];
  readonly explanation?: OpenExplanation;
  /** The kind of an error; its text may quote a message. */
  readonly failure?: string;
}

const { journalFile, plans } = workerData as MappingStart;
const journal = openJournalReader(journalFile);
const ready = new Map<string, ReadyPlan>();
for (const plan of plans) await makeReady(plan);

parentPort?.on("message", (request: MappingRequest) => void handle(request));
parentPort?.postMessage("ready");

async function handle(request: MappingRequest): Promise<void> {
  try {
    if ("explain" in request) answer({ explanation: explain(request) });
    else if ("prepare" in request) answer(await prepare(request));
    else answerBatch(request);
  } catch (error) {
    answer({ failure: nameOf(error) });
  }
}

async function prepare({ prepare: plan, keep }: PrepareRequest): Promise<MappingAnswer> {
  for (const id of ready.keys()) if (!keep.includes(id)) ready.delete(id);
  await makeReady(plan);
  return {};
}

/** @throws {Error} where a transform cannot be loaded, though it could when the folder was checked. */
async function makeReady(plan: PlanChange): Promise<void> {
  const { transforms, failures } = await loadTransforms(plan.transforms, plan);
  if (failures.length > 0) throw new Error("a transform changed while it was loaded");
  const siteFor = (site: Parameters<typeof mappingSiteOf>[0]) => countingSite(mappingSiteOf(site));
  ready.set(plan.id, readyPlan(plan, { clock: systemClock, transforms, ready, siteFor }));
}

function processingOf(entry: Entry, { inForce, isAnew }: Pick<BatchRequest, "inForce" | "isAnew">) {
  const plans = { ready: ready.values(), inForce: ready.get(inForce), isAnew: isAnew === true };
  const found = processingFor(entry, plans);
  if (found === undefined) throw new Error("no plan is ready");
  return found;
}

function answer(said: MappingAnswer, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(said, [...handedOver]);
}

function answerBatch({ after, limit, ...by }: BatchRequest): void {
  const entries = journal.read(after, limit);
  if (entries.length >= busyBatch) letYoungGenerationGrow();
  const sites = new Set<MappingSite>();
  const processed = entries.map((entry) => {
    const processing = processingOf(entry, by);
    const site = processing.siteOf(entry.site);
    if (site !== undefined) sites.add(site);
    return processEntry(processing, entry);
  });
  const { batch, handedOver } = open(processed);
  answer({ batch, rowUses: [...sites].flatMap(takeRowUses) }, handedOver);
}

function takeRowUses({ id, uses }: MappingSite): readonly RowUsesOfSite[] {
  const rows = uses?.take() ?? [];
  return rows.length === 0 ? [] : [{ site: id, rows }];
}

function explain({ explain: position, inForce }: ExplainRequest): OpenExplanation {
  const limit = { count: 1, bytes: Number.MAX_SAFE_INTEGER };
  const [entry] = journal.read((position - 1) as Position, limit);
  if (entry === undefined) return { ok: false, problem: entryGone };
  return openExplanation(explainEntry(processingOf(entry, { inForce, isAnew: true }), entry));
}

/**
 * Results live for one batch, and a larger young generation spares the collector half of its work.
 * It takes memory, so it grows when there is traffic.
 */
function letYoungGenerationGrow(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}

function nameOf(error: unknown): string {
  if (error instanceof TrestleError) return error.code;
  return error instanceof Error ? error.name : "unknown";
}

/** Entries in one batch that show that more come than one at a time. */
const busyBatch = 16;

const entryGone = {
  code: "hub.entryGone",
  text: "The journal does not hold this message any more.",
  hint: "Look at a newer one.",
};
