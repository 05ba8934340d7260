import type { RouteTo } from "@trestle/channels/process";
import type { MessageLimits } from "@trestle/hl7v2";
import type { Integration, Site } from "./integration.ts";
import type { CodeRow, Overlay } from "@trestle/mapping";

/** What processing needs to know of one revision, as plain values that can go to another thread. */
export interface ProcessingPlan {
  readonly revision: string;
  /** Where the files under transforms/ are. */
  readonly directory: string;
  /** Their names. */
  readonly transforms: readonly string[];
  readonly sites: readonly SitePlan[];
  readonly channels: ReadonlyMap<string, ChannelPlan>;
  /** What a message may have at most. */
  readonly limits: MessageLimits;
}

interface SitePlan {
  readonly id: string;
  readonly timeZone: string;
  /** Its own rows; those of the product are read where they are needed. */
  readonly tables: ReadonlyMap<string, readonly CodeRow[]>;
  readonly overlay: Overlay;
  readonly transforms: readonly string[];
}

interface ChannelPlan {
  readonly routes: readonly RouteTo[];
  readonly transforms: readonly string[];
}

export function planOf(integration: Integration): ProcessingPlan {
  const { revision, directory, transforms, sites, channels, settings } = integration;
  return {
    revision,
    directory,
    transforms: [...transforms.keys()],
    sites: [...sites.values()].map(sitePlan),
    channels: new Map([...channels].map(([name, channel]) => [name, channelPlan(channel)])),
    limits: settings.messages,
  };
}

function sitePlan({ id, timeZone, tables, overlay, transforms }: Site): SitePlan {
  return { id, timeZone, tables, overlay, transforms };
}

/** A plan on its way to a thread that has another one ready: what both have in common stays away. */
export type PlanChange = Omit<ProcessingPlan, "sites"> & {
  readonly sites: readonly (SitePlan | SameSite)[];
};

/** A site that is the same as in another revision. */
export interface SameSite extends Pick<SitePlan, "id" | "transforms"> {
  readonly sameIn: string;
}

/** A plan without the sites that are as they are in `ready`. */
export function planChange(plan: ProcessingPlan, ready: ProcessingPlan): PlanChange {
  const known = new Map(ready.sites.map((site) => [site.id, site]));
  return {
    ...plan,
    sites: plan.sites.map((site) => {
      const { id, transforms } = site;
      return isSame(site, known.get(id)) ? { id, transforms, sameIn: ready.revision } : site;
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
    [...site.tables].every(([name, rows]) => other.tables.get(name) === rows)
  );
}

function channelPlan({ routes, transforms }: ChannelPlan): ChannelPlan {
  return { routes, transforms };
}
