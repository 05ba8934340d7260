import { type Clock, type Random } from "@trestle/base";
import {
  Deliverer,
  type Processing,
  Pump,
  channelErrors,
  openDestination,
  processEntry,
  replayEntry,
} from "@trestle/channels";
import type { Integration } from "@trestle/integration";
import type {
  DeliveryId,
  Journal,
  MessageFacts,
  Outbox,
  Position,
  Settlement,
} from "@trestle/journal";
import type { Mapper } from "@trestle/mapping";
import type { SqliteRecord } from "@trestle/record";
import type { Log } from "./logger.ts";
import { indexSites } from "./site-index.ts";

export interface ProcessingOptions {
  readonly integration: Integration;
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly record: SqliteRecord;
  readonly mapper: Mapper;
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
  /** Looks for work at every destination, such as after a person's decision. */
  wake(): void;
  stop(): Promise<void>;
}

/** Starts the pump and a deliverer for each destination; both go on from where they stopped. */
export function startProcessing(options: ProcessingOptions): RunningProcessing {
  const { integration, journal, outbox, clock } = options;
  const processing = processingOf(options);
  const deliverers = startDeliverers(options);
  const wake = () => {
    for (const deliverer of deliverers) deliverer.wake();
  };
  const { batchEntries, batchBytes, sliceMs } = integration.settings.processing;
  const pump = new Pump({
    journal,
    outbox,
    clock,
    process: (entry) => processEntry(processing, entry),
    batch: { count: batchEntries, bytes: batchBytes },
    sliceMs,
    onForwarded: (facts) => {
      wake();
      options.onForwarded(facts);
    },
    onFailure: (error) => options.log.error({ code: codeOf(error) }, "processing waits"),
  });
  pump.start();
  wake();
  return {
    wake,
    replay: async (position) => {
      const ids = await replay(processing, { journal, outbox }, position);
      wake();
      return ids;
    },
    async stop() {
      await pump.stop();
      await Promise.all(deliverers.map((deliverer) => deliverer.stop()));
    },
  };
}

function processingOf({ integration, mapper, record, clock }: ProcessingOptions): Processing {
  return {
    ...indexSites(integration),
    revision: integration.revision,
    mapper,
    clock,
    applyToRecord: (change) => record.apply(change),
  };
}

function startDeliverers(options: ProcessingOptions): Deliverer[] {
  const { integration, outbox, clock, random, log, onSettled } = options;
  return [...integration.destinations].map(
    ([name, settings]) =>
      new Deliverer({
        destination: openDestination(name, settings),
        outbox,
        clock,
        random,
        onSettled,
        onFailure: (error) =>
          log.error({ destination: name, code: codeOf(error) }, "result not written"),
      }),
  );
}

async function replay(
  processing: Processing,
  { journal, outbox }: { journal: Journal; outbox: Outbox },
  position: Position,
): Promise<readonly DeliveryId[]> {
  const entry = await journal.get(position);
  if (entry === undefined) throw channelErrors.notFound({ position });
  if (entry.disposition !== "accepted") throw channelErrors.notReplayable({ position });
  const { facts, deliveries } = replayEntry(processing, entry, String(processing.clock.now()));
  return outbox.replay(facts, deliveries);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}
