/** How a proof is run. The same seed gives the same run; proofs that draw nothing have no use for it. */
export interface ProofOptions {
  /** One that was asked for; the proof's own where left out. */
  readonly seed: number | undefined;
  /** After its seeds are done it goes on with further ones until so much time is over. */
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
