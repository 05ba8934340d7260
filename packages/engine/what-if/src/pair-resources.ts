import type { Bundle, BundleEntry } from "@trestle/fhir";
import { pairItems } from "./pair-items.ts";

/** A resource of a bundle, and where it stands there. */
export interface Standing {
  readonly index: number;
  readonly fullUrl: string;
  readonly resource: NonNullable<BundleEntry["resource"]>;
}

/** Which resources of two bundles are the same one. */
export interface PairedResources {
  readonly pairs: readonly (readonly [one: Standing, other: Standing])[];
  readonly removed: readonly Standing[];
  readonly added: readonly Standing[];
  /** The address that a resource has in the second bundle, by the one that it had in the first. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * By their address, which is made of what identifies them. What is left is paired by type: in its
 * order where there are as many, else those with most in common.
 */
export function pairResources(one: Bundle, other: Bundle): PairedResources {
  const [ones, others] = [standingsIn(one), standingsIn(other)];
  const byUrl = new Map(others.map((standing) => [standing.fullUrl, standing]));
  const pairs: (readonly [Standing, Standing])[] = [];
  const left: Standing[] = [];
  for (const standing of ones) {
    const partner = byUrl.get(standing.fullUrl);
    if (partner?.resource.resourceType === standing.resource.resourceType) {
      pairs.push([standing, partner]);
      byUrl.delete(standing.fullUrl);
    } else left.push(standing);
  }
  const more = pairByType(left, [...byUrl.values()]);
  return {
    pairs: [...pairs, ...more.pairs],
    removed: more.removed,
    added: more.added,
    renamed: new Map(more.pairs.map(([before, after]) => [before.fullUrl, after.fullUrl])),
  };
}

function standingsIn({ entry = [] }: Bundle): readonly Standing[] {
  return entry.flatMap(({ fullUrl = "", resource }, index) =>
    resource === undefined ? [] : [{ index, fullUrl, resource }],
  );
}

function pairByType(
  lefts: readonly Standing[],
  rights: readonly Standing[],
): Omit<PairedResources, "renamed"> {
  const typeOf = ({ resource }: Standing) => resource.resourceType;
  const rightsOf = Map.groupBy(rights, typeOf);
  const pairs: (readonly [Standing, Standing])[] = [];
  for (const [type, ones] of Map.groupBy(lefts, typeOf)) {
    pairs.push(...pairOfOneType(ones, rightsOf.get(type) ?? []));
  }
  const taken = new Set(pairs.flat());
  return {
    pairs,
    removed: lefts.filter((each) => !taken.has(each)),
    added: rights.filter((each) => !taken.has(each)),
  };
}

function pairOfOneType(
  ones: readonly Standing[],
  others: readonly Standing[],
): readonly (readonly [Standing, Standing])[] {
  const resourcesOf = (all: readonly Standing[]) => all.map(({ resource }) => resource);
  const pairs: readonly (readonly [number | undefined, number | undefined])[] =
    ones.length === others.length
      ? ones.map((_, index) => [index, index])
      : pairItems(resourcesOf(ones), resourcesOf(others)).pairs;
  return pairs.flatMap(([one, other]) => {
    const [left, right] = [ones[one ?? -1], others[other ?? -1]];
    return left === undefined || right === undefined ? [] : [[left, right] as const];
  });
}
