/** How a proof is run. The same seed gives the same run. */
export interface ProofOptions {
  readonly seed: number;
  readonly minutes: number;
}

export interface ProofResult {
  readonly passed: number;
  readonly failed: number;
  /** Tables and reasons, as Markdown. */
  readonly text: string;
}

export interface Proof {
  readonly summary: string;
  run(options: ProofOptions): Promise<ProofResult>;
}
