import type { Clock, Problem, Result } from "@trestle/base";
import { type Addressee, type Door, LinkOrder, Outcomes } from "@trestle/channels";
import {
  type Found,
  type Integration,
  type ListenerSettings,
  addressOf,
  feedFinder,
  productionRevision,
} from "@trestle/integration";
import type { Journal, MessageFacts, Outbox, Position } from "@trestle/journal";
import { acknowledgementStamps } from "./acknowledgement-stamps.ts";

/** The doors of all listeners. */
export interface Doors {
  /** As it is now. What comes in by a door is received under the revision of that door to its end. */
  readonly doorOf: (listener: string) => Door;
  /** From now on what comes in is received under this revision. */
  readonly use: (integration: Integration) => void;
  /** Tells those who wait at a door what processing wrote. */
  readonly forwarded: (facts: readonly MessageFacts[]) => void;
}

export interface DoorsOptions {
  /** In force at first. */
  readonly integration: Integration;
  readonly journal: Journal;
  readonly outbox: Pick<Outbox, "messages">;
  readonly clock: Clock;
  readonly closedBecause: () => Problem | undefined;
}

/** Makes the door of each listener: who may come in, to whom they belong, when they are answered. */
export function openDoors(options: DoorsOptions): Doors {
  const frames = new Map<string, Frame>();
  for (const [name, settings] of Object.entries(options.integration.settings.listeners)) {
    frames.set(name, frameOf(name, settings, options));
  }
  let doors = doorsOf(frames, options.integration);
  return {
    doorOf(listener) {
      const door = doors.get(listener);
      if (door === undefined) throw new Error(`there is no listener ${listener}`);
      return door;
    },
    use(integration) {
      doors = doorsOf(frames, integration);
    },
    forwarded(facts) {
      for (const { outcomes } of frames.values()) outcomes?.forwarded(facts);
    },
  };
}

/** What of a door stays from one revision to the next: those who wait, and the order of numbers. */
type Frame = Omit<Door, "revision" | "limits" | "owner" | "addresseeOf">;

function frameOf(listener: string, settings: ListenerSettings, options: DoorsOptions): Frame {
  const { journal, clock, closedBecause } = options;
  return {
    journal,
    clock,
    closedBecause,
    stamp: acknowledgementStamps(clock),
    outcomes: outcomesOf(settings, options),
    links: linksOf(listener, settings),
  };
}

function doorsOf(
  frames: ReadonlyMap<string, Frame>,
  integration: Integration,
): ReadonlyMap<string, Door> {
  const find = feedFinder(integration);
  return new Map(
    [...frames].map(([listener, frame]) => [
      listener,
      {
        ...frame,
        revision: integration.revision,
        limits: integration.settings.messages,
        owner: ownerOf(integration, listener),
        addresseeOf: (message) =>
          asAddressee(integration, find({ listener, ...addressOf(message) })),
      },
    ]),
  );
}

/** With when it is answered, and the revision of production where that was approved for itself. */
function asAddressee(integration: Integration, found: Result<Found>): Result<Addressee> {
  if (!found.ok) return found;
  const { site, channel, environment } = found.value;
  const acknowledge = integration.channels.get(channel)?.acknowledge;
  const { production } = integration.sites.get(site) ?? {};
  if (environment !== "production" || production === undefined)
    return { ok: true, value: { site, channel, acknowledge } };
  const revision = productionRevision(integration.revision, production.revision);
  return { ok: true, value: { site, channel, acknowledge, revision } };
}

function outcomesOf(settings: ListenerSettings, { clock, outbox }: DoorsOptions): Outcomes {
  return new Outcomes({
    clock,
    timeoutMs: settings.processedTimeoutSeconds * 1000,
    maxWaiting: settings.maxAwaitingProcessed,
    find: async (position) => {
      const [after, before] = [(position - 1) as Position, (position + 1) as Position];
      return (await outbox.messages({ after, before, limit: 1 }))[0];
    },
  });
}

function linksOf(listener: string, settings: ListenerSettings): LinkOrder | undefined {
  const { sequenceNumbers, maxLinks } = settings;
  return sequenceNumbers ? new LinkOrder({ listener, maxLinks }) : undefined;
}

/** Bytes that name nobody belong to the first feed of the listener, so that someone sees them. */
function ownerOf(integration: Integration, listener: string): Addressee {
  for (const site of integration.sites.values()) {
    const feed = site.feeds.find((candidate) => candidate.listener === listener);
    const channel = feed?.channels[0];
    if (channel !== undefined) return { site: site.id, channel };
  }
  return { site: "unknown", channel: listener };
}
