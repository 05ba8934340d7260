import { isDeepStrictEqual } from "node:util";
import type { RouteTo } from "@trestle/channels/process";
import type { MessageLimits } from "@trestle/hl7v2";
import type { Integration, Site } from "./integration.ts";
import { isOfProduction, productionRevision } from "./production-revision.ts";
import type { CodeRow, Overlay, UnmappedPolicies, ValueSets } from "@trestle/mapping";

/** What processing needs to know of one revision, as plain values that can go to another thread. */
export interface ProcessingPlan {
  /** Tells it from every other plan. One revision has several where production is approved bit by bit. */
  readonly id: string;
  /** Of what both environments share, and of test environments. */
  readonly revision: string;
  /** Where the files under transforms/ are. */
  readonly directory: string;
  /** Their names. */
  readonly transforms: readonly string[];
  readonly sites: readonly SitePlan[];
  /** Sites of which production is other than `sites`, or may be: as it was approved. */
  readonly production: readonly ProductionPlan[];
  readonly channels: ReadonlyMap<string, ChannelPlan>;
  /** What a message may have at most. */
  readonly limits: MessageLimits;
}

interface SitePlan {
  readonly id: string;
  readonly timeZone: string;
  /** Its own rows; those of the product are read where they are needed. */
  readonly tables: ReadonlyMap<string, readonly CodeRow[]>;
  readonly unmapped: UnmappedPolicies;
  readonly valueSets: ValueSets;
  readonly overlay: Overlay;
  readonly transforms: readonly string[];
}

/** What production of a site does. */
export interface ProductionPlan extends SitePlan {
  readonly approved: string;
}

interface ChannelPlan {
  readonly routes: readonly RouteTo[];
  readonly transforms: readonly string[];
}

export function planOf(integration: Integration): ProcessingPlan {
  const { revision, directory, transforms, sites, channels, settings } = integration;
  const all = [...sites.values()];
  const production = all.flatMap((site) => productionPlan(site) ?? []);
  return {
    id: [revision, ...production.map((site) => `${site.id}=${site.approved}`)].join(" "),
    revision,
    production,
    directory,
    transforms: [...transforms.keys()],
    sites: all.map(sitePlan),
    channels: new Map([...channels].map(([name, channel]) => [name, channelPlan(channel)])),
    limits: settings.messages,
  };
}

function productionPlan({ production }: Site): ProductionPlan | undefined {
  return production && { ...sitePlan(production), approved: production.revision };
}

type Planned = Pick<Site, keyof SitePlan>;

function sitePlan(site: Planned): SitePlan {
  const { id, timeZone, tables, unmapped, valueSets, overlay, transforms } = site;
  return { id, timeZone, tables, unmapped, valueSets, overlay, transforms };
}

/** The revision by which a plan processes an entry. */
export function revisionOf(
  { revision, production }: ProcessingPlan,
  entry: { readonly revision: string; readonly site: string },
): string {
  const site = production.find(({ id }) => id === entry.site);
  if (site === undefined || !isOfProduction(entry.revision)) return revision;
  return productionRevision(revision, site.approved);
}

/** A plan on its way to a thread that has another one ready: what both have in common stays away. */
export type PlanChange = Omit<ProcessingPlan, "sites" | "production"> & {
  readonly sites: readonly (SitePlan | SameSite)[];
  readonly production: readonly (ProductionPlan | (SameSite & { readonly approved: string }))[];
};

/** A site that is the same as in another plan. */
export interface SameSite extends Pick<SitePlan, "id" | "transforms"> {
  /** The id of the plan. */
  readonly sameIn: string;
}

/** A plan without the sites that are as they are in `ready`. */
export function planChange(plan: ProcessingPlan, ready: ProcessingPlan): PlanChange {
  const known = new Map(ready.sites.map((site) => [site.id, site]));
  const approved = new Map(ready.production.map((site) => [site.id, site]));
  const sameIn = ready.id;
  return {
    ...plan,
    sites: plan.sites.map((site) => {
      const { id, transforms } = site;
      return isSame(site, known.get(id)) ? { id, transforms, sameIn } : site;
    }),
    production: plan.production.map((site) => {
      const { id, transforms, approved: revision } = site;
      const isKept = isSame(site, approved.get(id));
      return isKept ? { id, transforms, sameIn, approved: revision } : site;
    }),
  };
}

/** What was read of the same file text is the very same, so nothing is compared row by row. */
function isSame(site: SitePlan, other: SitePlan | undefined): boolean {
  return (
    other !== undefined &&
    site.timeZone === other.timeZone &&
    site.overlay === other.overlay &&
    site.tables.size === other.tables.size &&
    [...site.tables].every(([name, rows]) => other.tables.get(name) === rows) &&
    isDeepStrictEqual(site.unmapped, other.unmapped) &&
    isDeepStrictEqual(site.valueSets, other.valueSets)
  );
}

function channelPlan({ routes, transforms }: ChannelPlan): ChannelPlan {
  return { routes, transforms };
}
