import { build } from "../rows/build.ts";
import type { Built, Draft } from "../rows/draft.ts";
import { fill } from "../rows/fill.ts";
import { Scope } from "../rows/scope.ts";
import type { ResourceMap } from "../rows/define-map.ts";
import type { Group } from "./group.ts";
import { plans } from "./plan.ts";

/** Builds what a group makes and, in between, what the groups inside it make. */
export function mapGroup(draft: Draft, group: Group, around?: Scope): void {
  const scope = new Scope(draft, group, around);
  const plan = plans[group.name];
  const built = plan.first.flatMap((map) => buildIn(scope, map));
  for (const inner of group.groups) mapGroup(draft, inner, scope);
  for (const { map, resource } of built) fill(resource, map.closing, { scope });
  for (const map of plan.last) buildIn(scope, map);
}

function buildIn(scope: Scope, base: ResourceMap): (Built & { readonly map: ResourceMap })[] {
  const map = scope.draft.mapFor(base);
  const built = build(map, { scope });
  if (built === undefined) return [];
  scope.remember(map.name, built.reference);
  return [{ ...built, map }];
}
