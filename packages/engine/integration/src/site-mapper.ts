import {
  type Mapper,
  type NamedTransform,
  type Transform,
  transformedMapper,
} from "@trestle/mapping";
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

/** A mapper with the transforms of these names around it, in their order. */
export function mapperWith(
  mapper: Mapper,
  {
    channel,
    names,
    transforms,
  }: {
    channel: string;
    names: readonly string[];
    transforms: ReadonlyMap<string, Transform>;
  },
): Mapper {
  const named = names.flatMap((name): NamedTransform[] => {
    const transform = transforms.get(name);
    return transform === undefined ? [] : [{ name, transform }];
  });
  return transformedMapper(mapper, { channel, transforms: named });
}
