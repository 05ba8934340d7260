import type { Problem } from "@trestle/base";
import {
  type Acknowledgement,
  type AcknowledgementCode,
  type AcknowledgementMode,
  type Hl7Message,
  acknowledgeInBytes,
  acknowledgementMode,
  isAnswerDue,
} from "@trestle/hl7v2";
import type { Answer, MessageFacts } from "@trestle/journal";
import type { Reply } from "@trestle/mllp";
import type { Durable } from "./durable.ts";
import type { Door } from "./ingress.ts";
import type { Place } from "./outcomes.ts";
import { type Refusal, commitCodeOf, refusalOf } from "./refusals.ts";

/** What became of a message at the door. */
export interface Taken {
  /** Why it is not taken. */
  readonly refusal?: Refusal | undefined;
  /** That it is stored; a refused message may be, and one that there is no room for is not. */
  readonly durable?: Durable;
  /** Where the application's answer tells what processing made of it: a place to wait at, or none. */
  readonly outcome?: Place | "asKnown";
  /** MSA-4, where the message has a number. */
  readonly expectedSequence?: number;
}

/** Says what the sender asked for, each answer as soon as it is true. */
export function replyTo(door: Door, message: Hl7Message | undefined, taken: Taken): Reply {
  const { refusal, durable } = taken;
  if (refusal !== undefined || durable === undefined) {
    const code = refusedCode(message, refusal);
    const isStored = durable !== undefined;
    return code === undefined || refusal === undefined
      ? { isStored }
      : { isStored, answer: sayNo(door, message, { code, refusal, ...expectedOf(taken) }) };
  }
  const yes = { door, message, taken, durable };
  const { isEnhanced, accept, application } = modeOf(message);
  if (!isEnhanced) return { isStored: true, answer: applicationAnswer(yes) };
  const answer = isAnswerDue(accept, true) ? sayYes(yes, "CA") : undefined;
  if (application === "NE") return { isStored: true, answer };
  return { isStored: true, answer, later: Promise.resolve(applicationAnswer(yes)) };
}

/** What an entry says of its answer, which is known before it is stored. */
export function firstAnswer(
  message: Hl7Message | undefined,
  { refusal, isWaiting }: { refusal: Refusal | undefined; isWaiting: boolean },
): Answer {
  if (refusal !== undefined) return refusedCode(message, refusal) ?? "none";
  const { accept, application } = modeOf(message);
  if (isAnswerDue(accept, true)) return "CA";
  if (isWaiting) return "later";
  return isAnswerDue(application, true) ? "AA" : "none";
}

/** Whether anything that processing makes of a message may be told to its sender. */
export function wantsOutcome(message: Hl7Message | undefined): boolean {
  return modeOf(message).application !== "NE";
}

/** An acknowledgement is never acknowledged. */
export function isAcknowledgement(message: Hl7Message | undefined): boolean {
  return message?.header.field(9).component(1).raw === "ACK";
}

/** Refuses a message; nothing of it need be stored. */
export function sayNo(
  door: Door,
  message: Hl7Message | undefined,
  no: { code: AcknowledgementCode; refusal: Refusal; expectedSequence?: number },
): Uint8Array {
  const { code, refusal, ...expected } = no;
  return written(door, message, { code, reason: refusal.reason, ...expected });
}

/**
 * Answers a message that carries nothing and only starts or resets a link. Where its sender wants to
 * hear no yes, it hears one all the same, for it asks for the number in there.
 */
export function sayExpected(door: Door, message: Hl7Message, expectedSequence: number): Reply {
  const { isEnhanced, accept, application } = modeOf(message);
  const yes = (code: "AA" | "CA") => written(door, message, { code, expectedSequence });
  const applied = isAnswerDue(application, true) ? yes("AA") : undefined;
  if (!isEnhanced) return { isStored: true, answer: applied };
  const isCommitDue = isAnswerDue(accept, true) || applied === undefined;
  const answer = isCommitDue ? yes("CA") : undefined;
  return { isStored: true, answer, later: Promise.resolve(applied) };
}

