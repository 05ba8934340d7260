import { Worker } from "node:worker_threads";
import type { Result } from "@trestle/base";
import { cliErrors } from "../errors.ts";
import type {
  MappingRequest,
  MappingStart,
  Started,
  ThreadData,
  ThreadMessage,
  ThreadRequest,
} from "./mapping-worker.ts";
import { writeOutput } from "./thread-output.ts";

/** Why the thread came to its end before it answered. */
export type Ending = "time" | "memory" | "failure";

/** What was asked for, or why there is nothing. */
export type Answer = { readonly result: Result<unknown> } | { readonly ended: Ending };

/** Something that a mapping left under way failed after the answer was given. */
export interface FailedBehind {
  /** What was answered last; undefined where nothing was. */
  readonly after: MappingRequest | undefined;
  /** The name of the error; undefined where the thread was ended without one. */
  readonly kind: string | undefined;
}

interface StartLimits {
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One run of the thread that maps: asked for one thing at a time, until it ends. */
export class MappingThread {
  readonly #worker: Worker;
  readonly #underWay: Int32Array;
  readonly #started = Promise.withResolvers<Started>();
  #settle: ((answer: Answer) => void) | undefined;
  #ending: Ending = "failure";
  #errorKind: string | undefined;
  #answered: MappingRequest | undefined;
  #isEnding = false;
  #isTerminated = false;
  #hasEnded = false;
  #failedBehind: FailedBehind | undefined;

  private constructor(worker: Worker, underWay: Int32Array) {
    this.#worker = worker;
    this.#underWay = underWay;
    worker.on("message", (message: ThreadMessage) => this.#onMessage(message));
    // What went wrong may quote a message, so no more than its kind is kept. The end follows it.
    worker.on("error", (error: unknown) => {
      this.#errorKind = error instanceof Error ? error.name : typeof error;
      if (isOutOfMemory(error)) this.#ending = "memory";
      this.#started.reject(error);
    });
    worker.on("exit", (code) => this.#onExit(code));
  }

  /**
   * Starts the thread, and ends it where the signal is given.
   *
   * @param memoryMb Megabytes it may hold; one that needs more is ended.
   * @param timeoutMs What starting may take.
   * @throws {TrestleError} `cli.mappingNotStarted`
   */
  static async start(
    start: MappingStart,
    { memoryMb, timeoutMs, signal }: StartLimits,
  ): Promise<{ thread: MappingThread; started: Started }> {
    signal.throwIfAborted();
    const underWay = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const worker = new Worker(new URL("./start-mapping-worker.mjs", import.meta.url), {
      workerData: { start, underWay } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    const thread = new MappingThread(worker, underWay);
    const stop = () => void thread.#terminate();
    signal.addEventListener("abort", stop);
    const timer = setTimeout(stop, timeoutMs);
    worker.once("exit", () => signal.removeEventListener("abort", stop));
    try {
      return { thread, started: await thread.#started.promise };
    } catch (error) {
      throw cliErrors.mappingNotStarted({}, error);
    } finally {
      clearTimeout(timer);
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  ask(request: MappingRequest, timeoutMs: number): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => {
      this.#ending = "time";
      void this.#terminate();
    }, timeoutMs);
    this.#settle = (answer) => {
      clearTimeout(timer);
      if ("result" in answer) this.#answered = request;
      this.#settle = undefined;
      resolve(answer);
    };
    this.#tell(request);
    return promise;
  }

  /** What failed behind an answer, and ended the thread; known once it has ended. */
  get failedBehind(): FailedBehind | undefined {
    return this.#failedBehind;
  }

  /** Ends it when nothing is under way in it any more, or after some seconds whatever it does. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#isEnding = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#worker.once("exit", () => resolve());
    const timer = setTimeout(() => void this.#terminate(), lingersMs);
    this.#tell({ is: "end" });
    await promise;
    clearTimeout(timer);
  }

  #onMessage(message: ThreadMessage): void {
    if (message.is === "output") writeOutput(message.stream, message.bytes, this.#underWay);
    else if (message.is === "started") this.#started.resolve(message.started);
    else this.#settle?.({ result: message.result });
  }

  #onExit(code: number): void {
    this.#hasEnded = true;
    const isMeant = this.#isTerminated || (this.#isEnding && code === 0);
    const isAnswer = this.#settle !== undefined && this.#ending === "memory";
    if (!isMeant && !isAnswer) {
      this.#failedBehind = { after: this.#answered, kind: this.#errorKind };
    }
    this.#started.reject(new Error("the thread ended before it had started"));
    this.#settle?.({ ended: this.#ending });
  }

  #tell(request: ThreadRequest): void {
    this.#worker.postMessage(request);
  }

  async #terminate(): Promise<void> {
    this.#isTerminated = true;
    await this.#worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/** How long something that a transform left under way may go on after the last answer. */
const lingersMs = 5000;

/** As a hub has it. */
const youngMb = 32;
