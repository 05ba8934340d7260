import type { PairedItems } from "@trestle/integration/mapping";

/**
 * Pairs the items of two lists so that one that was added in front of others is the only one that
 * differs: equal ones first, then those with most in common, then what is left in its order.
 */
export function pairItems(ones: readonly unknown[], others: readonly unknown[]): PairedItems {
  if (ones.length === 1 && others.length === 1) return { pairs: [[0, 0]] };
  const partners = equalOnes(ones, others);
  const isMoved = isOutOfOrder([...partners.values()]);
  const lefts = free(ones, new Set(partners.keys()));
  const rights = free(others, new Set(partners.values()));
  for (const [one, other] of likest({ ones, others, lefts, rights })) partners.set(one, other);
  const taken = new Set(partners.values());
  return {
    pairs: [
      ...ones.map((_, one): [number, number | undefined] => [one, partners.get(one)]),
      ...free(others, taken).map((other): [undefined, number] => [undefined, other]),
    ],
    isMoved,
  };
}

/** By text, each partner once; where several are equal, in their order. */
function equalOnes(ones: readonly unknown[], others: readonly unknown[]): Map<number, number> {
  const waiting = new Map<string, number[]>();
  for (const [index, other] of others.entries()) {
    const text = JSON.stringify(other);
    const known = waiting.get(text);
    if (known === undefined) waiting.set(text, [index]);
    else known.push(index);
  }
  const partners = new Map<number, number>();
  for (const [index, one] of ones.entries()) {
    const partner = waiting.get(JSON.stringify(one))?.shift();
    if (partner !== undefined) partners.set(index, partner);
  }
  return partners;
}

function isOutOfOrder(partners: readonly number[]): boolean {
  return partners.some((partner, index) => partner < (partners[index - 1] ?? 0));
}

function free(all: readonly unknown[], taken: ReadonlySet<number>): readonly number[] {
  return [...all.keys()].filter((index) => !taken.has(index));
}

interface Left {
  readonly ones: readonly unknown[];
  readonly others: readonly unknown[];
  readonly lefts: readonly number[];
  readonly rights: readonly number[];
}

type Pair = readonly [one: number, other: number];

function likest(left: Left): readonly Pair[] {
  const { ones, others, lefts, rights } = left;
  if (lefts.length === 0 || rights.length === 0) return [];
  const isPlain = lefts.length === 1 && rights.length === 1;
  if (isPlain || lefts.length * rights.length > mostHeld) return inOrder(lefts, rights);
  const leavesOfOthers = new Map(rights.map((index) => [index, leavesOf(others[index])]));
  const alike = lefts.flatMap((one) => {
    const leaves = leavesOf(ones[one]);
    return rights.map((other) => ({
      one,
      other,
      shared: sharedBy(leaves, leavesOfOthers.get(other) ?? new Set()),
    }));
  });
  return chosen(
    alike.toSorted((a, b) => b.shared - a.shared),
    left,
  );
}

/** The best first; those that share nothing in their order. */
function chosen(
  alike: readonly { readonly one: number; readonly other: number; readonly shared: number }[],
  { lefts, rights }: Left,
): readonly Pair[] {
  const [takenOnes, takenOthers] = [new Set<number>(), new Set<number>()];
  const pairs: Pair[] = [];
  for (const { one, other, shared } of alike) {
    if (shared === 0 || takenOnes.has(one) || takenOthers.has(other)) continue;
    takenOnes.add(one);
    takenOthers.add(other);
    pairs.push([one, other]);
  }
  const rest = inOrder(
    lefts.filter((one) => !takenOnes.has(one)),
    rights.filter((other) => !takenOthers.has(other)),
  );
  return [...pairs, ...rest];
}

function inOrder(lefts: readonly number[], rights: readonly number[]): readonly Pair[] {
  return lefts.flatMap((one, index): Pair[] => {
    const other = rights[index];
    return other === undefined ? [] : [[one, other]];
  });
}

function sharedBy(ones: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let shared = 0;
  for (const leaf of ones) if (others.has(leaf)) shared += 1;
  return shared;
}

/** Paths with their values, such as `.system="urn:x"`. */
function leavesOf(value: unknown, path = "", found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === null)
    return found.add(`${path}=${JSON.stringify(value)}`);
  for (const [key, child] of Object.entries(value)) {
    leavesOf(child, Array.isArray(value) ? path : `${path}.${key}`, found);
  }
  return found;
}

/** Pairs of items that are held against each other; longer lists are paired in their order. */
const mostHeld = 2500;
