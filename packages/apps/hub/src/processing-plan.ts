import type { Clock } from "@trestle/base";
import type { Processing, RouteTo } from "@trestle/channels/process";
import type { Integration, Site } from "@trestle/integration";
import {
  type CodeRow,
  type Mapper,
  type MappingSite,
  type Overlay,
  type Transform,
  codeTables,
  createMapper,
  mapperWith,
  siteMaps,
} from "@trestle/mapping";

/** What processing needs to know of one revision, as plain values that can go to another thread. */
export interface ProcessingPlan {
  readonly revision: string;
  /** Where the files under transforms/ are. */
  readonly directory: string;
  /** Their names. */
  readonly transforms: readonly string[];
  readonly sites: readonly SitePlan[];
  readonly channels: ReadonlyMap<string, ChannelPlan>;
}

interface SitePlan {
  readonly id: string;
  readonly timeZone: string;
  readonly tables: ReadonlyMap<string, readonly CodeRow[]>;
  readonly overlay: Overlay;
  readonly transforms: readonly string[];
}

interface ChannelPlan {
  readonly routes: readonly RouteTo[];
  readonly transforms: readonly string[];
}

export function planOf(integration: Integration): ProcessingPlan {
  const { revision, directory, transforms, sites, channels } = integration;
  return {
    revision,
    directory,
    transforms: [...transforms.keys()],
    sites: [...sites.values()].map(sitePlan),
    channels: new Map([...channels].map(([name, channel]) => [name, channelPlan(channel)])),
  };
}

/** Makes ready what a plan describes; once for a revision, for it takes some time. */
export function processingOf(
  plan: ProcessingPlan,
  { clock, transforms }: { clock: Clock; transforms: ReadonlyMap<string, Transform> },
): Processing {
  const sites = new Map<string, MappingSite>(
    plan.sites.map(({ id, timeZone, tables, overlay }) => [
      id,
      { id, timeZone, tables: codeTables(tables), maps: siteMaps(overlay) },
    ]),
  );
  return {
    revision: plan.revision,
    clock,
    mapperFor: mapperFinder(plan, transforms),
    siteOf: (id) => sites.get(id),
    routesOf: (channel) => plan.channels.get(channel)?.routes ?? [],
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

function sitePlan({ id, timeZone, tables, overlay, transforms }: Site): SitePlan {
  const rows = new Map(tables.names.map((name) => [name, tables.rows(name)]));
  return { id, timeZone, tables: rows, overlay, transforms };
}

function channelPlan({ routes, transforms }: ChannelPlan): ChannelPlan {
  return { routes, transforms };
}
