import { type Clock, type Result, TrestleError, fail } from "@trestle/base";
import { type Processed, mappingStopped, stoppedEntry } from "@trestle/channels";
import type { Journal, Position, ReadLimit } from "@trestle/journal";
import type { Explained } from "@trestle/mapping";
import { type OpenExplanation, guardExplanation } from "./explanation-wire.ts";
import { MappingThread } from "./io/mapping-thread.ts";
import type { BatchRequest, MappingAnswer, MappingRequest } from "./io/mapping-worker.ts";
import type { ProcessingPlan } from "./processing-plan.ts";
import { guard } from "./processing-wire.ts";

export interface MappingOptions {
  readonly journal: Pick<Journal, "get">;
  readonly journalFile: string;
  readonly plan: ProcessingPlan;
  readonly clock: Clock;
  /** How long one batch, or one message alone, may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Megabytes that the mapping thread may hold. */
  readonly memoryMb: number;
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
  /** Requests go one after the other, so that a time limit belongs to one of them. */
  #turn: Promise<unknown> = Promise.resolve();
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
    return this.#inTurn(() => this.#process(after, limit));
  }

  /**
   * What an entry maps to, with the source of each value; or why it does not, which may be that it
   * needed more time or memory than it may have.
   *
   * @throws {TrestleError} `hub.mappingNotStarted`, `hub.mappingNotRead`
   */
  explain(position: Position): Promise<Result<Explained>> {
    return this.#inTurn(async () => {
      try {
        const { explanation = nothing } = await this.#ask({ explain: position });
        return guardExplanation(explanation);
      } catch (error) {
        if (hasEnded(error)) return fail(mappingStopped);
        throw error;
      }
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    return mine;
  }

  /** What is under way is given up; it is in the journal. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#thread?.end();
    await this.#turn;
    await this.#thread?.end();
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
      return { result: stoppedEntry(plan.revision, entry), isLast: true };
    }
  }

  async #askBatch(request: BatchRequest): Promise<readonly Processed[]> {
    const { batch = [] } = await this.#ask(request);
    return guard(batch);
  }

  async #ask(request: MappingRequest): Promise<MappingAnswer> {
    const { journalFile, plan, memoryMb, clock, timeoutMs } = this.#options;
    this.#thread ??= await MappingThread.start({ journalFile, plan }, memoryMb);
    const thread = this.#thread;
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
}

function hasEnded(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "hub.mappingEnded";
}

const nothing: OpenExplanation = { ok: false, problem: mappingStopped };
