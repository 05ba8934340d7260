import type { Problem } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { type Mapper, type MappingSite, codeTables, mapperWith, siteMaps } from "@trestle/mapping";
import { addressOf, channelAt } from "./find-feed.ts";
import type { Integration, Site } from "./integration.ts";

/** What maps a message, and why a hub would not take it, where it would not. */
export interface SiteMapper extends Mapper {
  /** It is mapped without the transforms of a channel then. */
  readonly notTaken?: Problem;
}

/**
 * The mapper for a message that a site sends, as a hub would map it: with the transforms of channel
 * and site around it. One of them may never end; who maps keeps to the folder's limits.
 *
 * @throws {TrestleError} on `map` and `explain`: `mapping.transformFailed`
 */
export function siteMapper(
  mapper: Mapper,
  { integration, site, message }: { integration: Integration; site: Site; message: Hl7Message },
): SiteMapper {
  const taken = channelAt(integration, site, addressOf(message));
  const channel = taken.ok ? taken.value : "";
  const ofChannel = integration.channels.get(channel)?.transforms ?? [];
  const names = [...ofChannel, ...site.transforms];
  const whole = mapperWith(mapper, { channel, names, transforms: integration.transforms });
  return { ...whole, ...(!taken.ok && { notTaken: taken.problem }) };
}

/** What the mapping must know of a site; made once for a revision, for it takes some time. */
export function mappingSiteOf({
  id,
  timeZone,
  tables,
  unmapped,
  valueSets,
  overlay,
}: Pick<Site, "id" | "timeZone" | "tables" | "unmapped" | "valueSets" | "overlay">): MappingSite {
  const maps = siteMaps(overlay, valueSets);
  return { id, timeZone, tables: codeTables(tables), unmapped, valueSets, maps };
}
