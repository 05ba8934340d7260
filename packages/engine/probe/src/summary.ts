import type { ElementReport } from "./report.ts";

/** How many elements of a kind are good, need somebody, or cannot be told. */
export interface Summary {
  readonly good: number;
  readonly finding: number;
  readonly undecided: number;
}

/** What a summary counts by, so that reports from elsewhere can be summed up too. */
export type Summed = Pick<ElementReport, "need" | "verdict">;

export function summaryOf(elements: readonly Summed[], need: ElementReport["need"]): Summary {
  const count = (verdict: ElementReport["verdict"]) =>
    elements.filter((each) => each.need === need && each.verdict === verdict).length;
  return { good: count("good"), finding: count("finding"), undecided: count("undecided") };
}

/** The state of a site's data in a sentence. */
export function situationOf(elements: readonly Summed[]): string {
  const { good, finding, undecided } = summaryOf(elements, "required");
  const all = good + finding + undecided;
  const useful = summaryOf(elements, "useful");
  const also = useful.finding === 0 ? "" : ` Of useful ones, ${needOne(useful.finding)} attention.`;
  if (all === 0) return `No element is required; ${elements.length} were measured.${also}`;
  const rest = undecided === 0 ? "" : `, ${undecided} cannot be told from this sample`;
  if (finding === 0 && undecided === 0)
    return `All ${all} required elements are there, permitted, populated and good.${also}`;
  if (finding === 0) return `${good} of ${all} required elements are good${rest}.${also}`;
  return `${finding} of ${all} required elements ${finding === 1 ? "is" : "are"} not good enough${rest}.${also}`;
}

function needOne(count: number): string {
  return count === 1 ? "1 needs" : `${count} need`;
}
