import { build } from "../rows/build.ts";
import type { ResourceMap } from "../rows/define-map.ts";
import type { Built, Draft } from "../rows/draft.ts";
import { fill } from "../rows/fill.ts";
import { Scope } from "../rows/scope.ts";
import type { Group } from "./group.ts";
import { nestResults } from "./nest-results.ts";
import { plans } from "./plan.ts";
import { warnOfRepeat } from "./told-again.ts";

/** Builds what a group makes and, in between, what the groups inside it make. */
export function mapGroup(draft: Draft, group: Group, around?: Scope): void {
  const scope = new Scope(draft, group, around);
  const { first, last, isKnownAround } = plans[group.name];
  const maker: Maker = { scope, around: isKnownAround === true ? around : undefined };
  const built = first.map((map) => buildIn(maker, map));
  warnOfRepeat(
    draft,
    group,
    built.filter((each) => each !== undefined),
  );
  for (const inner of inOrder(group)) mapGroup(draft, inner, scope);
  for (const [index, map] of first.entries()) {
    const { resource } = built[index] ?? {};
    if (resource !== undefined) fill(resource, draft.mapFor(map).closing, { scope });
  }
  for (const map of last) buildIn(maker, map);
  if (group.name === "patient") nestResults(draft, group);
}

interface Maker {
  readonly scope: Scope;
  /** Where groups beside this one look for what it makes. */
  readonly around: Scope | undefined;
}

function buildIn({ scope, around }: Maker, map: ResourceMap): Built | undefined {
  const built = build(map, { scope, part: undefined, lookup: undefined });
  if (built === undefined) return undefined;
  scope.remember(map.name, built.reference);
  around?.remember(map.name, built.reference);
  scope.group.made.push(built);
  return built;
}

/** A specimen stands behind the results that refer to it, and is made before them. */
function inOrder({ groups }: Group): readonly Group[] {
  const isFirst = ({ name }: Group) => plans[name].isKnownAround === true;
  return [...groups.filter(isFirst), ...groups.filter((group) => !isFirst(group))];
}
