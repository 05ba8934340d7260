import { studentQuantile } from "./student-quantile.ts";

/** A share that was counted, and between what the true one lies with 95 % confidence. */
export interface Share {
  readonly of: number;
  readonly hits: number;
  /** Where `of` is 0, nothing is known: from 0 to 1. */
  readonly low: number;
  readonly high: number;
}

/** What was counted of one patient. */
export interface Cluster {
  readonly of: number;
  readonly hits: number;
}

/**
 * The interval of Wilson, which holds for few cases and for shares near 0 and 1 too.
 *
 * @param of Cases; need not be whole, since an effective number of cases is none.
 * @see E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)
 */
function wilson(hits: number, of: number): { readonly low: number; readonly high: number } {
  if (of <= 0) return { low: 0, high: 1 };
  const share = hits / of;
  const square = z * z;
  const middle = share + square / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  const scale = 1 + square / of;
  return {
    low: hits === 0 ? 0 : Math.max(0, (middle - reach) / scale),
    high: hits === of ? 1 : Math.min(1, (middle + reach) / scale),
  };
}

/**
 * The share over all patients. Records of one patient are alike, so they tell less than as many
 * records of different patients: the interval is that of an effective number of cases.
 */
export function shareOf(clusters: readonly Cluster[]): Share {
  const of = sum(clusters.map((cluster) => cluster.of));
  const hits = sum(clusters.map((cluster) => cluster.hits));
  if (of === 0) return { of, hits, ...wilson(0, 0) };
  const effective = of / designEffect(clusters);
  return { of, hits, ...wilson((hits / of) * effective, effective) };
}

/** Of cases that have nothing in common. */
export function plainShare(hits: number, of: number): Share {
  return { of, hits, ...wilson(hits, of) };
}

/**
 * How many times more cases are needed than if they had nothing in common: as measured between
 * patients, with the quantile of Student for what few patients can measure, but at least as if cases
 * of one patient were alike by `leastLikeness`. Where all cases are the same, a patient counts as one.
 *
 * @see L. Kish, Survey Sampling (1965), 5.4 and 8.2: the design effect
 * @see E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998): its degrees of freedom
 */
function designEffect(clusters: readonly Cluster[]): number {
  const filled = clusters.filter(({ of }) => of > 0);
  const of = sum(filled.map((cluster) => cluster.of));
  const share = sum(filled.map(({ hits }) => hits)) / of;
  const count = filled.length;
  // Nobody has two cases that could be alike.
  if (count === of) return 1;
  // Nothing differs that could be measured: another patient may have it nowhere, whatever their size.
  if (count < 2 || share === 0 || share === 1) return of / count;
  const size = sum(filled.map((cluster) => cluster.of ** 2)) / of;
  const least = 1 + (size - 1) * leastLikeness(filled);
  const between = sum(filled.map((cluster) => (cluster.hits - share * cluster.of) ** 2));
  const variance = ((count / (count - 1)) * between) / of ** 2;
  const measured = variance / ((share * (1 - share)) / of);
  return Math.max(least, measured) * (studentQuantile(count - 1) / z) ** 2;
}

/**
 * As long as every patient has the element everywhere or nowhere, their cases are as alike as can be.
 * Each patient who has it in a part only speaks against that, down to a tenth.
 */
function leastLikeness(clusters: readonly Cluster[]): number {
  const mixed = clusters.filter(({ of, hits }) => hits > 0 && hits < of).length;
  return Math.max(0.1, 1 / (1 + mixed));
}

/** About how many patients it takes until a share like this is told from a limit; undefined for none. */
export function patientsToTell(share: Share, limit: number, patients: number): number | undefined {
  if (share.of === 0 || patients === 0) return undefined;
  const found = share.hits / share.of;
  const effective = effectiveOf(share);
  for (let times = 1.1; times <= 64; times *= 1.2) {
    const of = effective * times;
    const { low, high } = wilson(found * of, of);
    if (low >= limit || high < limit) return Math.ceil(patients * times);
  }
  return undefined;
}

/** As many cases without anything in common as would give an interval of the same width. */
function effectiveOf({ of, hits, low, high }: Share): number {
  let [least, most] = [0, of];
  for (let step = 0; step < 40; step += 1) {
    const middle = (least + most) / 2;
    const interval = wilson((hits / of) * middle, middle);
    if (interval.high - interval.low > high - low) least = middle;
    else most = middle;
  }
  return most;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Of the normal distribution, for 95 %. */
const z = 1.959_964;
