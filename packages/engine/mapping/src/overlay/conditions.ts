import { allOf, anyOf, has, isOneOf, lacks, not } from "../rows/conditions.ts";
import type { Condition } from "../rows/row.ts";
import type { OverlayCondition } from "./overlay.ts";

/** The condition that an overlay describes. */
export function conditionOf(described: OverlayCondition): Condition {
  const parts: readonly Condition[] = [
    ...(described.has ?? []).map(has),
    ...(described.lacks ?? []).map(lacks),
    ...Object.entries(described.oneOf ?? {}).map(([place, texts]) => isOneOf(place, ...texts)),
    ...(described.not === undefined ? [] : [not(conditionOf(described.not))]),
    ...(described.any === undefined ? [] : [anyOf(...described.any.map(conditionOf))]),
  ];
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : allOf(...parts);
}
