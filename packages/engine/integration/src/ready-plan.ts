import type { Clock } from "@trestle/base";
import type { Processing } from "@trestle/channels/process";
import {
  type Mapper,
  type MappingSite,
  type Transform,
  createMapper,
  mapperWith,
} from "@trestle/mapping";
import { isOfProduction, productionRevision } from "./production-revision.ts";
import type { PlanChange, SameSite } from "./processing-plan.ts";
import { mappingSiteOf } from "./site-mapper.ts";

/** A plan made ready. */
export interface ReadyPlan {
  readonly plan: Pick<PlanChange, "id" | "revision">;
  /** Of test environments, and of production where nobody demands approval. */
  readonly processing: Processing;
  /** Of production as it was approved, by site. */
  readonly production: ReadonlyMap<string, Processing>;
}

/** Makes ready what a plan describes; once for a plan, for it takes some time. */
export function readyPlan(
  plan: PlanChange,
  { ready = new Map(), siteFor = mappingSiteOf, ...surroundings }: Surroundings,
): ReadyPlan {
  const sites = new Map(
    plan.sites.map((site) => [
      site.id,
      "sameIn" in site ? readySite(site, ready.get(site.sameIn)?.processing) : siteFor(site),
    ]),
  );
  const processing = processingWith(plan, sites, surroundings);
  const production = plan.production.map((site): [string, Processing] => {
    const { id, approved } = site;
    const made =
      "sameIn" in site
        ? readySite(site, ready.get(site.sameIn)?.production.get(id))
        : siteFor(site);
    const revision = productionRevision(plan.revision, approved);
    const alone = { ...plan, revision, sites: [site] };
    return [id, processingWith(alone, new Map([[id, made]]), surroundings)];
  });
  return { plan, processing, production: new Map(production) };
}

/**
 * What processes an entry: the plan that received it where it is ready, else the one in force.
 *
 * @param isAnew The one in force then, whichever received it.
 */
export function processingFor(
  { revision, site }: { readonly revision: string; readonly site: string },
  plans: { ready: Iterable<ReadyPlan>; inForce: ReadyPlan | undefined; isAnew?: boolean },
): Processing | undefined {
  const { ready, inForce, isAnew = false } = plans;
  const isProduction = isOfProduction(revision);
  const of = (plan: ReadyPlan | undefined) =>
    (isProduction ? plan?.production.get(site) : undefined) ?? plan?.processing;
  const own = isAnew ? [] : [...ready].map(of).filter((one) => one?.revision === revision);
  return own.at(-1) ?? of(inForce);
}

interface Surroundings {
  readonly clock: Clock;
  readonly transforms: ReadonlyMap<string, Transform>;
  /** By the plan's id: what is ready already, where a site is the same there. */
  readonly ready?: ReadonlyMap<string, ReadyPlan>;
  /** Makes a site that is not ready; as `mappingSiteOf` where left out. */
  readonly siteFor?: typeof mappingSiteOf;
}

function processingWith(
  plan: Pick<PlanChange, "revision" | "sites" | "channels" | "limits">,
  sites: ReadonlyMap<string, MappingSite>,
  { clock, transforms }: Surroundings,
): Processing {
  return {
    revision: plan.revision,
    clock,
    mapperFor: mapperFinder(plan, transforms),
    siteOf: (id) => sites.get(id),
    routesOf: (channel) => plan.channels.get(channel)?.routes ?? [],
    limits: plan.limits,
  };
}

/** @throws {Error} where it is not ready; its messages must not be taken for those of no site. */
function readySite({ id }: Pick<SameSite, "id">, ready: Processing | undefined): MappingSite {
  const site = ready?.siteOf(id);
  if (site === undefined) throw new Error("a plan that was to be ready is not");
  return site;
}

/** One mapper for each site and channel: transforms are of both. */
function mapperFinder(
  { sites, channels }: Pick<PlanChange, "sites" | "channels">,
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
