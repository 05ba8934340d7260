import type { Problem } from "@trestle/base";

/**
 * How much a finding matters. `error`: receivers that keep to the standard cannot use it.
 * `warning`: it is not as the standard has it. `note`: allowed, or common, and good to know.
 */
export type Level = "error" | "warning" | "note";

/** Something about a message that the standard, or the site's profile, has otherwise. */
export interface Finding extends Problem {
  readonly level: Level;
  /** `PID-3.1`, or `PID-3[0].1` where the field repeats. */
  readonly at: string;
}

/** What was found in one message. */
export interface Validation {
  /** Errors first, then warnings, then notes; each in the order of the message. */
  readonly findings: readonly Finding[];
  /** How many there are of each level, with those that were left out. */
  readonly counts: Readonly<Record<Level, number>>;
  /** How many were left out because of the limit. */
  readonly omitted: number;
}

/** Takes in findings and keeps as many as the limit allows, the worst ones first. */
export class Findings {
  readonly #max: number;
  readonly #kept: Record<Level, Finding[]> = { error: [], warning: [], note: [] };
  readonly #counts: Record<Level, number> = { error: 0, warning: 0, note: 0 };

  constructor(max: number) {
    this.#max = max;
  }

  add(finding: Finding): void {
    this.#counts[finding.level] += 1;
    const list = this.#kept[finding.level];
    if (list.length < this.#max) list.push(finding);
  }

  result(): Validation {
    const { error, warning, note } = this.#kept;
    const findings = [...error, ...warning, ...note].slice(0, this.#max);
    const counts = this.#counts;
    const total = counts.error + counts.warning + counts.note;
    return { findings, counts, omitted: total - findings.length };
  }
}
