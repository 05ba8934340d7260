/** What is wrong with something that was given to us: an answer, not an exception. */
export interface Problem {
  /** Stable, such as `hl7v2.noHeader`. */
  readonly code: string;
  /** One sentence for a person. No patient data. */
  readonly text: string;
  /** What to do about it. */
  readonly hint: string;
  /** Where: a field path, or a file position. */
  readonly at?: string;
}

/** A value, or the problem that prevented it. */
export type Result<T, P = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P };

export function succeed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<P>(problem: P): { readonly ok: false; readonly problem: P } {
  return { ok: false, problem };
}
