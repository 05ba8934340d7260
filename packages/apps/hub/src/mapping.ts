import { type Clock, type Result, TrestleError, fail } from "@trestle/base";
import { type Processed, mappingStopped, stoppedEntry } from "@trestle/channels";
import type { ProcessingPlan } from "@trestle/integration";
import type { Journal, Position, ReadLimit } from "@trestle/journal";
import type { Explained } from "@trestle/mapping";
import { type OpenExplanation, guardExplanation } from "./explanation-wire.ts";
import { hubErrors } from "./errors.ts";
import { MappingThread } from "./io/mapping-thread.ts";
import type { BatchRequest, MappingAnswer, MappingRequest } from "./io/mapping-worker.ts";
import { guard } from "./processing-wire.ts";
import { Turns } from "./turns.ts";

export interface MappingOptions {
  readonly journal: Pick<Journal, "get">;
  readonly journalFile: string;
  readonly plan: ProcessingPlan;
  readonly clock: Clock;
  /** How long one batch, or one message alone, may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Megabytes that the mapping thread may hold. */
  readonly memoryMb: number;
  /** How many messages that ended the thread are known, the newest of them. */
  readonly maxStopped: number;
  /** Told when a batch ended the thread, and its messages are tried one by one. */
  readonly onEnded: (after: Position) => void;
}

/**
 * Maps entries on a thread of its own, which starts with the first of them.
 *
 * A message whose mapping never ends, or that needs more memory than there is, ends the thread. A
 * new one takes the batch message by message, and the one that ends it again becomes a failed fact.
 */
export class Mapping {
  readonly #options: MappingOptions;
  #thread: MappingThread | undefined;
  /** One request at a time, so that a time limit belongs to one of them. */
  readonly #turns = new Turns();
  /** The newest messages that ended the thread; whoever looks at one need not end it again. */
  readonly #ending = new Set<Position>();
  #isStopped = false;

  constructor(options: MappingOptions) {
    this.#options = options;
  }

  /**
   * What the entries after a position give, in order: at least one where there is one.
   *
   * @throws {TrestleError} `hub.mappingNotStarted`, `hub.mappingNotRead`, and `hub.mappingEnded`
   * after `stop`.
   */
  process(after: Position, limit: ReadLimit): Promise<readonly Processed[]> {
    return this.#turns.first(() => this.#process(after, limit));
  }

  /**
   * What an entry maps to, with the source of each value; or why it does not, which may be that it
   * needed more time or memory than it may have. Processing goes before it.
   *
   * @throws {TrestleError} `hub.explainBusy` where another one waits already,
   * `hub.mappingNotStarted`, `hub.mappingNotRead`, and `hub.mappingEnded` after `stop`.
   */
  async explain(position: Position): Promise<Result<Explained>> {
    const explained = this.#turns.whenFree(() => this.#explain(position));
    if (explained === undefined) throw hubErrors.explainBusy();
    return explained;
  }

  /** What is under way is given up; it is in the journal. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#thread?.end();
    await this.#turns.first(() => Promise.resolve());
    await this.#thread?.end();
  }

  async #explain(position: Position): Promise<Result<Explained>> {
    if (this.#ending.has(position)) return fail(mappingStopped);
    try {
      const { explanation = nothing } = await this.#ask({ explain: position });
      return guardExplanation(explanation);
    } catch (error) {
      if (!hasEnded(error) || this.#isStopped) throw error;
      this.#remember(position);
      return fail(mappingStopped);
    }
  }

  async #process(after: Position, limit: ReadLimit): Promise<readonly Processed[]> {
    try {
      return await this.#askBatch({ after, limit });
    } catch (error) {
      if (!hasEnded(error) || this.#isStopped) throw error;
      this.#options.onEnded(after);
      return this.#oneByOne(after, limit);
    }
  }

  /** Up to the one that ends the thread again, which is given up. */
  async #oneByOne(after: Position, limit: ReadLimit): Promise<readonly Processed[]> {
    const results: Processed[] = [];
    while (results.length < limit.count) {
      const before = after + results.length;
      const { result, isLast } = await this.#alone(before as Position, limit);
      if (result !== undefined) results.push(result);
      if (isLast) break;
    }
    return results;
  }

  async #alone(
    after: Position,
    limit: ReadLimit,
  ): Promise<{ result?: Processed; isLast: boolean }> {
    try {
      const [result] = await this.#askBatch({ after, limit: { ...limit, count: 1 } });
      return result === undefined ? { isLast: true } : { result, isLast: false };
    } catch (error) {
      if (!hasEnded(error) || this.#isStopped) throw error;
      const { journal, plan } = this.#options;
      const entry = await journal.get((after + 1) as Position);
      if (entry === undefined) throw error;
      this.#remember(entry.position);
      return { result: stoppedEntry(plan.revision, entry), isLast: true };
    }
  }

  #remember(position: Position): void {
    this.#ending.add(position);
    const [oldest] = this.#ending;
    const isFull = this.#ending.size > this.#options.maxStopped;
    if (isFull && oldest !== undefined) this.#ending.delete(oldest);
  }

  async #askBatch(request: BatchRequest): Promise<readonly Processed[]> {
    const { batch = [] } = await this.#ask(request);
    const results = guard(batch);
    // What ended the thread may have been something else, such as a machine under load.
    for (const { facts } of results) this.#ending.delete(facts.position);
    return results;
  }

  async #ask(request: MappingRequest): Promise<MappingAnswer> {
    const { clock, timeoutMs } = this.#options;
    const thread = await this.#running();
    const cancel = clock.after(timeoutMs, () => void thread.end());
    try {
      return await thread.ask(request);
    } catch (error) {
      if (hasEnded(error)) this.#thread = undefined;
      throw error;
    } finally {
      cancel();
    }
  }

  /** The hub may have stopped while the turn was waited for, or the thread. */
  async #running(): Promise<MappingThread> {
    const { journalFile, plan, memoryMb } = this.#options;
    if (this.#isStopped) throw hubErrors.mappingEnded();
    this.#thread ??= await MappingThread.start({ journalFile, plan }, memoryMb);
    if (this.#isStopped) throw hubErrors.mappingEnded();
    return this.#thread;
  }
}

function hasEnded(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "hub.mappingEnded";
}

const nothing: OpenExplanation = { ok: false, problem: mappingStopped };
