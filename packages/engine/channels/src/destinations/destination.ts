import type { FailureClass } from "@trestle/base";
import type { DueDelivery } from "@trestle/journal";

/** What became of one try. `detail` is a status or error code, never what the destination said. */
export type SendResult =
  | { readonly ok: true; readonly detail: string }
  | {
      readonly ok: false;
      readonly failure: FailureClass;
      readonly detail: string;
      /** What an operator should do. */
      readonly hint: string;
      /** The destination asks not to be tried before this many milliseconds. */
      readonly retryAfterMs?: number;
    };

/** Somewhere that results go. One try a call; retries are the caller's. */
export interface Destination {
  readonly name: string;
  /** Whether repeats of the same key are dropped there. */
  readonly isIdempotent: boolean;
  readonly maxConcurrent: number;
  readonly retry: { readonly firstMs: number; readonly maxMs: number; readonly horizonMs: number };
  /** Never throws for what a destination may do. */
  send(delivery: DueDelivery): Promise<SendResult>;
  close(): Promise<void>;
}
