import type { Clock, Problem } from "@trestle/base";
import type { Addressee, Door } from "@trestle/channels";
import type { Hl7Message } from "@trestle/hl7v2";
import { type Integration, feedFinder } from "@trestle/integration";
import type { Journal } from "@trestle/journal";
import { acknowledgementStamps } from "./acknowledgement-stamps.ts";

/** Makes the door of one listener: who may come in, and to whom they belong. */
export function openDoor(options: {
  listener: string;
  integration: Integration;
  journal: Journal;
  clock: Clock;
  closedBecause: () => Problem | undefined;
}): Door {
  const { listener, integration, journal, clock, closedBecause } = options;
  const find = feedFinder(integration);
  return {
    journal,
    clock,
    closedBecause,
    revision: integration.revision,
    owner: ownerOf(integration, listener),
    stamp: acknowledgementStamps(clock),
    addresseeOf: (message) => find({ listener, ...addressOf(message) }),
  };
}

function addressOf(message: Hl7Message): { sendingFacility: string; type: string } {
  return { sendingFacility: message.get("MSH-4") ?? "", type: message.type };
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