interface Yes {
  readonly door: Door;
  readonly message: Hl7Message | undefined;
  readonly taken: Taken;
  readonly durable: Durable;
}

function sayYes({ door, message, taken }: Yes, code: "AA" | "CA"): Uint8Array {
  return written(door, message, { code, ...expectedOf(taken) });
}

/** Of a stored message: at once, or once processing has said what became of it. */
function applicationAnswer(yes: Yes): Promise<Uint8Array | undefined> | Uint8Array | undefined {
  const { application } = modeOf(yes.message);
  if (yes.taken.outcome !== undefined) return processedAnswer(yes, yes.taken.outcome);
  return isAnswerDue(application, true) ? sayYes(yes, "AA") : undefined;
}

async function processedAnswer(
  yes: Yes,
  outcome: Place | "asKnown",
): Promise<Uint8Array | undefined> {
  const { door, message, taken } = yes;
  const { application } = modeOf(message);
  const problem = problemOf(await factsOf(yes, outcome));
  if (!isAnswerDue(application, problem === undefined)) return undefined;
  if (problem === undefined) return sayYes(yes, "AA");
  const refusal = refusalOf(problem);
  return sayNo(door, message, { code: refusal.code, refusal, ...expectedOf(taken) });
}

/** Undefined as well where it cannot be looked up now: like one that is late, it may be asked again. */
async function factsOf(
  { door, durable: { appended } }: Yes,
  outcome: Place | "asKnown",
): Promise<MessageFacts | undefined> {
  try {
    if (outcome !== "asKnown") return await outcome.outcomeOf(appended);
    return await door.outcomes?.knownOf(appended.position);
  } catch {
    return undefined;
  }
}

/** Which code a refused message gets; undefined where its sender wants to hear of no refusal. */
function refusedCode(
  message: Hl7Message | undefined,
  refusal: Refusal | undefined,
): "AE" | "AR" | "CE" | "CR" | undefined {
  if (refusal === undefined || isAcknowledgement(message)) return undefined;
  const { accept, application } = modeOf(message);
  if (isAnswerDue(accept, false)) return commitCodeOf(refusal);
  return isAnswerDue(application, false) ? refusal.code : undefined;
}

function problemOf(facts: MessageFacts | undefined): Problem | undefined {
  if (facts === undefined) return notInTime;
  if (facts.outcome === "mapped" || facts.outcome === "mappedWithWarnings") return undefined;
  if (facts.outcome === "notMapped") return notMapped;
  return { ...notProcessed, text: facts.reason?.text ?? notProcessed.text };
}

/** MSH-15 and MSH-16. */
function modeOf(message: Hl7Message | undefined): AcknowledgementMode {
  const raw = (number: number): string => message?.header.field(number).raw ?? "";
  return acknowledgementMode({ accept: raw(15), application: raw(16) });
}

function expectedOf({ expectedSequence }: Taken): { expectedSequence?: number } {
  return expectedSequence === undefined ? {} : { expectedSequence };
}

function written(
  door: Door,
  message: Hl7Message | undefined,
  answer: Omit<Acknowledgement, "controlId" | "at">,
): Uint8Array {
  return acknowledgeInBytes(message, { ...door.stamp(), ...answer });
}

const notInTime: Problem = {
  code: "channels.notProcessedInTime",
  text: "The message is stored, but what becomes of it was not known in time. Send it again to hear.",
  hint: "Raise processedTimeoutSeconds of the listener, or find out why processing is slow.",
};

const notMapped: Problem = {
  code: "channels.notMapped",
  text: "The message is stored, but no mapping is known for its type.",
  hint: "Take the type out of the channel's accepts, or ask the sender to leave it out.",
};

const notProcessed: Problem = {
  code: "channels.notProcessed",
  text: "The message is stored, but could not be processed.",
  hint: "Look at the message in the console; replay it once the cause is gone.",
};
