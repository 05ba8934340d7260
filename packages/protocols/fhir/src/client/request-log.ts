import type { FailureClass } from "@trestle/base";
import type { FailureKind } from "./errors.ts";
import type { Purpose } from "./judge.ts";

/** One request as a log may keep it: no id, no value of a query, nothing of a body. */
export interface LoggedRequest extends Purpose {
  readonly method: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly durationMs: number;
  /** Left out where no answer came. */
  readonly status?: number;
  readonly bytes?: number;
  /** Of a request that failed: the error's code, its failure class, and what it is about. */
  readonly error?: string;
  readonly failure?: FailureClass;
  readonly kind?: FailureKind;
}

/** Told of every request when it ended. Must not throw. */
export type RequestLog = (request: LoggedRequest) => void;
