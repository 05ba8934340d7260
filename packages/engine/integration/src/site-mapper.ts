import type { Hl7Message } from "@trestle/hl7v2";
import { type Mapper, type MappingSite, codeTables, mapperWith, siteMaps } from "@trestle/mapping";
import { channelOf } from "./find-feed.ts";
import type { Integration, Site } from "./integration.ts";
import { withinTime } from "./io/within-time.ts";

/**
 * The mapper for a message that a site sends, as a hub would map it: with the transforms of channel
 * and site around it, and no longer than the folder's `processing.timeoutSeconds`.
 *
 * @throws {TrestleError} on `map` and `explain`: `integration.mappingStopped`, `mapping.transformFailed`
 */
export function siteMapper(
  mapper: Mapper,
  { integration, site, message }: { integration: Integration; site: Site; message: Hl7Message },
): Mapper {
  const channel = channelAt(integration, site, message);
  const ofChannel = integration.channels.get(channel)?.transforms ?? [];
  const names = [...ofChannel, ...site.transforms];
  const whole = mapperWith(mapper, { channel, names, transforms: integration.transforms });
  // The product's own maps always come to an end.
  if (names.length === 0) return whole;
  const { timeoutSeconds } = integration.settings.processing;
  return {
    map: (...given) => withinTime(timeoutSeconds, () => whole.map(...given)),
    explain: (...given) => withinTime(timeoutSeconds, () => whole.explain(...given)),
  };
}

/**
 * The channel that takes the message. The feed whose sending facilities have its MSH-4 comes first,
 * then those that take every sender. The message need not have come in on a listener, so one that
 * names none of them is meant for any.
 */
function channelAt(integration: Integration, { feeds }: Site, message: Hl7Message): string {
  const facility = message.get("MSH-4") ?? "";
  const named = feeds.filter(({ sendingFacilities: all }) => all.includes(facility));
  const open = feeds.filter(({ sendingFacilities: all }) => all.length === 0);
  const [channel = ""] = [...named, ...open, ...feeds].flatMap(
    (feed) => channelOf(integration, feed, message.type) ?? [],
  );
  return channel;
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
