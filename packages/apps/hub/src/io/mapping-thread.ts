import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { hubErrors } from "../errors.ts";
import type { MappingAnswer, MappingRequest, MappingStart } from "./mapping-worker.ts";

/** One run of the mapping thread: asked for one thing at a time, until it ends. */
export class MappingThread {
  readonly #worker: Worker;
  #answer: PromiseWithResolvers<MappingAnswer> | undefined;
  #hasEnded = false;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (answer: MappingAnswer) => this.#onAnswer(answer));
    // What went wrong may quote a message, so it goes nowhere. The end follows it.
    worker.on("error", () => {});
    worker.on("exit", () => this.#onExit());
  }

  /**
   * Starts the thread and resolves when it can be asked.
   *
   * @param memoryMb Megabytes it may hold; one that needs more is ended.
   * @throws {TrestleError} `hub.mappingNotStarted`
   */
  static async start(start: MappingStart, memoryMb: number): Promise<MappingThread> {
    const worker = new Worker(new URL("./start-mapping-worker.mjs", import.meta.url), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
    });
    try {
      await once(worker, "message");
    } catch (error) {
      throw hubErrors.mappingNotStarted({}, error);
    }
    return new MappingThread(worker);
  }

  /**
   * @throws {TrestleError} `hub.mappingEnded` when the thread came to its end before it answered,
   * `hub.mappingNotRead` when it could not read the journal.
   */
  ask(request: MappingRequest): Promise<MappingAnswer> {
    if (this.#hasEnded) return Promise.reject(hubErrors.mappingEnded());
    this.#answer = Promise.withResolvers();
    this.#worker.postMessage(request);
    return this.#answer.promise;
  }

  /** Ends it at once, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #onAnswer(answer: MappingAnswer): void {
    const { failure } = answer;
    if (failure === undefined) this.#answer?.resolve(answer);
    else this.#answer?.reject(hubErrors.mappingNotRead({ reason: failure }));
    this.#answer = undefined;
  }

  #onExit(): void {
    this.#hasEnded = true;
    this.#answer?.reject(hubErrors.mappingEnded());
    this.#answer = undefined;
  }
}

/** Results live for one batch, so a larger young generation spares the collector half its work. */
const youngMb = 32;
