import type { DifferenceKind } from "@trestle/integration";

/** Where a value came from, as an explanation tells it. Names of fields, rows and tables alone. */
export interface Origin {
  /** `OBX-3.1`. */
  readonly field?: string;
  /** The row of a map, `observation.code`. */
  readonly by?: string;
  /** The row of a code table, `observation-code: GLU`. */
  readonly row?: string;
}

/** One thing in which what a message gives differs from one revision to the other. No patient data. */
export interface Difference {
  readonly kind: DifferenceKind;
  /**
   * Of an element its type and path without indexes, `Observation.code.coding.code`. Else what the
   * kind is about: a code of a problem, warning or finding, a destination, a channel.
   */
  readonly path: string;
  /** Under the first revision, in a form that may be shown; absent where nothing was there. */
  readonly before?: string;
  /** Under the second. */
  readonly after?: string;
  readonly origin?: Origin;
}

/** The code table of an origin, `observation-code`. */
export function tableOf(origin: Origin | undefined): string | undefined {
  return origin?.row?.split(": ", 1)[0];
}
