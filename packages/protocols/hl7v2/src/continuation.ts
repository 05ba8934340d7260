import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { type MessageLimits, defaultLimits } from "./limits.ts";
import type { Hl7Message } from "./message.ts";
import { parseMessage } from "./parse.ts";

export interface ContinuationLimits extends MessageLimits {
  /** Messages whose rest has not come yet. */
  readonly maxWaiting: number;
}

/**
 * Puts together what a sender had to split: a segment that goes on in ADD, and a message that ends in
 * DSC and goes on in the next one whose MSH-14 has the same pointer. The parts of a message are told
 * apart by sender (MSH-3, MSH-4) and pointer. A DSC of an interactive continuation (DSC-2 is I) is
 * no split: such a message is whole, and more is sent only to who asks.
 *
 * @see HL7 v2.5.1, chapter 2.10.2
 */
export class Continuations {
  readonly #limits: ContinuationLimits;
  /** The segments so far, by sender and pointer. */
  readonly #waiting = new Map<string, readonly string[]>();

  constructor(limits: Partial<ContinuationLimits> = {}) {
    this.#limits = { ...defaultLimits, maxWaiting: 100, ...limits };
  }

  /** How many messages wait for their rest. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Takes the next message, as it was received.
   *
   * @returns The whole message once its last part came: the same object where nothing was split.
   * Undefined while more is to come. A problem where a part is not known to go on, or a limit is
   * reached; the parts that it belongs to are then given up.
   */
  take(message: Hl7Message): Result<Hl7Message | undefined> {
    const pointer = message.header.field(14).text;
    const begun = pointer === undefined ? [] : this.#begun(message, pointer);
    if (begun === undefined) return fail(unknownContinuation);
    const announced = pointerOf(message);
    const isWhole = pointer === undefined && announced === undefined;
    if (isWhole && message.first("ADD") === undefined) return succeed(message);
    const lines = [...begun, ...linesOf(message, begun.length > 0)];
    const size = lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (size > this.#limits.maxCharacters) return fail(tooLong(this.#limits.maxCharacters));
    if (announced === undefined) return join(lines, message, this.#limits);
    if (this.#waiting.size >= this.#limits.maxWaiting) return fail(tooManyWaiting);
    this.#waiting.set(keyOf(message, announced), lines);
    return succeed(undefined);
  }

  #begun(message: Hl7Message, pointer: string): readonly string[] | undefined {
    const key = keyOf(message, pointer);
    const lines = this.#waiting.get(key);
    this.#waiting.delete(key);
    return lines;
  }
}

/** The pointer of a DSC at the end, where the message goes on. */
function pointerOf(message: Hl7Message): string | undefined {
  const last = message.segments.at(-1);
  if (last?.name !== "DSC" || last.field(2).text === "I") return undefined;
  return last.field(1).text;
}

/** The segments that make up the message: a part that follows has no header of its own. */
function linesOf(message: Hl7Message, isContinuing: boolean): readonly string[] {
  const lines = message.segments.map(({ raw }) => raw);
  return lines.slice(isContinuing ? 1 : 0, pointerOf(message) === undefined ? undefined : -1);
}

function keyOf({ header }: Hl7Message, pointer: string): string {
  return JSON.stringify([header.field(3).raw, header.field(4).raw, pointer]);
}

function join(
  lines: readonly string[],
  { separators }: Hl7Message,
  limits: MessageLimits,
): Result<Hl7Message> {
  const joined: string[][] = [];
  for (const line of lines) {
    const isAddition = line === "ADD" || line.startsWith(`ADD${separators.field}`);
    if (!isAddition) joined.push([line]);
    else if (joined.length < 2) return fail(nothingToContinue);
    else joined.at(-1)?.push(line.slice(4));
  }
  return parseMessage(joined.map((parts) => `${parts.join("")}\r`).join(""), limits);
}

const unknownContinuation: Problem = {
  code: "hl7v2.unknownContinuation",
  text: "MSH-14 continues a message that is not here.",
  hint: "Its beginning was not received, or was given up. Ask the sender to send all parts again.",
  at: "MSH-14",
};

const nothingToContinue: Problem = {
  code: "hl7v2.nothingToContinue",
  text: "An ADD segment follows MSH, which cannot be continued.",
  hint: "The part before it may be missing. Ask the sender to send all parts again.",
  at: "ADD",
};

const tooManyWaiting: Problem = {
  code: "hl7v2.tooManyWaiting",
  text: "Too many messages wait for their rest; this one was not kept.",
  hint: "Raise maxWaiting, or find out why the rest of the others does not come.",
  at: "DSC-1",
};

function tooLong(most: number): Problem {
  return {
    code: "hl7v2.tooLong",
    text: `The parts of the message have more than ${most} characters together.`,
    hint: "Raise maxCharacters, or ask the sender to send less at a time.",
  };
}
