import type { Clock, Problem, Result } from "@trestle/base";
import { phi } from "@trestle/base";
import {
  HeadText,
  type Hl7Message,
  type MessageLimits,
  parseMessage,
  readMessage,
} from "@trestle/hl7v2";
import type { Answer, Counted, Journal, NewEntry, Position, Reason } from "@trestle/journal";
import type { Reply } from "@trestle/mllp";
import { Durable, asked, store } from "./durable.ts";
import { type Foreknown, inSequence, isNumbered } from "./in-sequence.ts";
import type { LinkOrder } from "./link-order.ts";
import type { Outcomes } from "./outcomes.ts";
import { type Refusal, refusalOf, storageRefusal } from "./refusals.ts";
import {
  type Taken,
  firstAnswer,
  isAcknowledgement,
  replyTo,
  sayNo,
  wantsOutcome,
} from "./replies.ts";

/** To whom a message belongs: which site's feed, and which of its channels takes it. */
export interface Addressee {
  readonly site: string;
  readonly channel: string;
  /**
   * When the application's answer leaves: once the message is stored, or once processing has said
   * what became of it. Stored where left out.
   */
  readonly acknowledge?: "stored" | "processed" | undefined;
  /** Under which it is received; that of the door where left out. */
  readonly revision?: string;
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
  /** What a message may have at most; one that has more is kept and refused. */
  readonly limits: MessageLimits;
  /** Why nothing is taken at the moment, such as a disk that is nearly full. */
  readonly closedBecause: () => Problem | undefined;
  /** MSH-10 and MSH-7 of the next acknowledgement. */
  readonly stamp: () => { controlId: string; at: string };
  /** Tells what processing made of an entry; needed where a channel answers once it is processed. */
  readonly outcomes?: Outcomes | undefined;
  /** Keeps to the sequence number protocol (MSH-13); numbers are not looked at where left out. */
  readonly links?: LinkOrder | undefined;
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
 * @returns What its sender is told, as it asked for in MSH-15 and MSH-16. A yes exists only once the
 * entry would survive a power cut. No is AE or CE for a message that cannot be read; AR, CE or CR for
 * one that nobody here takes, or that could not be stored. Never throws for what a sender may send.
 */
export async function receive(door: Door, frame: ReceivedFrame): Promise<Reply> {
  const read = readMessage(frame.payload, door.limits);
  const message = read.ok ? read.value : headerOf(frame.payload);
  const order = door.links;
  if (order === undefined || message === undefined || !isNumbered(message)) {
    return replyTo(door, message, await take(door, frame, { read, message }));
  }
  const numbered = { order, message, door, isWhole: read.ok };
  return inSequence(numbered, (known) => take(door, frame, { read, message, ...known }));
}

interface Read extends Foreknown {
  readonly read: Result<Hl7Message>;
  readonly message: Hl7Message | undefined;
}

/** Stores one message, as accepted or as refused. */
async function take(door: Door, frame: ReceivedFrame, known: Read): Promise<Taken> {
  const { read, message } = known;
  const busy = door.closedBecause();
  if (busy !== undefined) return { refusal: storageRefusal(busy) };
  const addressee: Result<Addressee> = read.ok ? door.addresseeOf(read.value) : read;
  const refusal =
    known.refusal ??
    answerRefusal(message) ??
    (addressee.ok ? undefined : refusalOf(addressee.problem));
  const to = addressee.ok ? addressee.value : door.owner;
  const isWaiting =
    refusal === undefined && to.acknowledge === "processed" && wantsOutcome(message);
  const said = firstAnswer(message, { refusal, isWaiting });
  const entry = entryOf(door, frame, { message, to, refusal, said });
  if (refusal !== undefined) return takeNow(door, { entry }, refusal);
  const { earlier, counted } = known;
  const again = await takeAgain(door, earlier, { entry, isWaiting });
  if (again !== undefined) return again;
  return isWaiting ? takeWaiting(door, { entry, counted }) : takeNow(door, { entry, counted });
}

/** An entry, and the number that is kept with it. */
interface Storing {
  readonly entry: NewEntry;
  readonly counted?: Counted | undefined;
}

async function takeNow(door: Door, storing: Storing, refusal?: Refusal): Promise<Taken> {
  const stored = await store(door, storing.entry, storing.counted);
  if (!stored.ok) return { refusal: storageRefusal(stored.problem) };
  return { refusal, durable: stored.value };
}

/** The place comes before the entry, so that no burst is stored that nobody may wait for. */
async function takeWaiting(door: Door, storing: Storing): Promise<Taken> {
  const place = door.outcomes?.takePlace();
  if (place === undefined) return takeRepeat(door, storing);
  const stored = await store(door, storing.entry, storing.counted);
  if (stored.ok) return { durable: stored.value, outcome: place };
  place.release();
  return { refusal: storageRefusal(stored.problem) };
}

/** Nobody else may wait. One that is stored already hears what is known; any other comes again. */
async function takeRepeat(door: Door, storing: Storing): Promise<Taken> {
  const found = await asked(() => door.journal.find(storing.entry));
  if (!found.ok) return { refusal: storageRefusal(found.problem) };
  if (found.value === undefined) return { refusal: storageRefusal(manyWait) };
  const taken = await takeNow(door, storing);
  return taken.durable === undefined ? taken : { ...taken, outcome: "asKnown" };
}

/** One that is stored at an earlier position; undefined where it is not. */
async function takeAgain(
  { journal, outcomes }: Door,
  earlier: Position | undefined,
  { entry, isWaiting }: { entry: NewEntry; isWaiting: boolean },
): Promise<Taken | undefined> {
  if (earlier === undefined) return undefined;
  const found = await Durable.at(journal, earlier, entry);
  if (!found.ok) return { refusal: storageRefusal(found.problem) };
  const durable = found.value;
  if (durable === undefined) return undefined;
  return isWaiting ? { durable, outcome: outcomes?.takePlace() ?? "asKnown" } : { durable };
}

/** Bytes that never became a message. */
export interface BrokenFrame {
  readonly reason: Reason;
  /** The first of them, at most the listener's capture limit. */
  readonly captured: Uint8Array;
  readonly receivedBytes: number;
  readonly remote: string;
  /** False where its sender hears by a block alone, as MLLP release 2 has it. */
  readonly mayAnswer: boolean;
}

/**
 * Keeps bytes that never became a message, so that a person can see them.
 *
 * @returns An AR where the captured bytes name a message to answer and it may be; else nothing.
 */
export async function receiveBroken(
  door: Door,
  frame: BrokenFrame,
): Promise<Uint8Array | undefined> {
  const head = readMessage(wholeSegments(frame.captured), door.limits);
  const message = head.ok ? head.value : headerOf(frame.captured);
  const canAnswer = frame.mayAnswer && message !== undefined && message.controlId !== "";
  await store(door, {
    site: door.owner.site,
    channel: door.owner.channel,
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
  return canAnswer
    ? sayNo(door, message, { code: "AR", refusal: refusalOf(frame.reason) })
    : undefined;
}

/**
 * The header of a message that cannot be read otherwise, so that its sender learns which message is
 * refused, in the character set that it came in. No limit of the door is asked: one that a header
 * breaks alone would leave its sender without an answer.
 */
function headerOf(payload: Uint8Array): Hl7Message | undefined {
  const head = new HeadText(payload, maxHeaderBytes);
  const [line = ""] = head.text.split(/[\r\n]/u, 1);
  // Letters of UTF-16 that lost their other half would make the header unreadable as well.
  const header = head.isWide ? readMessage(head.written(line.toWellFormed())) : parseMessage(line);
  return header.ok ? header.value : undefined;
}

function entryOf(
  door: Door,
  frame: ReceivedFrame,
  known: {
    message: Hl7Message | undefined;
    to: Addressee;
    refusal: Refusal | undefined;
    said: Answer;
  },
): NewEntry {
  const { message, to, refusal, said } = known;
  return {
    site: to.site,
    channel: to.channel,
    revision: to.revision ?? door.revision,
    receivedAt: door.clock.now(),
    remote: frame.remote,
    controlId: message?.controlId ?? "",
    type: message?.type ?? "",
    disposition: refusal === undefined ? "accepted" : "refused",
    answer: said,
    ...(refusal === undefined ? {} : { reason: refusal.problem }),
    raw: phi(frame.payload),
    receivedBytes: frame.payload.byteLength,
  };
}

/** Answers to answers would never end, so this one is kept and gets none. */
function answerRefusal(message: Hl7Message | undefined): Refusal | undefined {
  return isAcknowledgement(message) ? refusalOf(acknowledgementCame) : undefined;
}

/** Cuts a captured head behind its last whole segment; the rest cannot be judged. */
function wholeSegments(captured: Uint8Array): Uint8Array {
  const end = Buffer.from(captured.buffer, captured.byteOffset, captured.byteLength).lastIndexOf(
    0x0d,
  );
  return end === -1 ? captured : captured.subarray(0, end);
}

const manyWait: Problem = {
  code: "channels.tooManyWait",
  text: "Too many messages wait for their processing. Nothing was kept; send it again.",
  hint: "Raise maxAwaitingProcessed of the listener, or find out why processing is slow.",
};

const acknowledgementCame: Problem = {
  code: "channels.acknowledgementCame",
  text: "An acknowledgement came in where messages are expected. It is kept and not answered.",
  hint: "Ask the sender's owner why it acknowledges an acknowledgement.",
};

/** A hundred times what a header takes. */
const maxHeaderBytes = 65_536;
