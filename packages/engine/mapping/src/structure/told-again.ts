import type { Segment } from "@trestle/hl7v2";
import type { Built, Draft } from "../rows/draft.ts";
import { warnings } from "../warnings.ts";
import type { Group } from "./group.ts";
import type { GroupName } from "./group-kinds.ts";

/**
 * Warns of a specimen, order or diagnosis that the message told of before, and says something else
 * of now: the first counts, and of the second no more than what identifies it is added. Of what is
 * told of otherwise, such as somebody in two roles, each mention has its place.
 */
export function warnOfRepeat(draft: Draft, group: Group, built: readonly Built[]): void {
  const told = toldOnce[group.name];
  const makers = built.map(({ resource }) => draft.makerOf(resource.id, group) as Group);
  const [earlier] = makers;
  const [first] = built;
  if (told === undefined || first === undefined || earlier === undefined) return;
  if (makers.includes(group) || earlier.name !== group.name) return;
  if (saysNoMore(group, earlier, told)) return;
  draft.warn(warnings.toldAgain({ type: first.resource.resourceType, at: group.at }));
}

/** The fields of a segment that say nothing of what is told of, or something else of each mention. */
type Beside = readonly number[];

/** In which groups, and by segment which fields do not count; the first numbers most segments. */
const toldOnce: Partial<Record<GroupName, Readonly<Record<string, Beside>>>> = {
  specimen: {},
  order: {},
  // What an encounter has the diagnosis for, and in which place.
  diagnosis: { DG1: [6, 15] },
};

function saysNoMore(again: Group, first: Group, told: Readonly<Record<string, Beside>>): boolean {
  const known = Map.groupBy(first.own, ({ name }) => name);
  return [...Map.groupBy(again.own, ({ name }) => name)].every(([name, segments]) =>
    segments.every((segment, index) =>
      isWithin(segment, known.get(name)?.[index], told[name] ?? []),
    ),
  );
}

function isWithin(again: Segment, first: Segment | undefined, beside: Beside): boolean {
  if (first === undefined) return false;
  const numbers = Array.from({ length: Math.max(0, again.fieldCount - 1) });
  return numbers.every((_each, index) => {
    const number = index + 2;
    const { raw } = again.field(number);
    return raw === "" || beside.includes(number) || raw === first.field(number).raw;
  });
}
