import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { TrestleError, systemClock } from "@trestle/base";
import { processEntry } from "@trestle/channels/process";
import { type Position, type ReadLimit, openJournalReader } from "@trestle/journal";
import { type ProcessingPlan, processingOf } from "../processing-plan.ts";
import { type Crossing, open } from "../processing-wire.ts";

// The thread that maps. It has a thread of its own so that a mapping that takes long delays no
// acknowledgement, and one that never ends can be ended. It reads the journal itself, so that entries
// do not pass through another thread, and it writes nothing.

/** What the thread is started with. */
export interface MappingStart {
  readonly journalFile: string;
  readonly plan: ProcessingPlan;
}

/** Asks for what the entries after a position give. */
export interface MappingRequest {
  readonly after: Position;
  readonly limit: ReadLimit;
}

export type MappingAnswer = Pick<Crossing, "batch"> | { readonly failure: string };

const { journalFile, plan } = workerData as MappingStart;
const journal = openJournalReader(journalFile);
const processing = processingOf(plan, systemClock);

parentPort?.on("message", (request: MappingRequest) => {
  try {
    const { batch, handedOver } = answerTo(request);
    parentPort?.postMessage({ batch } satisfies MappingAnswer, handedOver);
  } catch (error) {
    parentPort?.postMessage({ failure: nameOf(error) } satisfies MappingAnswer);
  }
});
parentPort?.postMessage("ready");

function answerTo({ after, limit }: MappingRequest): Crossing {
  const entries = journal.read(after, limit);
  if (entries.length >= busyBatch) letYoungGenerationGrow();
  return open(entries.map((entry) => processEntry(processing, entry)));
}

/**
 * Results live for one batch, and a larger young generation spares the collector half of its work.
 * It takes memory, so it grows when there is traffic.
 */
function letYoungGenerationGrow(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}

/** The kind of an error; its text may quote a message. */
function nameOf(error: unknown): string {
  if (error instanceof TrestleError) return error.code;
  return error instanceof Error ? error.name : "unknown";
}

/** Entries in one batch that show that more come than one at a time. */
const busyBatch = 16;
