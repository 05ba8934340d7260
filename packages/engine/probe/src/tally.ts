import type { CheckName, Example } from "./report.ts";
import { type Cluster, type Share, shareOf } from "./statistics.ts";

/** Counts hits patient by patient. */
export class ClusteredCount {
  readonly #clusters = new Map<string, { of: number; hits: number }>();

  add(patient: string, isHit: boolean): void {
    const cluster = this.#clusters.get(patient) ?? { of: 0, hits: 0 };
    cluster.of += 1;
    if (isHit) cluster.hits += 1;
    this.#clusters.set(patient, cluster);
  }

  get share(): Share {
    return shareOf([...this.#clusters.values()] satisfies Cluster[]);
  }

  get patients(): number {
    return this.#clusters.size;
  }
}

/** One record in which an element might stand. */
export interface TalliedRecord {
  /** Whose it is, by a key of the run. */
  readonly patient: string;
  /** Such as `Observation/abc`. */
  readonly where: string;
  readonly isFilled: boolean;
  readonly checked: readonly {
    readonly what: CheckName;
    readonly isWrong: boolean;
    readonly value: string;
  }[];
  /** When it happened, in milliseconds since 1970 UTC; undefined where it does not say. */
  readonly at: number | undefined;
}

/** What was seen of one data element, record by record, without keeping the records. */
export class Tally {
  readonly filled = new ClusteredCount();
  readonly checks = new Map<CheckName, ClusteredCount>();
  readonly examples: Omit<Example, "element">[] = [];
  readonly #maxExamples: number;
  #newestAt: number | undefined;

  /** @param maxExamples Kept of each kind; 0 for none. */
  constructor(maxExamples: number) {
    this.#maxExamples = maxExamples;
  }

  get newestAt(): number | undefined {
    return this.#newestAt;
  }

  add({ patient, where, isFilled, checked, at }: TalliedRecord): void {
    this.filled.add(patient, isFilled);
    if (!isFilled) this.#keep({ what: "missing", where, value: "" });
    if (isFilled && at !== undefined) this.#newestAt = Math.max(at, this.#newestAt ?? at);
    for (const { what, isWrong, value } of checked)
      this.check(patient, { what, isWrong, where, value });
  }

  check(
    patient: string,
    {
      isWrong,
      ...example
    }: Omit<Example, "element" | "what"> & {
      readonly what: CheckName;
      readonly isWrong: boolean;
    },
  ): void {
    const count = this.checks.get(example.what) ?? new ClusteredCount();
    this.checks.set(example.what, count);
    count.add(patient, isWrong);
    if (isWrong) this.#keep(example);
  }

  #keep(example: Omit<Example, "element">): void {
    const alike = this.examples.filter(({ what }) => what === example.what);
    if (alike.length < this.#maxExamples) this.examples.push(example);
  }
}
