import { type Mapper, type MappingSite, codeTables, mapperWith, siteMaps } from "@trestle/mapping";
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

/** What the mapping must know of a site; made once for a revision, for it takes some time. */
export function mappingSiteOf({
  id,
  timeZone,
  tables,
  overlay,
}: Pick<Site, "id" | "timeZone" | "tables" | "overlay">): MappingSite {
  return { id, timeZone, tables: codeTables(tables), maps: siteMaps(overlay) };
}
