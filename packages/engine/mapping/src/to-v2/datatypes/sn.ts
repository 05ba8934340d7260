import { composite } from "../rows/composite.ts";
import type { Converter } from "../rows/row.ts";

/** SN of a quantity with a comparator: `<^5`. */
export const snQuantity = composite("SN", [
  { to: 1, from: "comparator" },
  { to: 2, from: "value" },
]);

/** SN of a range: `^4^-^8`, or `>=^4` and `<=^8` where one end is open. The unit is that of both. */
export const snRange: Converter = (node, sight, lookup) => {
  const [low, high] = [node.child("low"), node.child("high")];
  for (const name of ["unit", "system", "code"]) {
    if (low?.peek(name) === high?.peek(name)) high?.child(name)?.use();
  }
  return limits(node, sight, lookup);
};

const limits = composite("SN", [
  {
    to: 1,
    id: "above",
    is: ">=",
    when: ({ node }) => hasOnly(node?.child("low"), node?.child("high")),
  },
  {
    to: 1,
    id: "below",
    is: "<=",
    when: ({ node }) => hasOnly(node?.child("high"), node?.child("low")),
  },
  { to: 2, from: ["low.value", "high.value"] },
  { to: 3, is: "-", when: ({ node }) => hasBoth(node?.child("low"), node?.child("high")) },
  {
    to: 4,
    from: "high.value",
    when: ({ node }) => hasBoth(node?.child("low"), node?.child("high")),
  },
]);

/** SN of a ratio: `^1^:^128`. */
export const snRatio = composite("SN", [
  { to: 1, from: "numerator.comparator" },
  { to: 2, from: "numerator.value" },
  { to: 3, is: ":" },
  { to: 4, from: "denominator.value" },
]);

function hasOnly(one: unknown, other: unknown): boolean {
  return one !== undefined && other === undefined;
}

function hasBoth(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined;
}
