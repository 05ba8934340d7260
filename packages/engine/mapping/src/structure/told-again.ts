import type { Segment } from "@trestle/hl7v2";
import type { ResourceMap } from "../rows/define-map.ts";
import type { Built, Draft } from "../rows/draft.ts";
import { warnings } from "../warnings.ts";
import type { Group } from "./group.ts";

/** A resource and the map that it was made by, or met again by. */
interface Made {
  readonly map: ResourceMap;
  readonly built: Built;
}

/**
 * Warns of a group that tells of nothing but what an earlier one of the message told of, and says
 * something else of it: the first counts, and of the second no more than what identifies it is added.
 */
export function warnOfRepeat(draft: Draft, group: Group, made: readonly Made[]): void {
  const makers = made.map(({ built }) => draft.makerOf(built.resource.id, group) as Group);
  const [earlier] = makers;
  const [first] = made;
  if (first === undefined || earlier === undefined || makers.includes(group)) return;
  const isAdded = made.some(({ map }) => map.definition.adds !== undefined);
  if (isAdded || earlier.name !== group.name || saysNoMore(group, earlier)) return;
  draft.warn(warnings.toldAgain({ type: first.built.resource.resourceType, at: group.at }));
}

function saysNoMore(again: Group, first: Group): boolean {
  const known = Map.groupBy(first.own, ({ name }) => name);
  return [...Map.groupBy(again.own, ({ name }) => name)].every(([name, segments]) =>
    segments.every((segment, index) => isWithin(segment, known.get(name)?.[index])),
  );
}

/** The first field numbers most segments, and says nothing. */
function isWithin(again: Segment, first: Segment | undefined): boolean {
  if (first === undefined) return false;
  const numbers = Array.from({ length: Math.max(0, again.fieldCount - 1) });
  return numbers.every((_each, index) => {
    const { raw } = again.field(index + 2);
    return raw === "" || raw === first.field(index + 2).raw;
  });
}
