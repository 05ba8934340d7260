import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Result } from "@trestle/base";
import { cliErrors } from "../errors.ts";
import type { MappingRequest, MappingStart, Started } from "./mapping-worker.ts";

/** Why the thread came to its end before it answered. */
export type Ending = "time" | "memory" | "failure";

/** What was asked for, or why there is nothing. */
export type Answer = { readonly result: Result<unknown> } | { readonly ended: Ending };

/** One run of the thread that maps: asked for one thing at a time, until it ends. */
export class MappingThread {
  readonly #worker: Worker;
  #settle: ((answer: Answer) => void) | undefined;
  #ending: Ending = "failure";
  #hasEnded = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (result: Result<unknown>) => this.#settle?.({ result }));
    // What went wrong may quote a message, so no more than its kind is kept. The end follows it.
    worker.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") this.#ending = "memory";
    });
    worker.on("exit", () => {
      this.#hasEnded = true;
      this.#settle?.({ ended: this.#ending });
    });
  }

  /**
   * Starts the thread, and ends it where the signal is given.
   *
   * @param memoryMb Megabytes it may hold; one that needs more is ended.
   * @throws {TrestleError} `cli.mappingNotStarted`
   */
  static async start(
    start: MappingStart,
    { memoryMb, signal }: { memoryMb: number; signal: AbortSignal },
  ): Promise<{ thread: MappingThread; started: Started }> {
    const worker = new Worker(new URL("./start-mapping-worker.mjs", import.meta.url), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    const stop = () => void worker.terminate();
    signal.addEventListener("abort", stop);
    worker.once("exit", () => signal.removeEventListener("abort", stop));
    try {
      const [started] = (await once(worker, "message", { signal })) as [Started];
      return { thread: new MappingThread(worker), started };
    } catch (error) {
      throw cliErrors.mappingNotStarted({}, error);
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  ask(request: MappingRequest, timeoutMs: number): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => {
      this.#ending = "time";
      void this.#worker.terminate();
    }, timeoutMs);
    this.#settle = (answer) => {
      clearTimeout(timer);
      this.#settle = undefined;
      resolve(answer);
    };
    this.#worker.postMessage(request);
    return promise;
  }

  /** Ends it at once, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** As a hub has it. */
const youngMb = 32;
