import { allOf, anyOf, has, isOfSet, isOneOf, lacks, not } from "../rows/conditions.ts";
import type { Condition } from "../rows/row.ts";
import type { ValueSets } from "../value-sets.ts";
import type { OverlayCondition } from "./overlay.ts";

/** The condition that an overlay describes, with the value sets of its site. */
export function conditionOf(described: OverlayCondition, sets: ValueSets): Condition {
  const inner = (each: OverlayCondition) => conditionOf(each, sets);
  const parts: readonly Condition[] = [
    ...(described.has ?? []).map(has),
    ...(described.lacks ?? []).map(lacks),
    ...Object.entries(described.oneOf ?? {}).map(([place, texts]) => isOneOf(place, ...texts)),
    ...Object.entries(described.inSet ?? {}).map(([place, name]) => isOfSet(place, name, sets)),
    ...(described.not === undefined ? [] : [not(inner(described.not))]),
    ...(described.any === undefined ? [] : [anyOf(...described.any.map(inner))]),
  ];
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : allOf(...parts);
}
