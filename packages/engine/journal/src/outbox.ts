import type { Phi } from "@trestle/base";
import type { Body } from "./body.ts";
import type { Answer, Disposition, Position, Reason } from "./journal.ts";

/** A delivery's number: growing, never used twice. */
export type DeliveryId = number & { readonly unit: "delivery" };

/** `queued`: will be tried. `held`: a person decides. */
export type DeliveryState = "queued" | "delivered" | "held" | "cancelled";

/**
 * What processing made of an entry.
 *
 * `mapped`, `mappedWithWarnings`: there is a result. `notMapped`: accepted, but no mapping is known
 * for its type. `failed`: the mapping could not read it; kept, counted and shown. `notProcessed`:
 * refused at the door or broken.
 */
export type Outcome = "mapped" | "mappedWithWarnings" | "notMapped" | "failed" | "notProcessed";

/** The searchable facts about an entry, written behind the journal. */
export interface MessageFacts {
  readonly position: Position;
  readonly site: string;
  readonly channel: string;
  readonly revision: string;
  readonly receivedAt: number;
  readonly controlId: string;
  readonly type: string;
  readonly disposition: Disposition;
  readonly answer: Answer;
  readonly reason?: Reason;
  readonly receivedBytes: number;
  readonly outcome: Outcome;
  /** How many warnings the mapping gave. */
  readonly warnings: number;
  /** The patient's business identifier, `system|value`; absent where the message names no patient. */
  readonly patientKey?: Phi<string>;
}

/** One result owed to one destination, without the result. */
interface Owed {
  /** The same over retries and restarts; the destination may use it to drop repeats. */
  readonly key: string;
  readonly destination: string;
  /** Within a lane order is kept. The patient's key, or the channel's name where there is none. */
  readonly lane: Phi<string>;
  /** Whether a person asked for it again. */
  readonly isReplay: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number;
}

/** A delivery on its way into the outbox. */
export interface NewDelivery extends Owed {
  readonly body: Phi<Body>;
  /** Why it waits for a person from the beginning; absent where it may be tried. */
  readonly heldFor?: Reason | undefined;
}

/** One try. */
export interface Attempt {
  readonly number: number;
  /** Milliseconds since 1970 UTC. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly result: "delivered" | "transient" | "ambiguous" | "permanent";
  /** The destination's status, or an error code. Never its body. */
  readonly detail: string;
}

/** A delivery and how far it is. */
export interface Delivery extends Owed {
  readonly id: DeliveryId;
  readonly position: Position;
  readonly site: string;
  readonly channel: string;
  readonly revision: string;
  readonly type: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Why it is held. */
  readonly reason?: Reason;
}

/** A delivery that may be tried now, with its result as UTF-8 JSON. */
export interface DueDelivery extends Delivery {
  readonly body: Phi<Uint8Array>;
}

/** All that one entry gives. */
export interface Outputs {
  readonly facts: MessageFacts;
  readonly deliveries: readonly NewDelivery[];
  /** Further writes of the same transaction, such as the record's; run once or undone with it. */
  readonly alongside?: () => void;
}

/** What became of one try of a delivery. */
export interface Settlement {
  readonly id: DeliveryId;
  readonly state: DeliveryState;
  readonly attempt: Attempt;
  /** Not before this time; only for `queued`. Milliseconds since 1970 UTC. */
  readonly retryAt?: number;
  readonly reason?: Reason;
}

export interface HeadsOptions {
  readonly now: number;
  readonly limit: number;
  /** Items that are being tried already. */
  readonly except: ReadonlySet<DeliveryId>;
}

/** Which of those that are held to look at. */
export interface HeldPage {
  /** Only ids above this one. */
  readonly after?: DeliveryId;
  readonly limit: number;
}

/** Which deliveries to look at. */
export interface DeliveryFilter {
  readonly position?: Position;
  readonly destination?: string;
  readonly state?: DeliveryState;
  /** Only ids below this one; newest first. */
  readonly before?: DeliveryId;
  readonly limit: number;
}

