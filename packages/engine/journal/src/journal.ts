import type { Phi } from "@trestle/base";

/** Where an entry stands in the journal: 1 for the first, growing, never used twice. */
export type Position = number & { readonly unit: "position" };

/** Before the first entry. */
export const beginning = 0 as Position;

/**
 * What became of received bytes at the door.
 *
 * `accepted`: the sender got AA or CA, the entry is processed. `refused`: a message that the channel does
 * not take or cannot read; the sender got AE, AR, CE or CR. `broken`: bytes that never became a message.
 * Only accepted entries are processed; the others are kept so that people can see them.
 */
export type Disposition = "accepted" | "refused" | "broken";

/**
 * What the sender is told first. `none`: bytes that cannot be answered, or a sender who asked for no
 * answer. `later`: the answer waits for what processing makes of the message.
 */
export type Answer = "AA" | "AE" | "AR" | "CA" | "CE" | "CR" | "later" | "none";

/** Why a message was refused or a frame is broken. Never message content. */
export interface Reason {
  /** Stable, such as `hl7v2.noHeader`. */
  readonly code: string;
  readonly text: string;
  readonly hint: string;
  /** A field path, where there is one. */
  readonly at?: string;
}

/** Received bytes and the facts about them. */
export interface NewEntry {
  readonly site: string;
  readonly channel: string;
  /** The revision of the configuration that received it. */
  readonly revision: string;
  /** Milliseconds since 1970 UTC. */
  readonly receivedAt: number;
  /** Address and port of the sender. */
  readonly remote: string;
  /** MSH-10; empty where there is none. */
  readonly controlId: string;
  /** Such as `ADT^A08`; empty where unknown. */
  readonly type: string;
  readonly disposition: Disposition;
  readonly answer: Answer;
  /** Present unless accepted. */
  readonly reason?: Reason;
  /** The bytes. Of broken frames only as many as the listener's capture limit allows. */
  readonly raw: Phi<Uint8Array>;
  /** How many bytes came in; more than `raw` holds where a broken frame was cut. */
  readonly receivedBytes: number;
}

/** A message in the journal: numbered, never changed. */
export interface Entry extends NewEntry {
  readonly position: Position;
}

export interface Appended {
  readonly outcome: "stored" | "duplicate";
  /** Of this entry, or of the first one that is equal. */
  readonly position: Position;
}

/** A sender whose messages are numbered one after the other, at one listener. */
export interface Link {
  readonly listener: string;
  readonly sender: string;
}

/** The number of a message on its link. */
export interface Counted {
  readonly link: Link;
  /** From 1; undefined where the message resets its link: any number may come next. */
  readonly number: number | undefined;
  /** How many links of its listener are kept; senders choose their names. */
  readonly maxLinks: number;
}

/** The last number of a link, and the entry that had it. */
export interface LastNumber {
  /** Undefined where that entry reset the link. */
  readonly number: number | undefined;
  readonly position: Position;
}

/** How much to read at once. At least one entry is returned, however large it is. */
export interface ReadLimit {
  readonly count: number;
  /** Of `raw`, the bytes that were kept. */
  readonly bytes: number;
}

/** Every message Trestle ever received, in order. Entries are never changed. */
export interface Journal {
  /**
   * Resolves once the entry would survive a power cut; only then may the sender get its ACK.
   *
   * Equal entries (site, channel, disposition, control id and content) are stored once; the second
   * append answers with the position of the first. Entries are numbered in the order of the calls.
   *
   * @param counted Kept as the last number of its link in the same commit, with the position of the
   * entry or of the first that is equal: no crash leaves the one without the other.
   * @throws {TrestleError} when nothing was stored: `journal.notStored`, such as on a full disk;
   * `journal.tooManyLinks`.
   */
  append(entry: NewEntry, counted?: Counted): Promise<Appended>;

  /**
   * Where an entry stands that is equal in the sense of `append`; undefined where there is none.
   * Resolves once that entry would survive a power cut.
   */
  find(entry: NewEntry): Promise<Position | undefined>;

  /** The last number of a link that is durable; undefined where nothing is known of it. */
  lastNumber(link: Link): Promise<LastNumber | undefined>;

  /**
   * Resolves once it would survive a power cut that nothing is known of the link.
   *
   * @throws {TrestleError} `journal.notStored`
   */
  forgetNumber(link: Link): Promise<void>;

  /** Entries after `after` (exclusive), oldest first. Empty when caught up. */
  read(after: Position, limit: ReadLimit): Promise<readonly Entry[]>;

  /** One entry, or undefined where there is none. */
  get(position: Position): Promise<Entry | undefined>;

  /** The newest position; `beginning` when empty. */
  last(): Position;

  /** Calls `listener` after entries became durable; the returned function ends that. */
  onAppend(listener: () => void): () => void;

  close(): Promise<void>;
}
