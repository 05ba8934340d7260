import { type Problem, type Result, succeed } from "@trestle/base";
import type { Hl7Message, Segment } from "@trestle/hl7v2";
import type { Counted, LastNumber, Link, Position } from "@trestle/journal";
import { type Reply, type SequenceVerdict, anyNumber, judgeSequence } from "@trestle/mllp";
import { asked, tooManyLinks } from "./durable.ts";
import type { Door } from "./ingress.ts";
import type { LinkOrder } from "./link-order.ts";
import { type Refusal, refusalOf, storageRefusal } from "./refusals.ts";
import { type Taken, isAcknowledgement, replyTo, sayExpected } from "./replies.ts";

/** Whether a message is taken by its number. Acknowledgements are not: they are never answered. */
export function isNumbered(message: Hl7Message): boolean {
  return message.header.field(13).raw !== "" && !isAcknowledgement(message);
}

interface Numbered {
  readonly door: Door;
  readonly order: LinkOrder;
  readonly message: Hl7Message;
  /** False where only the header of what came in could be read. */
  readonly isWhole: boolean;
}

type StartVerdict = Extract<SequenceVerdict, { readonly kind: "start" | "reset" }>;

/** What a message's number says of it, before anybody looks who it is for. */
export interface Foreknown {
  /** Why it is refused. */
  readonly refusal?: Refusal | undefined;
  /** Where the message that had its number is stored, if this is one that can be known again. */
  readonly earlier?: Position | undefined;
  /** What is kept with its entry. */
  readonly counted?: Counted | undefined;
}

/** Stores the message; with a refusal, as refused. */
type Take = (known?: Foreknown) => Promise<Taken>;

/**
 * Takes a numbered message by the sequence number protocol. A link is a sending application and
 * facility at one listener. The number is stored with the entry, in one commit, so that a repeat is
 * known whenever its entry is there; one of number 0 by its bytes alone.
 *
 * @see HL7 v2.5.1, chapter 2.10.1
 */
export async function inSequence(numbered: Numbered, take: Take): Promise<Reply> {
  const { order, message } = numbered;
  return order.next(senderOf(message), () => judged(numbered, take));
}

async function judged(numbered: Numbered, take: Take): Promise<Reply> {
  const { door, message } = numbered;
  const asking = await asked(() => door.journal.lastNumber(linkOf(numbered)));
  if (!asking.ok) return replyTo(door, message, { refusal: storageRefusal(asking.problem) });
  const last = asking.value;
  const verdict = judgeSequence(last?.number, message.header.field(13).raw);
  if (verdict === undefined) return replyTo(door, message, await take());
  const isStart = verdict.kind === "start" || verdict.kind === "reset";
  if (isStart && isOnlyNumber(numbered)) return startLink(numbered, verdict, last);
  const taken = await takeWithRoom(take, knownOf(numbered, verdict, last));
  const expectedSequence = expectedBehind(taken, verdict, last);
  return replyTo(door, message, { ...taken, expectedSequence });
}

/** Where there is no room for another link, the message is kept as refused, without its number. */
async function takeWithRoom(take: Take, known: Foreknown): Promise<Taken> {
  const taken = await take(known);
  const isFull = taken.refusal?.problem.code === tooManyLinks.code;
  return isFull ? take({ refusal: refusalOf(tooManyLinks) }) : taken;
}

/** A message that starts or resets a link should carry nothing; one that does is stored like any other. */
function knownOf(
  numbered: Numbered,
  verdict: SequenceVerdict,
  last: LastNumber | undefined,
): Foreknown {
  const { kind } = verdict;
  if (kind === "start") return {};
  if (kind === "reset") {
    const before = last?.number === undefined ? last : undefined;
    return {
      earlier: earlierOf(numbered.message, before),
      counted: countedOf(numbered, undefined),
    };
  }
  if (kind === "next") return { counted: countedOf(numbered, verdict.number) };
  if (kind === "mismatch") return { refusal: refusalOf(mismatch) };
  // A repeat that is not known again is the last of its number from here on.
  return { earlier: earlierOf(numbered.message, last), counted: countedOf(numbered, last?.number) };
}

/** A message that is taken by its number hears that; any other hears which one is expected. */
function expectedBehind(
  { refusal }: Taken,
  verdict: SequenceVerdict,
  last: LastNumber | undefined,
): number {
  if (refusal !== undefined) return nextOf(last);
  return verdict.kind === "next" ? verdict.number : verdict.expected;
}

function nextOf(last: LastNumber | undefined): number {
  return last?.number === undefined ? anyNumber : last.number + 1;
}

/**
 * Where the message that had the same number, or was the last to reset the link, is stored; it is
 * this one where the control id is the same. The bytes may differ: senders that write a message
 * anew give it another MSH-7.
 */
function earlierOf({ controlId }: Hl7Message, last: LastNumber | undefined): Position | undefined {
  return controlId === "" ? undefined : last?.position;
}

/** Says what is expected, and forgets the number where that is wished. */
async function startLink(
  numbered: Numbered,
  { kind, expected }: StartVerdict,
  last: LastNumber | undefined,
): Promise<Reply> {
  const { door, message } = numbered;
  const forgotten = kind === "reset" ? await forget(numbered) : succeed(undefined);
  if (forgotten.ok) return sayExpected(door, message, expected);
  const refusal = storageRefusal(forgotten.problem);
  return replyTo(door, message, { refusal, expectedSequence: nextOf(last) });
}

/** Whether a message of a known sender says nothing behind its header. */
function isOnlyNumber({ door, message, isWhole }: Numbered): boolean {
  return isWhole && door.addresseeOf(message).ok && message.segments.slice(1).every(isEmpty);
}

function isEmpty(segment: Segment): boolean {
  for (let number = 1; number <= segment.fieldCount; number += 1) {
    if (!segment.isEmptyAt(number)) return false;
  }
  return true;
}

function forget(numbered: Numbered): Promise<Result<void>> {
  return asked(() => numbered.door.journal.forgetNumber(linkOf(numbered)));
}

function countedOf(numbered: Numbered, number: number | undefined): Counted {
  return { link: linkOf(numbered), number, maxLinks: numbered.order.maxLinks };
}

function linkOf({ order, message }: Numbered): Link {
  return order.linkOf(senderOf(message));
}

/** MSH-3 and MSH-4. */
function senderOf({ header }: Hl7Message): string {
  return JSON.stringify([header.field(3).raw, header.field(4).raw]);
}

const mismatch: Problem = {
  code: "channels.sequenceMismatch",
  text: "The sequence number (MSH-13) is not the one that is expected; MSA-4 says which.",
  hint: "Messages are missing or were numbered twice. The sender repeats them, or its owner resynchronises.",
  at: "MSH-13",
};
