import { TrestleError } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import type { MllpClient } from "@trestle/mllp";
import type { Faults } from "../admin/faults.ts";
import { Bell } from "./bell.ts";

export interface OutgoingParts {
  readonly faults: Faults;
  /** Makes a connection to the receiver. */
  readonly connect: () => MllpClient;
  /** The bytes of a message, in the characters that the site writes. */
  readonly encode: (text: string) => Uint8Array;
  /** How many messages wait at most, with the one that is under way. */
  readonly maxUnsent: number;
}

/**
 * The hospital's outgoing interface: sends messages in their order, each behind the acknowledgement
 * of the one before. Meanwhile the others wait, and leave as fast as they are acknowledged.
 */
export class Outgoing {
  sent = 0;
  refused = 0;
  reconnects = 0;
  readonly #parts: OutgoingParts;
  readonly #changed = new Bell();
  readonly #unsent: string[] = [];
  #client: MllpClient;
  #isComplete = false;
  #isStopping = false;

  constructor(parts: OutgoingParts) {
    this.#parts = parts;
    this.#client = parts.connect();
    parts.faults.onChange(() => this.#changed.ring());
  }

  /** Messages that are not acknowledged yet. */
  get unsent(): number {
    return this.#unsent.length;
  }

  get isFull(): boolean {
    return this.#unsent.length >= this.#parts.maxUnsent;
  }

  /** Resolves when one more may be added, or when it was stopped. */
  async whenNotFull(): Promise<void> {
    while (this.isFull && !this.#isStopping) await this.#changed.rung();
  }

  add(text: string): void {
    this.#unsent.push(text);
    this.#changed.ring();
  }

  /** Nothing more is added. */
  complete(): void {
    this.#isComplete = true;
    this.#changed.ring();
  }

  /** Sends until it is complete and all is acknowledged, or until it is stopped. */
  async run(): Promise<void> {
    for (;;) {
      const text = await this.#next();
      if (text === undefined || !(await this.#deliver(text))) return;
      this.#unsent.shift();
      this.#changed.ring();
      await this.#dropNowAndThen();
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#changed.ring();
    await this.#client.close();
  }

  /** Ends the connection to the receiver; the next message makes another. */
  async drop(): Promise<boolean> {
    if (this.#isStopping) return false;
    const dropped = this.#client;
    this.#client = this.#parts.connect();
    await dropped.close();
    return true;
  }

  /** Undefined where there is none to come. */
  async #next(): Promise<string | undefined> {
    const { faults } = this.#parts;
    while (!this.#isStopping) {
      const [next] = this.#unsent;
      if (next === undefined && this.#isComplete) return undefined;
      if (next !== undefined && !faults.settings.quietFeed) return next;
      await this.#changed.rung();
    }
    return undefined;
  }

  /** Sends until it is answered. @returns False where it was stopped before. */
  async #deliver(text: string): Promise<boolean> {
    const payload = this.#parts.encode(text);
    while (!this.#isStopping) {
      try {
        const answer = await this.#client.send(payload);
        this.sent += 1;
        if (!isAccepted(answer)) this.refused += 1;
        return true;
      } catch (error) {
        // It is not acknowledged: a hospital sends it again. The client waits before it connects.
        if (error instanceof TrestleError && error.failure === "permanent") throw error;
        this.reconnects += 1;
      }
    }
    return false;
  }

  async #dropNowAndThen(): Promise<void> {
    const { dropFeedEvery } = this.#parts.faults.settings;
    if (dropFeedEvery !== undefined && this.sent % dropFeedEvery === 0) await this.drop();
  }
}

function isAccepted(answer: Uint8Array): boolean {
  const code = read(answer, "MSA-1");
  return code === "AA" || code === "CA";
}

function read(bytes: Uint8Array, path: string): string | undefined {
  const decoded = decodeMessage(bytes);
  const message = decoded.ok ? parseMessage(decoded.value.text) : decoded;
  return message.ok ? message.value.get(path) : undefined;
}
