import type { Clock, Problem, Result } from "@trestle/base";
import { phi } from "@trestle/base";
import { type Hl7Message, acknowledgeInBytes, parseMessage, readMessage } from "@trestle/hl7v2";
import type { Answer, Journal, NewEntry, Reason } from "@trestle/journal";
import { type Refusal, refusalOf, storageRefusal } from "./refusals.ts";

/** To whom a message belongs: which site's feed, and which of its channels takes it. */
export interface Addressee {
  readonly site: string;
  readonly channel: string;
}

/** What the door of one listener needs. */
export interface Door {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly revision: string;
  /** Whom a message is for, or why nobody takes it. */
  readonly addresseeOf: (message: Hl7Message) => Result<Addressee>;
  /** Whose door it is, for bytes that name nobody. */
  readonly owner: Addressee;
  /** Why nothing is taken at the moment, such as a disk that is nearly full. */
  readonly closedBecause: () => Problem | undefined;
  /** MSH-10 and MSH-7 of the next acknowledgement. */
  readonly stamp: () => { controlId: string; at: string };
}

/** Received bytes that were a whole frame. */
export interface ReceivedFrame {
  readonly payload: Uint8Array;
  /** Address and port of the sender. */
  readonly remote: string;
}

/**
 * Takes one message in.
 *
 * @returns The acknowledgement. It exists only once the entry would survive a power cut: AA for what
 * is taken or was taken before; AE for a message that cannot be read; AR for one that nobody here
 * takes, or that could not be stored. Never throws for what a sender may send.
 */
export async function receive(door: Door, frame: ReceivedFrame): Promise<Uint8Array> {
  const read = readMessage(frame.payload);
  const message = read.ok ? read.value : headerOf(frame.payload);
  const closed = door.closedBecause();
  if (closed !== undefined) return answer(door, message, storageRefusal(closed));
  const addressee: Result<Addressee> = read.ok ? door.addresseeOf(read.value) : read;
  const refusal = addressee.ok ? undefined : refusalOf(addressee.problem);
  const entry = entryOf(door, frame, {
    message,
    addressee: addressee.ok ? addressee.value : door.owner,
    refusal,
  });
  const stored = await store(door, entry);
  return answer(door, message, stored.ok ? refusal : storageRefusal(stored.problem));
}

/** Bytes that never became a message. */
export interface BrokenFrame {
  readonly reason: Reason;
  /** The first of them, at most the listener's capture limit. */
  readonly captured: Uint8Array;
  readonly receivedBytes: number;
  readonly remote: string;
}

/**
 * Keeps bytes that never became a message, so that a person can see them.
 *
 * @returns An AR where the captured bytes name a message to answer; nothing otherwise.
 */
export async function receiveBroken(
  door: Door,
  frame: BrokenFrame,
): Promise<Uint8Array | undefined> {
  const head = readMessage(wholeSegments(frame.captured));
  const message = head.ok ? head.value : undefined;
  const canAnswer = message !== undefined && message.controlId !== "";
  await store(door, {
    ...door.owner,
    revision: door.revision,
    receivedAt: door.clock.now(),
    remote: frame.remote,
    controlId: message?.controlId ?? "",
    type: message?.type ?? "",
    disposition: "broken",
    answer: canAnswer ? "AR" : "none",
    reason: frame.reason,
    raw: phi(frame.captured),
    receivedBytes: frame.receivedBytes,
  });
  return canAnswer ? answer(door, message, refusalOf(frame.reason)) : undefined;
}

/**
 * The header of a message that cannot be read otherwise, so that its sender learns which message is
 * refused. What names and numbers a message is plain ASCII in every character set.
 */
function headerOf(payload: Uint8Array): Hl7Message | undefined {
  const start = Buffer.from(payload.subarray(0, maxHeaderBytes)).toString("latin1");
  const [line = ""] = start.split(/[\r\n]/u, 1);
  const header = parseMessage(line);
  return header.ok ? header.value : undefined;
}

function entryOf(
  door: Door,
  frame: ReceivedFrame,
  known: { message: Hl7Message | undefined; addressee: Addressee; refusal: Refusal | undefined },
): NewEntry {
  const { message, addressee, refusal } = known;
  const code: Answer = refusal?.code ?? "AA";
  return {
    site: addressee.site,
    channel: addressee.channel,
    revision: door.revision,
    receivedAt: door.clock.now(),
    remote: frame.remote,
    controlId: message?.controlId ?? "",
    type: message?.type ?? "",
    disposition: refusal === undefined ? "accepted" : "refused",
    answer: code,
    ...(refusal === undefined ? {} : { reason: refusal.problem }),
    raw: phi(frame.payload),
    receivedBytes: frame.payload.byteLength,
  };
}

/** A failed commit is an answer to the sender, who sends again. */
async function store(door: Door, entry: NewEntry): Promise<Result<true>> {
  try {
    await door.journal.append(entry);
    return { ok: true, value: true };
  } catch (error) {
    return { ok: false, problem: notStored(error) };
  }
}

function answer(door: Door, message: Hl7Message | undefined, refusal?: Refusal): Uint8Array {
  return acknowledgeInBytes(message, {
    ...door.stamp(),
    code: refusal?.code ?? "AA",
    ...(refusal === undefined ? {} : { reason: refusal.reason }),
  });
}

/** Cuts a captured head behind its last whole segment; the rest cannot be judged. */
function wholeSegments(captured: Uint8Array): Uint8Array {
  const end = Buffer.from(captured.buffer, captured.byteOffset, captured.byteLength).lastIndexOf(
    0x0d,
  );
  return end === -1 ? captured : captured.subarray(0, end);
}

function notStored(error: unknown): Problem {
  const hint = error instanceof Error && "hint" in error ? String(error.hint) : "";
  return {
    code: "channels.notStored",
    text: "The message could not be stored. Nothing was kept; send it again.",
    hint,
  };
}

/** A hundred times what a header takes. */
const maxHeaderBytes = 65_536;
