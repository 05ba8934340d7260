import type { Problem } from "@trestle/base";
import type { Hl7Message, Segment } from "@trestle/hl7v2";
import type { Position } from "@trestle/journal";
import { type LastNumber, type Reply, anyNumber, judgeSequence } from "@trestle/mllp";
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

/** What a message's number says of it, before anybody looks who it is for. */
export interface Foreknown {
  /** Why it is refused. */
  readonly refusal?: Refusal | undefined;
  /** Where the message that had its number is stored, if this is one that can be known again. */
  readonly earlier?: Position | undefined;
}

/** Stores the message; with a refusal, as refused. */
type Take = (known?: Foreknown) => Promise<Taken>;

/**
 * Takes a numbered message by the sequence number protocol. A link is a sending application and
 * facility at one listener. The number is kept behind the entry and in front of the answer, so that a
 * crash between them repeats the message and loses none.
 *
 * @see HL7 v2.5.1, chapter 2.10.1
 */
export async function inSequence(numbered: Numbered, take: Take): Promise<Reply> {
  const { order, message } = numbered;
  return order.next(linkOf(message), () => judged(numbered, take));
}

async function judged(numbered: Numbered, take: Take): Promise<Reply> {
  const { door, order, message } = numbered;
  const last = await order.store.read(linkOf(message));
  const verdict = judgeSequence(last?.number, message.header.field(13).raw);
  if (verdict === undefined) return replyTo(door, message, await take());
  if (verdict.kind === "next") {
    return takeNext(numbered, take, { last: last?.number, number: verdict.number });
  }
  if (verdict.kind === "start" || verdict.kind === "reset") {
    return startLink(numbered, take, verdict);
  }
  const known =
    verdict.kind === "repeat"
      ? { earlier: earlierOf(message, last) }
      : { refusal: refusalOf(mismatch) };
  return replyTo(door, message, { ...(await take(known)), expectedSequence: verdict.expected });
}

/**
 * Where the message that had the same number is stored; it is this one where the control id is the
 * same. The bytes may differ: senders that write a message anew give it another MSH-7.
 */
function earlierOf({ controlId }: Hl7Message, last: LastNumber | undefined): Position | undefined {
  return controlId === "" ? undefined : (last?.position as Position | undefined);
}

async function takeNext(
  numbered: Numbered,
  take: Take,
  { last, number }: { last: number | undefined; number: number },
): Promise<Reply> {
  const { door, order, message } = numbered;
  const taken = await take();
  const expectedSequence = last === undefined ? anyNumber : last + 1;
  if (taken.refusal !== undefined) return replyTo(door, message, { ...taken, expectedSequence });
  const position = taken.durable?.appended.position;
  const refusal = await keep(order, linkOf(message), { number, position });
  // Said to be not stored: its sender repeats it with the same number, and it is found to be there.
  if (refusal !== undefined) return notKeptReply(numbered, taken, { refusal, expectedSequence });
  return replyTo(door, message, { ...taken, expectedSequence: number });
}

/**
 * Says what is expected, and forgets the number where that is wished. Such a message should carry
 * nothing; one that does is stored like any other.
 */
async function startLink(
  numbered: Numbered,
  take: Take,
  { kind, expected }: { kind: "start" | "reset"; expected: number },
): Promise<Reply> {
  const { door, order, message } = numbered;
  const taken = isOnlyNumber(numbered) ? undefined : await take();
  if (taken?.refusal !== undefined) return replyTo(door, message, taken);
  const refusal = kind === "reset" ? await keep(order, linkOf(message), undefined) : undefined;
  if (refusal !== undefined) return notKeptReply(numbered, taken, { refusal });
  return taken === undefined
    ? sayExpected(door, message, expected)
    : replyTo(door, message, { ...taken, expectedSequence: expected });
}

/** What was stored is said to be not stored, so nobody waits for what becomes of it. */
function notKeptReply({ door, message }: Numbered, taken: Taken | undefined, no: Taken): Reply {
  if (taken?.outcome !== undefined && taken.outcome !== "asKnown") taken.outcome.release();
  return replyTo(door, message, no);
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

/** @returns Why the number could not be kept. */
async function keep(
  { store }: LinkOrder,
  link: string,
  last: LastNumber | undefined,
): Promise<Refusal | undefined> {
  try {
    await store.write(link, last);
    return undefined;
  } catch (error) {
    const hint = error instanceof Error && "hint" in error ? String(error.hint) : "";
    return storageRefusal({ ...notKept, hint });
  }
}

/** MSH-3 and MSH-4. */
function linkOf({ header }: Hl7Message): string {
  return JSON.stringify([header.field(3).raw, header.field(4).raw]);
}

const mismatch: Problem = {
  code: "channels.sequenceMismatch",
  text: "The sequence number (MSH-13) is not the one that is expected; MSA-4 says which.",
  hint: "Messages are missing or were numbered twice. The sender repeats them, or its owner resynchronises.",
  at: "MSH-13",
};

const notKept: Problem = {
  code: "channels.sequenceNotKept",
  text: "The sequence number could not be kept. Send the message again.",
  hint: "",
};
