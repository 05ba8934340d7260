import type { ChannelSettings, DestinationSettings } from "@trestle/channels";
import type { ConfigProblem } from "@trestle/config";
import { distance } from "fastest-levenshtein";
import type { Settings } from "./settings.ts";
import type { SiteSettings } from "./site-settings.ts";

/** What the files of a folder say, each read for itself. */
export interface Parts {
  readonly settings: Settings | undefined;
  readonly channels: ReadonlyMap<string, ChannelSettings>;
  readonly destinations: ReadonlyMap<string, DestinationSettings>;
  readonly sites: ReadonlyMap<string, SiteSettings>;
}

/** A problem between files; the place is found by looking for `needle` in the file's text. */
export interface CrossProblem extends Omit<ConfigProblem, "line" | "column"> {
  readonly needle: string;
}

/** Checks what no file can check alone: names that others define, senders that must differ. */
export function crossCheck(parts: Parts): CrossProblem[] {
  return [
    ...[...parts.channels].flatMap(([name, channel]) => checkChannel(parts, name, channel)),
    ...[...parts.sites].flatMap(([id, site]) => checkSite(parts, id, site)),
    ...checkSenders(parts),
    ...unused(parts),
  ];
}

function checkChannel(parts: Parts, name: string, channel: ChannelSettings): CrossProblem[] {
  const file = `channels/${name}.yaml`;
  const { listener } = channel.source;
  return [
    ...unknown({
      file,
      what: "listener",
      name: listener,
      known: listenersOf(parts),
      of: "trestle.yaml",
    }),
    ...channel.routes.flatMap(({ to }) =>
      unknown({
        file,
        what: "destination",
        name: to,
        known: [...parts.destinations.keys()],
        of: "destinations/",
      }),
    ),
  ];
}

function checkSite(parts: Parts, id: string, site: SiteSettings): CrossProblem[] {
  const file = `sites/${id}/site.yaml`;
  return feedsOf(site).flatMap((feed) => [
    ...unknown({
      file,
      what: "listener",
      name: feed.listener,
      known: listenersOf(parts),
      of: "trestle.yaml",
    }),
    ...feed.channels.flatMap((name) => [
      ...unknown({
        file,
        what: "channel",
        name,
        known: [...parts.channels.keys()],
        of: "channels/",
      }),
      ...otherListener(parts, { file, name, listener: feed.listener }),
    ]),
  ]);
}

function otherListener(
  parts: Parts,
  { file, name, listener }: { file: string; name: string; listener: string },
): CrossProblem[] {
  const listens = parts.channels.get(name)?.source.listener;
  if (listens === undefined || listens === listener) return [];
  return [
    {
      file,
      needle: name,
      code: "integration.otherListener",
      text: `Channel “${name}” listens on “${listens}”, this feed comes in on “${listener}”.`,
      hint: "Name the same listener in both.",
    },
  ];
}

/** Two feeds on one listener must be told apart by MSH-4. */
function checkSenders(parts: Parts): CrossProblem[] {
  const seen = new Map<string, string>();
  const problems: CrossProblem[] = [];
  for (const [id, site] of parts.sites) {
    for (const { listener, sendingFacilities } of feedsOf(site)) {
      for (const facility of sendingFacilities.length === 0 ? [""] : sendingFacilities) {
        const key = `${listener} ${facility}`;
        const other = seen.get(key);
        if (other !== undefined) problems.push(sameSender(id, other, { listener, facility }));
        seen.set(key, id);
      }
    }
  }
  return problems;
}

function sameSender(
  id: string,
  other: string,
  { listener, facility }: { listener: string; facility: string },
): CrossProblem {
  const meant = facility === "" ? "every sender" : `sending facility “${facility}”`;
  return {
    file: `sites/${id}/site.yaml`,
    needle: facility === "" ? listener : facility,
    code: "integration.sameSender",
    text: `Here and at “${other}” ${meant} on “${listener}” is meant, so nobody can tell them apart.`,
    hint: "Give each feed its own sendingFacilities, or a listener of its own.",
  };
}

function unused(parts: Parts): CrossProblem[] {
  const used = new Set(
    [...parts.sites.values()].flatMap((site) => feedsOf(site).flatMap(({ channels }) => channels)),
  );
  return [...parts.channels.keys()]
    .filter((name) => !used.has(name))
    .map((name) => ({
      file: `channels/${name}.yaml`,
      needle: "",
      code: "integration.unusedChannel",
      text: "No feed of any site names this channel, so nothing would ever come in.",
      hint: "Name it under `channels` of a feed in sites/NAME/site.yaml, or remove the file.",
    }));
}

function unknown(options: {
  file: string;
  what: string;
  name: string;
  known: readonly string[];
  of: string;
}): CrossProblem[] {
  const { file, what, name, known, of } = options;
  if (known.includes(name)) return [];
  const [nearest] = known.toSorted((a, b) => distance(a, name) - distance(b, name));
  return [
    {
      file,
      needle: name,
      code: `integration.unknown${what.charAt(0).toUpperCase()}${what.slice(1)}`,
      text: `There is no ${what} “${name}”.`,
      hint:
        nearest === undefined
          ? `Add one to ${of}.`
          : `Did you mean “${nearest}”? They are defined in ${of}.`,
    },
  ];
}

function feedsOf(site: SiteSettings) {
  const { nonproduction, production } = site.environments;
  return [...(nonproduction?.feeds ?? []), ...(production?.feeds ?? [])];
}

function listenersOf(parts: Parts): string[] {
  return Object.keys(parts.settings?.listeners ?? {});
}
