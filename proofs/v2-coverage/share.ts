import type { Judged } from "./judged.ts";

/** How many published lines there are, and what became of them. */
export interface Counts {
  readonly lines: number;
  readonly covered: number;
  /** Of the covered, those that only a constant shows. */
  readonly byConstant: number;
  readonly differs: number;
  readonly missing: number;
}

/** A published line or code that was judged. */
export type Counted = Pick<Judged, "verdict"> & Partial<Pick<Judged, "evidence">>;

/** Counts the verdicts. */
export function countsOf(judged: readonly Counted[]): Counts {
  const count = (verdict: Judged["verdict"]) =>
    judged.filter((each) => each.verdict === verdict).length;
  return {
    lines: judged.length,
    covered: count("covered"),
    byConstant: judged.filter(({ evidence }) => evidence === "constant").length,
    differs: count("differs"),
    missing: count("missing"),
  };
}

/** The share that is covered or differs on purpose, in percent. */
export function sharePercent({ lines, missing }: Counts): number {
  return lines === 0 ? 100 : (100 * (lines - missing)) / lines;
}
