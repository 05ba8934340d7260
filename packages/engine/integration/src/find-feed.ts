import type { Problem, Result } from "@trestle/base";
import type { Feed, Integration } from "./integration.ts";

/** What a message says about its sender and itself. */
export interface Sender {
  readonly listener: string;
  /** MSH-4. */
  readonly sendingFacility: string;
  /** Such as `ADT^A08`. */
  readonly type: string;
}

/** Whom a message belongs to. */
export interface Found {
  readonly site: string;
  readonly channel: string;
}

/**
 * Makes the lookup of one revision: by listener and sending facility to a feed, then by type to the
 * most particular channel: `ADT^A08` before `ADT` before `*`. Called for each message, so answers
 * are remembered.
 */
export function feedFinder(integration: Integration): (sender: Sender) => Result<Found> {
  const remembered = new Map<string, Result<Found>>();
  return (sender) => {
    const key = JSON.stringify([sender.listener, sender.sendingFacility, sender.type]);
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const found = search(integration, sender);
    // Senders choose these texts, so they must not fill the memory.
    if (remembered.size < mostRemembered) remembered.set(key, found);
    return found;
  };
}

function search(integration: Integration, sender: Sender): Result<Found> {
  const feeds = [...integration.sites.values()].flatMap(({ id, feeds: all }) =>
    all.filter((feed) => feed.listener === sender.listener).map((feed) => ({ site: id, feed })),
  );
  const named = feeds.find(({ feed }) => feed.sendingFacilities.includes(sender.sendingFacility));
  const found = named ?? feeds.find(({ feed }) => feed.sendingFacilities.length === 0);
  if (found === undefined) return { ok: false, problem: senderNotKnown };
  const channel = channelOf(integration, found.feed, sender.type);
  if (channel === undefined) return { ok: false, problem: typeNotTaken(sender.type) };
  return { ok: true, value: { site: found.site, channel } };
}

/** The channel of a feed that takes a type: `ADT^A08` before `ADT` before `*`. */
export function channelOf(integration: Integration, feed: Feed, type: string): string | undefined {
  const [family = ""] = type.split("^");
  for (const wanted of [type, family, "*"]) {
    const channel = feed.channels.find((name) =>
      integration.channels.get(name)?.accepts.includes(wanted),
    );
    if (channel !== undefined) return channel;
  }
  return undefined;
}

const mostRemembered = 10_000;

const senderNotKnown: Problem = {
  code: "integration.senderNotKnown",
  text: "No site is known for this sending facility (MSH-4) on this listener.",
  hint: "Add the facility to a feed in sites/NAME/site.yaml, or ask the sender which one to send.",
  at: "MSH-4",
};

function typeNotTaken(type: string): Problem {
  const isShown = /^[A-Z0-9]{3}(?:\^[A-Z0-9]{3})?$/u.test(type);
  return {
    code: "integration.typeNotTaken",
    text: `No channel of this site takes ${isShown ? type : "this message type"}.`,
    hint: "Add the type to `accepts` of a channel, or ask the sender to leave it out.",
    at: "MSH-9",
  };
}
