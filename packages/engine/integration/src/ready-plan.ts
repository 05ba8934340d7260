import type { Clock } from "@trestle/base";
import type { Processing } from "@trestle/channels/process";
import {
  type Mapper,
  type MappingSite,
  type Transform,
  createMapper,
  mapperWith,
} from "@trestle/mapping";
import type { PlanChange, SameSite } from "./processing-plan.ts";
import { mappingSiteOf } from "./site-mapper.ts";

/** Makes ready what a plan describes; once for a revision, for it takes some time. */
export function processingOf(
  plan: PlanChange,
  { clock, transforms, ready = new Map() }: Surroundings,
): Processing {
  const sites = new Map(
    plan.sites.map((site) => [
      site.id,
      "sameIn" in site ? readySite(site, ready) : mappingSiteOf(site),
    ]),
  );
  return {
    revision: plan.revision,
    clock,
    mapperFor: mapperFinder(plan, transforms),
    siteOf: (id) => sites.get(id),
    routesOf: (channel) => plan.channels.get(channel)?.routes ?? [],
    limits: plan.limits,
  };
}

interface Surroundings {
  readonly clock: Clock;
  readonly transforms: ReadonlyMap<string, Transform>;
  /** By revision: what is ready already, where the plan says that a site is the same there. */
  readonly ready?: ReadonlyMap<string, Processing>;
}

/** @throws {Error} where it is not ready; its messages must not be taken for those of no site. */
function readySite({ id, sameIn }: SameSite, ready: ReadonlyMap<string, Processing>): MappingSite {
  const site = ready.get(sameIn)?.siteOf(id);
  if (site === undefined) throw new Error("a revision that was to be ready is not");
  return site;
}

/** One mapper for each site and channel: transforms are of both. */
function mapperFinder(
  { sites, channels }: PlanChange,
  transforms: ReadonlyMap<string, Transform>,
): Processing["mapperFor"] {
  const base = createMapper();
  const made = new Map<string, Mapper>();
  for (const site of sites) {
    for (const [channel, { transforms: ofChannel }] of channels) {
      const names = [...ofChannel, ...site.transforms];
      made.set(`${site.id} ${channel}`, mapperWith(base, { channel, names, transforms }));
    }
  }
  return ({ site, channel }) => made.get(`${site} ${channel}`) ?? base;
}
