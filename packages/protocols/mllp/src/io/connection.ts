import type { Socket } from "node:net";
import { AnswerQueue, type Unanswered } from "../answer-queue.ts";
import { type CommitBlock, commitBlock, commitBlockOf } from "../blocks.ts";
import { MllpDecoder, type Received, encodeFrames } from "../framing.ts";
import type { FramingProblem } from "../framing-problem.ts";
import type { MllpListenerSettings } from "../listener-settings.ts";
import type { MllpHandlers, Reply } from "./handlers.ts";

/** What the connections of one listener share. */
export interface SharedBuffers {
  /** True while nobody may read on. */
  readonly isFull: boolean;
  /** A connection's buffers grew or shrank. */
  changed(bytes: number, items: number): void;
}

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly remote: string;
  readonly settings: MllpListenerSettings;
  readonly handlers: MllpHandlers;
  readonly buffers: SharedBuffers;
}

/**
 * One sender's connection. After each event `#settle` does whatever has become possible: start
 * handlers, read on or pause, and end the connection once nothing is owed to its sender any more.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #decoder: MllpDecoder;
  readonly #queue: AnswerQueue<Received>;
  /** Content in the order it came, until its block has left; empty where none is spoken. */
  #unconfirmed: Unconfirmed[] = [];
  /** Further messages to the sender that are ready. */
  #ready: Uint8Array[] = [];
  /** How many further ones are not. */
  #later = 0;
  /** What the messages cost whose further one is not. */
  #laterBytes = 0;
  #isFlushScheduled = false;
  /** No frame is taken any more; what was taken is answered, then the connection ends. */
  #isDraining = false;
  #isEnded = false;
  #countedBytes = 0;
  #countedItems = 0;
  /** Marks between two checks instead of a clock reading for each message. */
  #hasReceived = true;
  #hasWritten = true;
  #lastReceivedMs = 0;
  #lastWrittenMs = 0;
  #lastOpenMs = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#decoder = new MllpDecoder(options.settings);
    this.#queue = new AnswerQueue(options.settings.maxUnansweredMessages);
    const { socket } = options;
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("drain", () => this.#settle());
    socket.on("end", () => this.#stopTaking(this.#decoder.end()));
    socket.on("close", () => this.#stopTaking(this.#decoder.end()));
    // Resets are part of a network's life: "close" follows and reports what was unfinished.
    socket.on("error", () => {});
  }

  /** Memory held for an unfinished frame. */
  get unfinishedBytes(): number {
    return this.#decoder.heldBytes;
  }

  /** Stops reading, answers what was taken, then ends. An unfinished frame is forgotten. */
  drain(): void {
    this.#stopTaking([]);
  }

  /** Cuts the connection. Resolves when it is gone. */
  async destroy(): Promise<void> {
    const { socket } = this.#options;
    if (socket.closed) return;
    await new Promise<void>((resolve) => {
      socket.destroy().once("close", () => resolve());
    });
  }

  /** Gives the unfinished frame up, because its memory is needed. */
  giveUpFrame(): void {
    this.#stopTaking(this.#decoder.end().map(asBufferFull));
  }

  /** Reads on, or pauses. A connection that has ended reads on, but drops the bytes. */
  regulate(): void {
    const { socket } = this.#options;
    if (socket.destroyed || socket.isPaused() === this.#mustPause()) return;
    if (socket.isPaused()) socket.resume();
    else socket.pause();
  }

  /** Looks for time that ran out. */
  check(nowMs: number): void {
    const { socket, settings } = this.#options;
    const isWriting = socket.writableLength > 0;
    // A sender that was made to wait, or that waits for an answer, is not idle.
    const isHeldUp = socket.isPaused() || this.#owed > 0;
    if (this.#hasReceived || isHeldUp) this.#lastReceivedMs = nowMs;
    if (this.#hasWritten || !isWriting) this.#lastWrittenMs = nowMs;
    if (!this.#isEnded || isWriting) this.#lastOpenMs = nowMs;
    this.#hasReceived = false;
    this.#hasWritten = false;
    const silentMs = nowMs - this.#lastReceivedMs;
    if (nowMs - this.#lastWrittenMs > settings.writeTimeoutSeconds * 1000) socket.destroy();
    else if (nowMs - this.#lastOpenMs > LINGER_MS) socket.destroy();
    else if (this.#isDraining) return;
    else if (silentMs > this.#silenceAllowedMs()) this.#stopTaking(this.#decoder.end());
  }

  #silenceAllowedMs(): number {
    const { idleTimeoutSeconds, frameTimeoutSeconds } = this.#options.settings;
    return 1000 * (this.#decoder.isUnfinished ? frameTimeoutSeconds : idleTimeoutSeconds);
  }

  #take(chunk: Buffer): void {
    this.#hasReceived = true;
    if (this.#isDraining) return;
    this.#enqueue(this.#decoder.push(chunk));
    if (this.#decoder.isLost) this.#isDraining = true;
    this.#settle();
  }

  #stopTaking(last: readonly Received[]): void {
    if (!this.#isDraining) this.#enqueue(last);
    this.#isDraining = true;
    this.#settle();
  }

  #enqueue(all: readonly Received[]): void {
    const { blockAcknowledgement } = this.#options.settings;
    for (const received of all) {
      // What the sender says to our answers: whoever missed one sends its message again.
      if (blockAcknowledgement && isCommitBlock(received)) continue;
      this.#queue.add(received, costOf(received));
    }
  }

  /** How many messages the sender still waits to hear of; what is ready leaves with the next tick. */
  get #owed(): number {
    return this.#queue.length + this.#later + this.#ready.length;
  }

  #settle(): void {
    this.#startHandling();
    if (this.#isDraining && this.#owed === 0) this.#end();
    this.#count();
    this.regulate();
  }

  #startHandling(): void {
    // A peer that reads no answers gets no further ones. A destroyed socket never needs to drain:
    // what had arrived whole before the connection broke is handled all the same.
    while (!this.#options.socket.writableNeedDrain) {
      const item = this.#queue.start();
      if (item === undefined) return;
      void this.#handle(item);
    }
  }

  async #handle(item: Unanswered<Received>): Promise<void> {
    const { settings, handlers, remote } = this.#options;
    const confirm = settings.blockAcknowledgement ? this.#expectBlock(item.received) : undefined;
    try {
      const reply = this.#spoken(item.received, await this.#ask(item.received));
      confirm?.(reply.isStored);
      if (reply.later !== undefined) this.#promise(item, reply.later);
      const { answer } = reply;
      // Nothing is waited for that is there: each further wait costs a part of the rate.
      this.#queue.settle(item, answer instanceof Promise ? await answer : answer);
    } catch (error) {
      confirm?.(false);
      this.#queue.fail(item);
      handlers.onFailure?.(error, remote);
    }
    this.#scheduleFlush();
  }

  /**
   * What is said of a reply. Under release 2 an answer is content behind the block that says stored:
   * whoever is told otherwise, or sent no message, waits for none and would take it for another's.
   */
  #spoken(received: Received, said: Reply | Uint8Array | undefined): Reply {
    const reply = isReply(said) ? said : { isStored: true, answer: said };
    const isTaken = received.kind === "frame" && reply.isStored;
    return isTaken || this.#mayAnswerOthers ? reply : { isStored: false };
  }

  /** Whether an answer leaves for what is no message, or not stored. */
  get #mayAnswerOthers(): boolean {
    return !this.#options.settings.blockAcknowledgement;
  }

  /** Keeps a place for a block among those of the content before and behind. */
  #expectBlock(received: Received): (isStored: boolean) => void {
    const isContent = received.kind === "frame" || received.problem.code === "frameTooLarge";
    if (!isContent) return () => {};
    const unconfirmed: Unconfirmed = { block: undefined };
    this.#unconfirmed.push(unconfirmed);
    return (isStored) => {
      unconfirmed.block ??= isStored ? "stored" : "notStored";
      this.#scheduleFlush();
    };
  }

  /** Owes the sender a further message, which never overtakes the answer in front of it. */
  #promise(item: Unanswered<Received>, later: Promise<Uint8Array | undefined>): void {
    const { handlers, remote } = this.#options;
    this.#later += 1;
    const answered = new Promise<void>((resolve) => {
      item.onAnswered = () => {
        // Whoever makes the further message may hold the whole one until then.
        this.#laterBytes += item.costBytes;
        resolve();
      };
    });
    const made = later.catch((error: unknown) => {
      handlers.onFailure?.(error, remote);
      return undefined;
    });
    void Promise.all([made, answered]).then(([message]) => {
      this.#later -= 1;
      this.#laterBytes -= item.costBytes;
      if (message !== undefined) this.#ready.push(message);
      this.#scheduleFlush();
    });
  }

  #ask(received: Received): Promise<Reply | Uint8Array | undefined> {
    const { handlers, remote } = this.#options;
    return received.kind === "frame"
      ? handlers.onMessage({ payload: received.payload, remote })
      : handlers.onProblem({
          ...received.problem,
          remote,
          mayAnswer: this.#mayAnswerOthers,
        });
  }

  /** A tick runs when all promises of this turn are settled, so that one commit is one write. */
  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    process.nextTick(() => {
      this.#isFlushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const blocks = this.#takeBlocks();
    const answers = this.#queue.takeAnswers();
    const hasMore = blocks.length > 0 || this.#ready.length > 0;
    const isSent = this.#write(
      hasMore ? [...blocks, ...answers, ...this.#ready.splice(0)] : answers,
    );
    if (!isSent || this.#queue.isBroken) {
      this.#queue.abandon();
      this.#unconfirmed = [];
      this.#isDraining = true;
      this.#end();
    }
    this.#settle();
  }

  #takeBlocks(): readonly Uint8Array[] {
    if (this.#unconfirmed.length === 0) return [];
    const open = this.#unconfirmed.findIndex(({ block }) => block === undefined);
    const count = open === -1 ? this.#unconfirmed.length : open;
    return this.#unconfirmed
      .splice(0, count)
      .flatMap(({ block }) => (block === undefined ? [] : [commitBlock(block)]));
  }

  /** @returns False when an answer cannot be framed. */
  #write(answers: readonly Uint8Array[]): boolean {
    const { socket, handlers, remote } = this.#options;
    if (answers.length === 0 || !socket.writable) return true;
    try {
      socket.write(encodeFrames(answers), () => {
        this.#hasWritten = true;
      });
      return true;
    } catch (error) {
      handlers.onFailure?.(error, remote);
      return false;
    }
  }

  /** Reading goes on, and drops the bytes: closing over unread bytes would reset the answers away. */
  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#options.socket.end();
  }

  #mustPause(): boolean {
    if (this.#isEnded) return false;
    const { socket, buffers, settings } = this.#options;
    const isFull = this.#queue.isFull || this.#owed >= settings.maxUnansweredMessages;
    return this.#isDraining || buffers.isFull || isFull || socket.writableNeedDrain;
  }

  #count(): void {
    const bytes = this.#decoder.heldBytes + this.#queue.bytes + this.#laterBytes;
    const items = this.#owed;
    const [moreBytes, moreItems] = [bytes - this.#countedBytes, items - this.#countedItems];
    if (moreBytes === 0 && moreItems === 0) return;
    this.#countedBytes = bytes;
    this.#countedItems = items;
    this.#options.buffers.changed(moreBytes, moreItems);
  }
}

/** Of a message that came in, what leaves for it in its turn. */
interface Unconfirmed {
  block: CommitBlock | undefined;
}

function isReply(said: Reply | Uint8Array | undefined): said is Reply {
  return said !== undefined && "isStored" in said;
}

function isCommitBlock(received: Received): boolean {
  return received.kind === "frame" && commitBlockOf(received.payload) !== undefined;
}

function asBufferFull(received: Received): Received {
  if (received.kind === "frame") return received;
  const problem: FramingProblem = { ...received.problem, code: "bufferFull" };
  return { kind: "problem", problem };
}

function costOf(received: Received): number {
  const bytes = received.kind === "frame" ? received.payload : received.problem.captured;
  return bytes.length + OVERHEAD_BYTES;
}

/** What the objects around a message take, so that a flood of empty frames is bounded as well. */
const OVERHEAD_BYTES = 512;

/** How long an ended connection waits for its peer to close as well. */
const LINGER_MS = 1000;
