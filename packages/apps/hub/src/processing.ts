import type { Clock, Random, Result } from "@trestle/base";
import { type Processed, Pump, asReplay, channelErrors } from "@trestle/channels";
import type { SqliteUnmappedCodes } from "@trestle/code-tables/store";
import { type Integration, planOf, revisionOf } from "@trestle/integration";
import type {
  DeliveryId,
  Journal,
  MessageFacts,
  Outbox,
  Outputs,
  Position,
  Settlement,
} from "@trestle/journal";
import type { Explained } from "@trestle/mapping";
import type { SqliteRecord } from "@trestle/record";
import { Deliverers } from "./deliverers.ts";
import { HeldForCodes } from "./held-for-codes.ts";
import type { Log } from "./logger.ts";
import type { RowUseCounts } from "./row-use-counts.ts";
import { Mapping } from "./mapping.ts";

export interface ProcessingOptions {
  /** In force at first. */
  readonly integration: Integration;
  readonly journal: Journal;
  /** Where the journal is, for the thread that maps. */
  readonly journalFile: string;
  readonly outbox: Outbox;
  readonly record: SqliteRecord;
  readonly unmappedCodes: SqliteUnmappedCodes;
  readonly rowUses: Pick<RowUseCounts, "note">;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onForwarded: (facts: readonly MessageFacts[]) => void;
  readonly onSettled: (settlements: readonly Settlement[]) => void;
}

/** Everything to the right of the journal, running. */
export interface RunningProcessing {
  /** Maps a stored message again and owes its deliveries once more. */
  replay(position: Position): Promise<readonly DeliveryId[]>;
  /** What a stored message maps to, with the source of each value; or why it does not. */
  explain(position: Position): Promise<Result<Explained>>;
  /** Looks for work at every destination, such as after a person's decision. */
  wake(): void;
  /**
   * Makes a changed configuration ready; nothing is processed by it yet.
   *
   * @throws {TrestleError} as `Mapping.prepare`.
   */
  prepare(next: Integration): Promise<void>;
  /** From now on what is prepared is in force. Never throws. */
  switchTo(next: Integration): void;
  stop(): Promise<void>;
}

/** Starts the pump and a deliverer for each destination; both go on from where they stopped. */
export function startProcessing(options: ProcessingOptions): RunningProcessing {
  const { integration, journal, outbox, clock, log } = options;
  const mapping = mappingOf(options);
  const deliverers = new Deliverers(options);
  const wake = () => deliverers.wake();
  let inForce = planOf(integration);
  const held = new HeldForCodes({
    outbox,
    mapAnew: (position) => mapAnew(position, mapping),
    outputsOf: (processed) => outputsOf(processed, options),
    onQueued: wake,
    onFailure: (error) => log.error({ code: codeOf(error) }, "held messages wait"),
  });
  const { batchEntries, batchBytes } = integration.settings.processing;
  const pump = new Pump({
    journal,
    outbox,
    clock,
    process: async (after, limit) =>
      (await mapping.process(after, limit)).map((processed) => outputsOf(processed, options)),
    batch: { count: batchEntries, bytes: batchBytes },
    onForwarded: (facts) => {
      wake();
      // What a reload left to the revision before may be held for a row that is there by now.
      if (facts.some((each) => each.revision !== revisionOf(inForce, each))) held.look();
      options.onForwarded(facts);
    },
    onFailure: (error) => options.log.error({ code: codeOf(error) }, "processing waits"),
  });
  pump.start();
  deliverers.use(integration.destinations);
  held.look();
  return {
    wake,
    prepare: (next) => mapping.prepare(planOf(next)),
    switchTo(next) {
      inForce = planOf(next);
      mapping.switchTo(inForce);
      deliverers.use(next.destinations);
      held.look();
    },
    explain: (position) => mapping.explain(position),
    replay: async (position) => {
      const ids = await replay(position, { ...options, mapping });
      wake();
      return ids;
    },
    async stop() {
      const looked = held.stop();
      const pumped = pump.stop();
      await mapping.stop();
      await looked;
      await pumped;
      await deliverers.stop();
    },
  };
}

function mappingOf(options: ProcessingOptions): Mapping {
  const { integration, journal, journalFile, rowUses, clock, log } = options;
  const { timeoutSeconds, memoryMb, maxStopped } = integration.settings.processing;
  return new Mapping({
    journal,
    journalFile,
    plan: planOf(integration),
    clock,
    timeoutMs: timeoutSeconds * 1000,
    memoryMb,
    maxStopped,
    onRowUses: (uses, usedAt) => rowUses.note(uses, usedAt),
    onEnded: (after) => log.error({ after }, "the mapping thread ended; one message at a time"),
  });
}

function outputsOf(
  { change, unmappedCodes: codes, ...outputs }: Processed,
  { record, unmappedCodes }: Pick<ProcessingOptions, "record" | "unmappedCodes">,
): Outputs {
  if (change === undefined && codes === undefined) return outputs;
  const { site, position, receivedAt } = outputs.facts;
  return {
    ...outputs,
    alongside() {
      if (change !== undefined) record.apply(change);
      if (codes !== undefined) unmappedCodes.apply({ site, position, receivedAt, codes });
    },
  };
}

async function replay(
  position: Position,
  { journal, outbox, clock, mapping }: ProcessingOptions & { mapping: Mapping },
): Promise<readonly DeliveryId[]> {
  const entry = await journal.get(position);
  if (entry === undefined) throw channelErrors.notFound({ position });
  if (entry.disposition !== "accepted") throw channelErrors.notReplayable({ position });
  const processed = await mapAnew(position, mapping);
  if (processed === undefined) throw channelErrors.notFound({ position });
  const { facts, deliveries } = processed;
  return outbox.replay(facts, asReplay(deliveries, String(clock.now())));
}

/** What a stored message gives by the configuration in force. */
async function mapAnew(position: Position, mapping: Mapping): Promise<Processed | undefined> {
  const alone = { count: 1, bytes: Number.MAX_SAFE_INTEGER };
  const [processed] = await mapping.processAnew((position - 1) as Position, alone);
  return processed?.facts.position === position ? processed : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
