/** A step on the way to a value; an item of a list where it stands on each side, if it does. */
export type Step =
  | { readonly key: string }
  | { readonly one: number | undefined; readonly other: number | undefined };

/** Where a value stands: the last step, and what is above it. */
export interface Place {
  readonly step: Step;
  readonly above: Place | undefined;
}

/** Which items of two lists are held against each other; those without a partner are alone. */
export interface PairedItems {
  /** By their index; undefined where only the other side has it. */
  readonly pairs: readonly (readonly [one: number | undefined, other: number | undefined])[];
  /** Whether the same items come in another order. */
  readonly isMoved?: boolean;
}

/** How two values are compared. */
export interface Comparison {
  readonly pairItems: (ones: readonly unknown[], others: readonly unknown[]) => PairedItems;
  /** Told of each value that differs; undefined where there is none on that side. */
  readonly onDifference: (place: Place | undefined, one: unknown, other: unknown) => void;
  /** Told of each list whose items come in another order. */
  readonly onMoved?: (place: Place | undefined, length: number) => void;
}

/**
 * Compares two values of JSON, leaf by leaf. The order of keys does not count; what the order of
 * lists means is for `pairItems` to say. Numbers differ where their written digits do: 6.10 is not
 * 6.1. An empty list or object is a leaf.
 */
export function compareValues(
  { one, other, at }: { one: unknown; other: unknown; at?: Place },
  comparison: Comparison,
): void {
  if (one === other) return;
  if (!isBranch(one) || !isBranch(other) || Array.isArray(one) !== Array.isArray(other)) {
    compareLeaves({ one, other, at }, comparison);
  } else if (Array.isArray(one) && Array.isArray(other)) {
    compareLists({ one, other, at }, comparison);
  } else {
    compareObjects({ one: one as Keyed, other: other as Keyed, at }, comparison);
  }
}

/** Items of two lists by their index. */
export function pairByIndex(ones: readonly unknown[], others: readonly unknown[]): PairedItems {
  const length = Math.max(ones.length, others.length);
  return {
    pairs: Array.from({ length }, (_, index) => [
      index < ones.length ? index : undefined,
      index < others.length ? index : undefined,
    ]),
  };
}

/** The steps from the outermost to a value. */
export function stepsTo(place: Place | undefined): readonly Step[] {
  const steps: Step[] = [];
  for (let at = place; at !== undefined; at = at.above) steps.push(at.step);
  return steps.toReversed();
}

type Keyed = Readonly<Record<string, unknown>>;

interface Two<T> {
  readonly one: T;
  readonly other: T;
  readonly at?: Place | undefined;
}

function compareObjects({ one, other, at }: Two<Keyed>, comparison: Comparison): void {
  for (const key of Object.keys(one)) {
    const place = { step: { key }, above: at };
    compareValues({ one: one[key], other: other[key], at: place }, comparison);
  }
  for (const key of Object.keys(other)) {
    if (Object.hasOwn(one, key)) continue;
    const place = { step: { key }, above: at };
    compareValues({ one: undefined, other: other[key], at: place }, comparison);
  }
}

function compareLists({ one, other, at }: Two<readonly unknown[]>, comparison: Comparison): void {
  // Nearly all lists are the same, and pairing their items costs more than finding that out.
  if (isSame(one, other)) return;
  const { pairs, isMoved = false } = comparison.pairItems(one, other);
  if (isMoved) comparison.onMoved?.(at, one.length);
  for (const [left, right] of pairs) {
    const place = { step: { one: left, other: right }, above: at };
    const item = left === undefined ? undefined : one[left];
    const partner = right === undefined ? undefined : other[right];
    compareValues({ one: item, other: partner, at: place }, comparison);
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return false;
  if (Array.isArray(one) !== Array.isArray(other) || isExact(one) || isExact(other))
    return JSON.stringify(one) === JSON.stringify(other);
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) => Object.hasOwn(other, key) && isSame((one as Keyed)[key], (other as Keyed)[key]),
  );
}

/** At least one of them has no parts, or parts of another kind; then nothing in them is the same. */
function compareLeaves({ one, other, at }: Two<unknown>, comparison: Comparison): void {
  const areLeaves = !isBranch(one) && !isBranch(other);
  if (areLeaves && JSON.stringify(one) === JSON.stringify(other)) return;
  if (areLeaves) comparison.onDifference(at, one, other);
  else {
    eachLeaf(one, { at, side: "one" }, (place, leaf) =>
      comparison.onDifference(place, leaf, undefined),
    );
    eachLeaf(other, { at, side: "other" }, (place, leaf) =>
      comparison.onDifference(place, undefined, leaf),
    );
  }
}

function eachLeaf(
  value: unknown,
  { at, side }: { at: Place | undefined; side: "one" | "other" },
  tell: (place: Place | undefined, leaf: unknown) => void,
): void {
  if (value === undefined) return;
  if (!isBranch(value)) {
    tell(at, value);
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const step = Array.isArray(value) ? itemOn(side, Number(key)) : { key };
    eachLeaf(child, { at: { step, above: at }, side }, tell);
  }
}

function itemOn(side: "one" | "other", index: number): Step {
  return side === "one" ? { one: index, other: undefined } : { one: undefined, other: index };
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isExact(value) && hasParts(value);
}

/** A number that keeps its written digits is an object without a prototype, and one value. */
function isExact(value: object): boolean {
  return Object.getPrototypeOf(value) === null;
}

function hasParts(value: object): boolean {
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}
