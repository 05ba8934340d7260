import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { encodeText } from "./encode.ts";
import { type MessageLimits, defaultLimits, raising } from "./limits.ts";
import type { Hl7Message, Received } from "./message.ts";
import { parseDecoded } from "./parse.ts";

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
  /** By sender and pointer. */
  readonly #waiting = new Map<string, Parts>();

  constructor(limits: Partial<ContinuationLimits> = {}) {
    this.#limits = { ...defaultLimits, maxWaiting: 100, ...limits };
  }

  /** How many messages wait for their rest. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Takes the next message, as it was received. The first part of a message may come again, as a
   * sender repeats what it saw no answer to.
   *
   * @returns The whole message once its last part came: the same object where nothing was split, and
   * otherwise one with the warnings of all parts, in the character set of the first. Undefined while
   * more is to come. A problem where a part is not known to go on, where another message with its
   * pointer waits already, or where a limit is reached; the parts that it belongs to are then given
   * up.
   */
  take(message: Hl7Message): Result<Hl7Message | undefined> {
    const pointer = message.header.field(14).text;
    const announced = pointerOf(message);
    const isWhole = pointer === undefined && announced === undefined;
    if (isWhole && message.first("ADD") === undefined) return succeed(message);
    const parts = pointer === undefined ? new Parts() : this.#begun(message, pointer);
    if (parts === undefined) return fail(unknownContinuation);
    parts.add(message);
    if (parts.characters > this.#limits.maxCharacters) {
      return fail(tooLong(this.#limits));
    }
    if (announced === undefined) return parts.join(this.#limits);
    return this.#wait(keyOf(message, announced), parts);
  }

  #begun(message: Hl7Message, pointer: string): Parts | undefined {
    const key = keyOf(message, pointer);
    const parts = this.#waiting.get(key);
    this.#waiting.delete(key);
    return parts;
  }

  #wait(key: string, parts: Parts): Result<undefined> {
    const other = this.#waiting.get(key);
    if (other !== undefined) return other.isSame(parts) ? succeed(undefined) : fail(takenPointer);
    if (this.#waiting.size >= this.#limits.maxWaiting) return fail(tooManyWaiting);
    this.#waiting.set(key, parts);
    return succeed(undefined);
  }
}

/** The parts of one message that came so far. */
class Parts {
  characters = 0;
  readonly #lines: string[] = [];
  readonly #warnings: Problem[] = [];
  #first: Hl7Message | undefined;
  #areBytes = true;

  add(message: Hl7Message): void {
    const lines = linesOf(message, this.#first !== undefined);
    for (const line of lines) {
      this.characters += line.length + 1;
      this.#lines.push(line);
    }
    this.#warnings.push(...message.warnings);
    this.#areBytes &&= message.received !== undefined;
    this.#first ??= message;
  }

  isSame(other: Parts): boolean {
    return (
      this.characters === other.characters &&
      this.#lines.every((line, index) => line === other.#lines[index])
    );
  }

  join(limits: MessageLimits): Result<Hl7Message> {
    const field = this.#first?.separators.field ?? "";
    const joined: string[][] = [];
    for (const line of this.#lines) {
      const isAddition = line === "ADD" || line.startsWith(`ADD${field}`);
      if (!isAddition) joined.push([line]);
      else if (joined.length < 2) return fail(nothingToContinue);
      else joined.at(-1)?.push(line.slice(4));
    }
    const text = joined.map((parts) => `${parts.join("")}\r`).join("");
    return parseDecoded(text, limits, { warnings: this.#warnings, received: this.#received(text) });
  }

  /** The bytes as the sender would have sent the whole; none where its set has not all letters. */
  #received(text: string): Received | undefined {
    const charset = this.#areBytes ? this.#first?.received?.charset : undefined;
    const bytes = charset === undefined ? undefined : encodeText(text, charset);
    return charset === undefined || !(bytes instanceof Uint8Array) ? undefined : { bytes, charset };
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

const unknownContinuation: Problem = {
  code: "hl7v2.unknownContinuation",
  text: "MSH-14 continues a message that is not here.",
  hint: "Its beginning was not received, or was given up. Ask the sender to send all parts again.",
  at: "MSH-14",
};

const takenPointer: Problem = {
  code: "hl7v2.takenPointer",
  text: "Another message of this sender waits under the pointer of DSC-1; this one was not kept.",
  hint: "Ask the sender to give each message a pointer of its own, and to send this one again.",
  at: "DSC-1",
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

function tooLong(limits: MessageLimits): Problem {
  return {
    code: "hl7v2.tooLong",
    text: `The parts of the message have more than ${limits.maxCharacters} characters together.`,
    hint: `${raising("maxCharacters", limits)}, or ask the sender to send less at a time.`,
  };
}
