import type { FramingProblem } from "../framing-problem.ts";
import type { CertificateStatus } from "./listener-certificate.ts";

/** One whole frame. */
export interface ReceivedMessage {
  /** The bytes between start and end; patient data. */
  readonly payload: Uint8Array;
  /** Address and port of the sender. */
  readonly remote: string;
}

/** Bytes that did not become a message, and where they came from. */
export interface ReceivedProblem extends FramingProblem {
  /** Address and port of the sender. */
  readonly remote: string;
  /** Whether an answer leaves. It does not where release 2 is spoken: the block alone says so. */
  readonly mayAnswer: boolean;
}

/** Why a connection was not taken. */
export type RefusalReason = "tooManyConnections" | "notAllowed" | "handshakeFailed";

/** What is said to one message, in up to three steps. */
export interface Reply {
  /**
   * Which block leaves at once where release 2 is spoken; behind one that says no, nothing else does.
   * Nothing leaves for it elsewhere.
   */
  readonly isStored: boolean;
  /** Leaves in the order of the messages; those behind it wait. */
  readonly answer?: Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** A further message to the sender, behind `answer`, once it is there; nobody waits for it. */
  readonly later?: Promise<Uint8Array | undefined>;
}

/**
 * What a listener hands on. Every promise must settle in bounded time: its bytes count against
 * `maxBufferedBytes` until then, and its connection stays open.
 */
export interface MllpHandlers {
  /**
   * Called for each message, for many at the same time.
   *
   * @returns The payload of the acknowledgement of a message that is stored, or a whole reply;
   * undefined answers nothing. When it rejects, the connection is closed without an answer, so that
   * the sender sends again.
   */
  onMessage(received: ReceivedMessage): Promise<Reply | Uint8Array | undefined>;
  /**
   * Called for bytes that did not become a message, in their place between the messages.
   *
   * @returns What to answer, such as an AR for `frameTooLarge`; it leaves where `mayAnswer` says so.
   * When it rejects, the connection is closed.
   */
  onProblem(problem: ReceivedProblem): Promise<Uint8Array | undefined>;
  /** Called for each connection that was not taken; `detail` says why a handshake failed. */
  onRefusedConnection?(reason: RefusalReason, remote: string, detail?: string): void;
  /** Called with how the certificate does, at the start and whenever that changes. */
  onCertificate?(status: CertificateStatus): void;
  /** Called when a handler rejected, or a connection could not be taken; `remote` may be unknown. */
  onFailure?(error: unknown, remote: string): void;
}
