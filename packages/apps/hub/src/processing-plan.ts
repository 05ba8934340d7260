import type { Clock } from "@trestle/base";
import type { Processing, RouteTo } from "@trestle/channels/process";
import type { Integration, Site } from "@trestle/integration";
import { type CodeRow, type MappingSite, codeTables, createMapper } from "@trestle/mapping";

/** What processing needs to know of one revision, as plain values that can go to another thread. */
export interface ProcessingPlan {
  readonly revision: string;
  readonly sites: readonly SitePlan[];
  /** By channel. */
  readonly routes: ReadonlyMap<string, readonly RouteTo[]>;
}

interface SitePlan {
  readonly id: string;
  readonly timeZone: string;
  readonly tables: ReadonlyMap<string, readonly CodeRow[]>;
}

export function planOf({ revision, sites, channels }: Integration): ProcessingPlan {
  return {
    revision,
    sites: [...sites.values()].map(sitePlan),
    routes: new Map([...channels].map(([name, { routes }]) => [name, routes])),
  };
}

/** Makes ready what a plan describes; once for a revision, for it takes some time. */
export function processingOf(
  { revision, sites, routes }: ProcessingPlan,
  clock: Clock,
): Processing {
  const byId = new Map<string, MappingSite>(
    sites.map(({ id, timeZone, tables }) => [id, { id, timeZone, tables: codeTables(tables) }]),
  );
  return {
    revision,
    clock,
    mapper: createMapper(),
    siteOf: (id) => byId.get(id),
    routesOf: (channel) => routes.get(channel) ?? [],
  };
}

function sitePlan({ id, timeZone, tables }: Site): SitePlan {
  return { id, timeZone, tables: new Map(tables.names.map((name) => [name, tables.rows(name)])) };
}
