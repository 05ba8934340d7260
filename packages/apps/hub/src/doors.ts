import type { Clock, Problem, Result } from "@trestle/base";
import { type Addressee, type Door, LinkOrder, Outcomes } from "@trestle/channels";
import {
  type Integration,
  type ListenerSettings,
  addressOf,
  feedFinder,
} from "@trestle/integration";
import type { Journal, MessageFacts, Outbox, Position } from "@trestle/journal";
import { acknowledgementStamps } from "./acknowledgement-stamps.ts";

/** The doors of all listeners. */
export interface Doors {
  readonly doorOf: (listener: string) => Door;
  /** Tells those who wait at a door what processing wrote. */
  readonly forwarded: (facts: readonly MessageFacts[]) => void;
}

export interface DoorsOptions {
  readonly integration: Integration;
  readonly journal: Journal;
  readonly outbox: Pick<Outbox, "messages">;
  readonly clock: Clock;
  readonly closedBecause: () => Problem | undefined;
}

/** Makes the door of each listener: who may come in, to whom they belong, when they are answered. */
export function openDoors(options: DoorsOptions): Doors {
  const doors = new Map<string, Door>();
  for (const [name, settings] of Object.entries(options.integration.settings.listeners)) {
    doors.set(name, openDoor(name, settings, options));
  }
  return {
    doorOf(listener) {
      const door = doors.get(listener);
      if (door === undefined) throw new Error(`there is no listener ${listener}`);
      return door;
    },
    forwarded(facts) {
      for (const { outcomes } of doors.values()) outcomes?.forwarded(facts);
    },
  };
}

function openDoor(listener: string, settings: ListenerSettings, options: DoorsOptions): Door {
  const { integration, journal, clock, closedBecause } = options;
  const find = feedFinder(integration);
  return {
    journal,
    clock,
    closedBecause,
    revision: integration.revision,
    limits: integration.settings.messages,
    owner: ownerOf(integration, listener),
    stamp: acknowledgementStamps(clock),
    addresseeOf: (message) =>
      withAcknowledge(integration, find({ listener, ...addressOf(message) })),
    outcomes: outcomesOf(settings, options),
    links: linksOf(listener, settings),
  };
}

function withAcknowledge(integration: Integration, found: Result<Addressee>): Result<Addressee> {
  if (!found.ok) return found;
  const acknowledge = integration.channels.get(found.value.channel)?.acknowledge;
  return { ok: true, value: { ...found.value, acknowledge } };
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
