import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Position } from "@trestle/journal";
import { whatIfErrors } from "../errors.ts";
import type { Tally } from "../groups.ts";
import type { SideName, WorkerRequest, WorkerStart } from "./what-if-worker.ts";

/** The message that brought a thread to its end, and under which side. */
export interface Culprit {
  readonly position: Position;
  readonly side: SideName;
}

/** What was asked for; or who is to blame that there is nothing. */
export type ThreadAnswer = { readonly tally: Tally } | { readonly culprit: Culprit | undefined };

/** One run of a thread that compares: asked for one range at a time, until it ends. */
export class CompareThread {
  readonly #worker: Worker;
  readonly #progress: Float64Array;
  readonly #timeoutMs: number;
  #answer: PromiseWithResolvers<ThreadAnswer> | undefined;
  #hasEnded = false;

  private constructor(worker: Worker, progress: Float64Array, timeoutMs: number) {
    this.#worker = worker;
    this.#progress = progress;
    this.#timeoutMs = timeoutMs;
    worker.on("message", (tally: Tally) => this.#settle({ tally }));
    // What went wrong may quote a message, so it goes nowhere. The end follows it.
    worker.on("error", () => {});
    worker.on("exit", () => {
      this.#hasEnded = true;
      this.#settle({ culprit: this.#culprit() });
    });
  }

  /** @throws {TrestleError} `whatIf.threadNotStarted` */
  static async start(
    start: Omit<WorkerStart, "progress">,
    { memoryMb, timeoutMs }: { memoryMb: number; timeoutMs: number },
  ): Promise<CompareThread> {
    const progress = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
    const worker = new Worker(new URL("./start-what-if-worker.mjs", import.meta.url), {
      workerData: { ...start, progress } satisfies WorkerStart,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    const timer = setTimeout(() => void worker.terminate(), Math.max(timeoutMs, leastStartMs));
    try {
      // The end without a word is a failure, too.
      await Promise.race([
        once(worker, "message"),
        once(worker, "exit").then(() => {
          throw whatIfErrors.threadNotStarted();
        }),
      ]);
    } catch (error) {
      throw whatIfErrors.threadNotStarted({}, error);
    } finally {
      clearTimeout(timer);
    }
    return new CompareThread(worker, new Float64Array(progress), timeoutMs);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Compares a range; one message that takes longer than it may ends the thread. */
  async ask(request: WorkerRequest): Promise<ThreadAnswer> {
    if (this.#hasEnded) return { culprit: undefined };
    this.#answer = Promise.withResolvers();
    this.#worker.postMessage(request);
    const watch = this.#watch();
    try {
      return await this.#answer.promise;
    } finally {
      clearInterval(watch);
    }
  }

  /** Ends it at once, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Ends the thread when it is under the same side of the same message twice. */
  #watch(): NodeJS.Timeout {
    let seen = "";
    return setInterval(() => {
      const now = this.#progress.join(" ");
      if (now === seen && this.#progress[0] !== 0) void this.end();
      seen = now;
    }, this.#timeoutMs);
  }

  #culprit(): Culprit | undefined {
    const [position = 0, side] = this.#progress;
    if (position === 0) return undefined;
    return { position: position as Position, side: side === 1 ? "one" : "other" };
  }

  #settle(answer: ThreadAnswer): void {
    this.#answer?.resolve(answer);
    this.#answer = undefined;
  }
}

/** Loading two revisions takes seconds, and far more where others want the cores. */
const leastStartMs = 120_000;

/** As a hub has it: results live for a moment. */
const youngMb = 32;
