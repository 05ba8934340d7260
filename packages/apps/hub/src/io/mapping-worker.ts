import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { TrestleError, systemClock } from "@trestle/base";
import { explainEntry, processEntry } from "@trestle/channels/process";
import type { ProcessingPlan } from "@trestle/integration";
import { processingOf } from "@trestle/integration/mapping";
import { type Position, type ReadLimit, openJournalReader } from "@trestle/journal";
import { loadTransforms } from "@trestle/mapping/configuration";
import { type OpenExplanation, openExplanation } from "../explanation-wire.ts";
import { type Crossing, open } from "../processing-wire.ts";

// The thread that maps. It has a thread of its own so that a mapping that takes long delays no
// acknowledgement, and one that never ends can be ended. It reads the journal itself, so that entries
// do not pass through another thread, and it writes nothing.

/** What the thread is started with. */
export interface MappingStart {
  readonly journalFile: string;
  readonly plan: ProcessingPlan;
}

/** Asks for what the entries after a position give, or for why one entry gives what it gives. */
export type MappingRequest = BatchRequest | { readonly explain: Position };

export interface BatchRequest {
  readonly after: Position;
  readonly limit: ReadLimit;
}

export interface MappingAnswer {
  readonly batch?: Crossing["batch"];
  readonly explanation?: OpenExplanation;
  /** The kind of an error; its text may quote a message. */
  readonly failure?: string;
}

const { journalFile, plan } = workerData as MappingStart;
const journal = openJournalReader(journalFile);
// That they can be loaded was seen before the hub started.
const { transforms } = await loadTransforms(plan.transforms, plan);
const processing = processingOf(plan, { clock: systemClock, transforms });

parentPort?.on("message", (request: MappingRequest) => {
  try {
    if ("explain" in request) answer({ explanation: explain(request.explain) });
    else answerBatch(request);
  } catch (error) {
    answer({ failure: nameOf(error) });
  }
});
parentPort?.postMessage("ready");

function answer(said: MappingAnswer, handedOver: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(said, [...handedOver]);
}

function answerBatch({ after, limit }: BatchRequest): void {
  const entries = journal.read(after, limit);
  if (entries.length >= busyBatch) letYoungGenerationGrow();
  const { batch, handedOver } = open(entries.map((entry) => processEntry(processing, entry)));
  answer({ batch }, handedOver);
}

function explain(position: Position): OpenExplanation {
  const limit = { count: 1, bytes: Number.MAX_SAFE_INTEGER };
  const [entry] = journal.read((position - 1) as Position, limit);
  if (entry === undefined) return { ok: false, problem: entryGone };
  return openExplanation(explainEntry(processing, entry));
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
