import { type Problem, type Result, fail, succeed } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import type { ChannelSettings } from "@trestle/channels/settings";
import type { Environment, Feed, Site } from "./integration.ts";

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
  readonly environment: Environment;
}

/** As much of an integration as says whose a message is. */
export interface Receiving {
  readonly sites: ReadonlyMap<string, Pick<Site, "id" | "feeds" | "unapprovedFeeds">>;
  readonly channels: ReadonlyMap<string, Pick<ChannelSettings, "accepts">>;
}

/**
 * Makes the lookup of one revision: by listener and sending facility to a feed, then by type to the
 * most particular channel: `ADT^A08` before `ADT` before `*`. Called for each message, so answers
 * are remembered.
 */
export function feedFinder(integration: Receiving): (sender: Sender) => Result<Found> {
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

/** What a message says about its sender and itself, for a lookup. */
export function addressOf(message: Hl7Message): Omit<Sender, "listener"> {
  return { sendingFacility: message.get("MSH-4") ?? "", type: message.type };
}

/**
 * The channel that takes a message of a site, on whichever listener of that site it comes in; one
 * that knows its sending facility comes before one that takes every sender.
 *
 * @returns A problem where a hub would refuse the message, or take it for another site.
 */
export function channelAt(
  integration: Receiving,
  site: Pick<Site, "id" | "feeds">,
  address: Omit<Sender, "listener">,
): Result<string> {
  const feeds = [...new Set(site.feeds.map(({ listener }) => listener))]
    .map((listener) => feedFor(integration, { listener, ...address }))
    .filter((found) => found?.site === site.id)
    .flatMap((found) => found?.feed ?? [])
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  if (feeds.length === 0) return fail(senderOfNoFeed);
  const [channel] = feeds.flatMap((feed) => channelOf(integration, feed, address.type) ?? []);
  return channel === undefined ? fail(typeNotTaken(address.type)) : succeed(channel);
}

function rankOf({ sendingFacilities }: Feed): number {
  return sendingFacilities.length === 0 ? 1 : 0;
}

function search(integration: Receiving, sender: Sender): Result<Found> {
  const found = feedFor(integration, sender);
  if (found === undefined)
    return fail(isUnapproved(integration, sender) ? notApproved : senderNotKnown);
  const channel = channelOf(integration, found.feed, sender.type);
  if (channel === undefined) return fail(typeNotTaken(sender.type));
  return succeed({ site: found.site, channel, environment: found.feed.environment });
}

/** Whether it would be taken if production of its site were as the folder says. */
function isUnapproved({ sites }: Receiving, { listener, sendingFacility }: Sender): boolean {
  return [...sites.values()].some(({ unapprovedFeeds = [] }) =>
    unapprovedFeeds.some((feed) => {
      const names = feed.sendingFacilities;
      return feed.listener === listener && (names.length === 0 || names.includes(sendingFacility));
    }),
  );
}

/** The feed of a listener that a sender belongs to: one that names it before one that names none. */
function feedFor({ sites }: Receiving, { listener, sendingFacility }: Omit<Sender, "type">) {
  const feeds = [...sites.values()].flatMap(({ id, feeds: all }) =>
    all.filter((feed) => feed.listener === listener).map((feed) => ({ site: id, feed })),
  );
  const named = feeds.find(({ feed }) => feed.sendingFacilities.includes(sendingFacility));
  return named ?? feeds.find(({ feed }) => feed.sendingFacilities.length === 0);
}

/** The channel of a feed that takes a type: `ADT^A08` before `ADT` before `*`. */
function channelOf(integration: Receiving, feed: Feed, type: string): string | undefined {
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

const notApproved: Problem = {
  code: "integration.notApproved",
  text: "Production of this site waits for somebody's approval, so nothing of it is taken.",
  hint: "Look at `trestle promote` and approve what waits, or ask who may.",
  at: "MSH-4",
};

const senderOfNoFeed: Problem = {
  code: "integration.senderOfNoFeed",
  text: "A hub takes no message of this sending facility (MSH-4) for this site.",
  hint: "Add the facility to a feed in the site's site.yaml, or name the site that it belongs to.",
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
