import { composite } from "../rows/composite.ts";
import { problems } from "../problems.ts";
import type { Node } from "../rows/node.ts";
import type { Condition, Converter } from "../rows/row.ts";

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

/** SN of a ratio: `^1^:^128`. OBX-6 has room for one unit, which both must have. */
export const snRatio: Converter = (node, sight, lookup) => {
  const [numerator, denominator] = [node.child("numerator"), node.child("denominator")];
  const isOneUnit = unitKeys.every((key) => numerator?.peek(key) === denominator?.peek(key));
  const isWhole = numerator?.peek("value") !== undefined && isPlain(denominator);
  if (!isOneUnit || !isWhole) {
    sight.composing.refuse(problems.valueNotCarried(node.path));
    return undefined;
  }
  for (const key of unitKeys) denominator?.child(key)?.use();
  return parts(node, sight, lookup);
};

const parts = composite("SN", [
  { to: 1, from: "numerator.comparator" },
  { to: 2, from: "numerator.value" },
  { to: 3, is: ":" },
  { to: 4, from: "denominator.value" },
]);

/** So much for one of something: a quantity with a unit such as `mg/mL`. */
export const isRate: Condition = ({ sight }) => {
  const [ratio] = sight.nodes("Value.valueRatio");
  const [numerator, denominator] = [ratio?.child("numerator"), ratio?.child("denominator")];
  const isOne = /^1(?:\.0*)?$/u.test(denominator?.peek("value") ?? "");
  const isMeasured = [numerator, denominator].every((each) => isPlain(each) && isUcum(each));
  return isOne && isMeasured && numerator?.peek("code") !== denominator?.peek("code");
};

/** CE of the unit of a rate. */
export const rateUnit: Converter = (node) => {
  const [of, per] = ["numerator", "denominator"].map(
    (name) => node.child(name)?.peek("code") ?? "",
  );
  node.use();
  const unit = /[./]/u.test(per ?? "") ? `${of}/(${per})` : `${of}/${per}`;
  const because = { path: node.path, rule: "numerator for one of the denominator" };
  return {
    components: [{ text: unit, ...because }, undefined, { text: "UCUM", ...because }],
  };
};

function isPlain(quantity: Node | undefined): boolean {
  return quantity?.peek("value") !== undefined && quantity.peek("comparator") === undefined;
}

function isUcum(quantity: Node | undefined): boolean {
  const isCoded = quantity?.peek("code") !== undefined;
  return isCoded && quantity.peek("system") === "http://unitsofmeasure.org";
}

const unitKeys = ["unit", "system", "code"];

function hasOnly(one: unknown, other: unknown): boolean {
  return one !== undefined && other === undefined;
}

function hasBoth(one: unknown, other: unknown): boolean {
  return one !== undefined && other !== undefined;
}
