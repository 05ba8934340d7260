import type { ChannelSettings } from "@trestle/channels/settings";
import { checkFeeds } from "./check-feeds.ts";
import { checkNames } from "./check-names.ts";
import { checkTables } from "./check-tables.ts";
import { feedsOf } from "./feeds.ts";
import type { FolderMemory } from "./memory.ts";
import type { CrossProblem, Parts } from "./parts.ts";
import { unknownName } from "./unknown-name.ts";

/**
 * Checks what no file can check alone: names that others define, senders that must differ. A file
 * with problems of its own still lends its name, and nothing is concluded from what it might say.
 */
export function crossCheck(
  parts: Parts,
  { memory, alsoUsed }: { readonly memory: FolderMemory; readonly alsoUsed: ReadonlySet<string> },
): CrossProblem[] {
  return [
    ...checkNames(parts),
    ...[...parts.channels].flatMap(([name, channel]) =>
      channel === undefined ? [] : checkChannel(parts, name, channel),
    ),
    ...checkFeeds(parts),
    ...unusedChannels(parts, alsoUsed),
    ...checkTables(parts, memory),
  ];
}

function checkChannel(parts: Parts, name: string, channel: ChannelSettings): CrossProblem[] {
  const file = `channels/${name}.yaml`;
  return [
    ...(parts.settings === undefined
      ? []
      : unknownName({
          at: { file, path: ["source", "listener"] },
          what: "listener",
          name: channel.source.listener,
          known: Object.keys(parts.settings.listeners),
          of: "trestle.yaml",
        })),
    ...channel.routes.flatMap(({ to }, index) =>
      unknownName({
        at: { file, path: ["routes", index, "to"] },
        what: "destination",
        name: to,
        known: parts.destinations.keys(),
        of: "destinations/",
      }),
    ),
  ];
}

function unusedChannels({ channels, sites }: Parts, alsoUsed: ReadonlySet<string>): CrossProblem[] {
  const all = [...sites.values()];
  if (all.includes(undefined)) return [];
  const used = new Set(all.flatMap((site) => feedsOf(site)).flatMap(({ feed }) => feed.channels));
  return [...channels.keys()]
    .filter((name) => !used.has(name) && !alsoUsed.has(name))
    .map((name) => ({
      file: `channels/${name}.yaml`,
      path: [],
      code: "integration.unusedChannel",
      text: "No feed of any site names this channel, so nothing would ever come in.",
      hint: "Name it under `channels` of a feed in sites/NAME/site.yaml, or remove the file.",
    }));
}
