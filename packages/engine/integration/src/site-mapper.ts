import type { Problem } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { type Mapper, type MappingSite, codeTables, mapperWith, siteMaps } from "@trestle/mapping";
import { addressOf, channelAt } from "./find-feed.ts";
import type { Integration, Site } from "./integration.ts";
import { withinTime } from "./io/within-time.ts";

/** What maps a message, and why a hub would not take it, where it would not. */
export interface SiteMapper extends Mapper {
  /** It is mapped without the transforms of a channel then. */
  readonly notTaken?: Problem;
}

/**
 * The mapper for a message that a site sends, as a hub would map it: with the transforms of channel
 * and site around it, and no longer than the folder's `processing.timeoutSeconds`.
 *
 * @throws {TrestleError} on `map` and `explain`: `integration.mappingStopped`,
 * `integration.interrupted`, `mapping.transformFailed`
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
  // The product's own maps always come to an end.
  const notTaken = taken.ok ? {} : { notTaken: taken.problem };
  if (names.length === 0) return { ...whole, ...notTaken };
  const { timeoutSeconds } = integration.settings.processing;
  return {
    ...notTaken,
    map: (...given) => withinTime(timeoutSeconds, () => whole.map(...given)),
    explain: (...given) => withinTime(timeoutSeconds, () => whole.explain(...given)),
  };
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
