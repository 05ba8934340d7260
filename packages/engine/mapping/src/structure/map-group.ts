import { build } from "../rows/build.ts";
import type { ResourceMap } from "../rows/define-map.ts";
import type { Built, Draft } from "../rows/draft.ts";
import { fill } from "../rows/fill.ts";
import { Scope } from "../rows/scope.ts";
import type { Group } from "./group.ts";
import { plans } from "./plan.ts";

/** Builds what a group makes and, in between, what the groups inside it make. */
export function mapGroup(draft: Draft, group: Group, around?: Scope): void {
  const scope = new Scope(draft, group, around);
  const { first, last } = plans[group.name];
  const built = first.map((map) => buildIn(scope, map));
  for (const inner of group.groups) mapGroup(draft, inner, scope);
  for (const [index, map] of first.entries()) {
    const { resource } = built[index] ?? {};
    if (resource !== undefined) fill(resource, draft.mapFor(map).closing, { scope });
  }
  for (const map of last) buildIn(scope, map);
}

function buildIn(scope: Scope, map: ResourceMap): Built | undefined {
  const built = build(map, { scope, part: undefined, lookup: undefined });
  if (built !== undefined) scope.remember(map.name, built.reference);
  return built;
}
