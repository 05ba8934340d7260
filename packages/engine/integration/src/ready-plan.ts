import type { Clock } from "@trestle/base";
import type { Processing } from "@trestle/channels/process";
import {
  type Mapper,
  type MappingSite,
  type Transform,
  createMapper,
  mapperWith,
} from "@trestle/mapping";
import type { ProcessingPlan } from "./processing-plan.ts";
import { mappingSiteOf } from "./site-mapper.ts";

/** Makes ready what a plan describes; once for a revision, for it takes some time. */
export function processingOf(
  plan: ProcessingPlan,
  { clock, transforms }: { clock: Clock; transforms: ReadonlyMap<string, Transform> },
): Processing {
  const sites = new Map<string, MappingSite>(
    plan.sites.map((site) => [site.id, mappingSiteOf(site)]),
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

/** One mapper for each site and channel: transforms are of both. */
function mapperFinder(
  { sites, channels }: ProcessingPlan,
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