export interface MessageFilter {
  readonly site?: string;
  readonly channel?: string;
  /** `ADT^A08`, or `ADT` for the family. */
  readonly type?: string;
  readonly controlId?: string;
  readonly outcome?: Outcome;
  readonly disposition?: Disposition;
  readonly patientKeys?: readonly Phi<string>[];
  /** Milliseconds since 1970 UTC, inclusive. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  /** Only positions below this one; newest first. */
  readonly before?: Position;
  /** Only positions above this one. */
  readonly after?: Position;
  readonly limit: number;
}

/** Counts of one minute. */
export interface MinuteCount {
  /**
   * Milliseconds since 1970 UTC divided by 60 000, rounded down: of a message when it was received,
   * of a try when it ended.
   */
  readonly minute: number;
  readonly site: string;
  readonly channel: string;
  /** Empty for counts of the channel itself. */
  readonly destination: string;
  readonly kind:
    | "accepted"
    | "refused"
    | "broken"
    | "failed"
    | "warned"
    | "delivered"
    | "retried"
    | "held";
  readonly count: number;
}

/** How many deliveries wait, since when, and when one last got through. */
export interface Backlog {
  readonly destination: string;
  readonly queued: number;
  readonly held: number;
  /** `createdAt` of the oldest that is queued or held. */
  readonly oldestAt?: number;
  /** When the last try that delivered something ended. Milliseconds since 1970 UTC, rounded down. */
  readonly deliveredAt?: number;
}

/**
 * What processing writes, and the cursor that says how far it came.
 *
 * Everything to the right of the journal may be repeated: outputs and cursor are written together
 * or not at all, and a position at or below the cursor is never written again.
 */
export interface Outbox {
  /** The last position that was processed. */
  cursor(): Promise<Position>;

  /**
   * Writes the outputs of consecutive entries and moves the cursor to the last of them. Those at or
   * below the cursor are left out.
   *
   * @throws {TrestleError} `journal.outOfOrder` when the others do not follow the cursor one by one.
   */
  forward(outputs: readonly Outputs[]): Promise<void>;

  /** Owes an entry's deliveries once more, without moving the cursor. Returns their ids. */
  replay(facts: MessageFacts, deliveries: readonly NewDelivery[]): Promise<readonly DeliveryId[]>;

  /**
   * Makes deliveries anew that were held from the beginning and never tried: those of the same key
   * get the result, the revision and the reason of now, keep their place in their lane, and are
   * queued where there is no reason any more. The facts of their message become those given. Others
   * stay as they are, for what was once tried must not become something else under its key.
   *
   * @returns How many were queued.
   */
  remake(outputs: Outputs): Promise<number>;

  /** Deliveries that were held from the beginning for a reason of this code, the oldest first. */
  heldFor(code: string, page: HeldPage): Promise<readonly Delivery[]>;

  /**
   * The oldest open item of each lane that may be tried now: lanes that wait for a retry, whose
   * oldest is held, or whose head is in `except` give nothing. At most `limit`: first those that no
   * retry kept waiting, oldest first, then the others by the end of their wait.
   */
  heads(destination: string, options: HeadsOptions): Promise<readonly DueDelivery[]>;

  /** When the next lane that waits for a retry may be tried; undefined where none waits. */
  nextRetryAt(destination: string): Promise<number | undefined>;

  /**
   * Records tries and their result. A delivery that is not queued keeps its state: a person decided,
   * or the same result was told before.
   */
  settle(settlements: readonly Settlement[]): Promise<void>;

  /** A person's decision about a held or queued item; false where it is neither. */
  decide(id: DeliveryId, state: "queued" | "cancelled"): Promise<boolean>;

  deliveries(filter: DeliveryFilter): Promise<readonly Delivery[]>;
  /** The last 200 tries of a delivery, oldest first. */
  attempts(id: DeliveryId): Promise<readonly Attempt[]>;
  messages(filter: MessageFilter): Promise<readonly MessageFacts[]>;
  backlog(): Promise<readonly Backlog[]>;
  counts(sinceMinute: number): Promise<readonly MinuteCount[]>;
}
