import type { ChannelSettings } from "@trestle/channels/settings";
import { type PlacedFeed, type WithFeeds, feedsOf } from "./feeds.ts";
import type { CrossProblem, Named, Parts } from "./parts.ts";
import { unknownName } from "./unknown-name.ts";

/** What feeds are checked against, and the sites that have them. */
interface FeedParts extends Pick<Parts, "settings"> {
  readonly channels: Named<Pick<ChannelSettings, "accepts" | "source">>;
  readonly sites: Named<WithFeeds>;
}

/** Checks the feeds of all sites: what they name, and whether each message has one channel. */
export function checkFeeds(parts: FeedParts): CrossProblem[] {
  const feeds = [...parts.sites].flatMap(([id, site]) =>
    feedsOf(site).map((placed) => ({ id, file: `sites/${id}/site.yaml`, ...placed })),
  );
  return [
    ...feeds.flatMap((feed) => [
      ...checkListener(parts, feed),
      ...feed.feed.channels.flatMap((_, index) => [
        ...checkChannel(parts, feed, index),
        ...otherListener(parts, feed, index),
      ]),
      ...takenTwice(parts, feed),
    ]),
    ...sameSenders(feeds),
  ];
}

interface FiledFeed extends PlacedFeed {
  readonly id: string;
  readonly file: string;
}

function checkListener({ settings }: FeedParts, { feed, file, path }: FiledFeed): CrossProblem[] {
  if (settings === undefined) return [];
  return unknownName({
    at: { file, path: [...path, "listener"] },
    what: "listener",
    name: feed.listener,
    known: Object.keys(settings.listeners),
    of: "trestle.yaml",
  });
}

function checkChannel(
  { channels }: FeedParts,
  { feed, file, path }: FiledFeed,
  index: number,
): CrossProblem[] {
  return unknownName({
    at: { file, path: [...path, "channels", index] },
    what: "channel",
    name: feed.channels[index] ?? "",
    known: channels.keys(),
    of: "channels/",
  });
}

/** Said only where both are listeners: a name that nothing defines is a problem already. */
function otherListener(
  { channels, settings }: FeedParts,
  { feed, file, path }: FiledFeed,
  index: number,
): CrossProblem[] {
  const name = feed.channels[index] ?? "";
  const listens = channels.get(name)?.source.listener;
  if (listens === undefined || listens === feed.listener) return [];
  if (![listens, feed.listener].every((one) => settings?.listeners[one] !== undefined)) return [];
  return [
    {
      file,
      path: [...path, "channels", index],
      code: "integration.otherListener",
      text: `Channel “${name}” listens on “${listens}”, this feed comes in on “${feed.listener}”.`,
      hint: "Name the same listener in both.",
    },
  ];
}

/** A type that two channels of a feed accept would only ever reach the first. */
function takenTwice({ channels }: FeedParts, { feed, file, path }: FiledFeed): CrossProblem[] {
  const takers = new Map<string, string>();
  const problems: CrossProblem[] = [];
  for (const [index, name] of feed.channels.entries()) {
    for (const type of channels.get(name)?.accepts ?? []) {
      const first = takers.get(type);
      if (first === undefined) takers.set(type, name);
      else {
        problems.push({
          file,
          path: [...path, "channels", index],
          code: "integration.takenTwice",
          text: `Channels “${first}” and “${name}” of this feed both accept ${type}.`,
          hint: "Only the first would get it. Remove the type, or the channel, from one of them.",
        });
      }
    }
  }
  return problems;
}

/** Two feeds on one listener must be told apart by MSH-4. */
function sameSenders(feeds: readonly FiledFeed[]): CrossProblem[] {
  const seen = new Map<string, string>();
  return feeds.flatMap(({ id, file, feed, path }) => {
    const { listener, sendingFacilities: names } = feed;
    const facilities = names.length === 0 ? [undefined] : names;
    return facilities.flatMap((facility, index) => {
      const key = JSON.stringify([listener, facility]);
      const other = seen.get(key);
      seen.set(key, id);
      if (other === undefined) return [];
      const part = facility === undefined ? ["listener"] : ["sendingFacilities", index];
      return [{ file, path: [...path, ...part], ...sameSender(other, listener, facility) }];
    });
  });
}

function sameSender(other: string, listener: string, facility: string | undefined) {
  const meant = facility === undefined ? "every sender" : `sending facility “${facility}”`;
  return {
    code: "integration.sameSender",
    text: `Here and at “${other}” ${meant} on “${listener}” is meant, so nobody can tell them apart.`,
    hint: "Give each feed its own sendingFacilities, or a listener of its own.",
  };
}
