import { type Mapper, mapperWith } from "@trestle/mapping";
import { channelOf } from "./find-feed.ts";
import type { Integration, Site } from "./integration.ts";

/** The mapper for what a site sends in a type of message: with the transforms of both around it. */
export function siteMapper(
  mapper: Mapper,
  { integration, site, type }: { integration: Integration; site: Site; type: string },
): Mapper {
  const [channel = ""] = site.feeds.flatMap((feed) => channelOf(integration, feed, type) ?? []);
  const ofChannel = integration.channels.get(channel)?.transforms ?? [];
  const names = [...ofChannel, ...site.transforms];
  return mapperWith(mapper, { channel, names, transforms: integration.transforms });
}
