import type { Problem } from "@trestle/base";
import type { Hl7Message } from "@trestle/hl7v2";
import { type Reply, judgeSequence } from "@trestle/mllp";
import type { Door } from "./ingress.ts";
import type { LinkOrder } from "./link-order.ts";
import { type Refusal, refusalOf, storageRefusal } from "./refusals.ts";
import { type Taken, replyTo, sayExpected } from "./replies.ts";

/** Whether a message has a sequence number. */
export function isNumbered(message: Hl7Message): boolean {
  return message.header.field(13).raw !== "";
}

interface Numbered {
  readonly door: Door;
  readonly order: LinkOrder;
  readonly message: Hl7Message;
}

/**
 * Takes a numbered message by the sequence number protocol. A link is a sending application and
 * facility at one listener. The number is kept behind the entry and in front of the answer, so that a
 * crash between them repeats the message and loses none.
 *
 * @param take Stores the message; with a refusal, as refused.
 * @see HL7 v2.5.1, chapter 2.10.1
 */
export async function inSequence(
  numbered: Numbered,
  take: (refusal?: Refusal) => Promise<Taken>,
): Promise<Reply> {
  const { order, message } = numbered;
  return order.next(linkOf(message), () => judged(numbered, take));
}

async function judged(
  { door, order, message }: Numbered,
  take: (refusal?: Refusal) => Promise<Taken>,
): Promise<Reply> {
  const link = linkOf(message);
  const last = await order.store.read(link);
  const verdict = judgeSequence(last, message.header.field(13).raw);
  const isOnlyNumber = verdict?.kind === "start" || verdict?.kind === "reset";
  if (verdict === undefined || (isOnlyNumber && !door.addresseeOf(message).ok)) {
    return replyTo(door, message, await take());
  }
  if (verdict.kind === "start") return sayExpected(door, message, verdict.expected);
  if (verdict.kind === "reset") {
    const kept = await keep(order, link, undefined);
    if (kept !== undefined) return replyTo(door, message, { refusal: kept });
    return sayExpected(door, message, verdict.expected);
  }
  if (verdict.kind !== "next") {
    const taken = await take(verdict.kind === "repeat" ? undefined : refusalOf(mismatch));
    return replyTo(door, message, { ...taken, expectedSequence: verdict.expected });
  }
  const taken = await take();
  const expectedSequence = last === undefined ? anyNumber : last + 1;
  if (taken.refusal !== undefined) return replyTo(door, message, { ...taken, expectedSequence });
  const refusal = await keep(order, link, verdict.number);
  // Said to be not stored: its sender repeats it with the same number, and it is found to be there.
  if (refusal !== undefined) return replyTo(door, message, { refusal, expectedSequence });
  return replyTo(door, message, { ...taken, expectedSequence: verdict.number });
}

/** @returns Why the number could not be kept. */
async function keep(
  { store }: LinkOrder,
  link: string,
  last: number | undefined,
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

const anyNumber = -1;

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
