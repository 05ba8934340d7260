import { type Clock, type Result, TrestleError, fail } from "@trestle/base";
import { type Processed, mappingStopped, stoppedEntry } from "@trestle/channels";
import type { RowUsesOfSite } from "@trestle/code-tables/store";
import { type ProcessingPlan, planChange, revisionOf } from "@trestle/integration";
import type { Entry, Journal, Position, ReadLimit } from "@trestle/journal";
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
  /** Of the revision that is in force at first. */
  readonly plan: ProcessingPlan;
  readonly clock: Clock;
  /** How long one batch, or one message alone, may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Megabytes that the mapping thread may hold. */
  readonly memoryMb: number;
  /** How many messages that ended the thread are known, the newest of them. */
  readonly maxStopped: number;
  /** Told which rows of code tables a batch used, and when its newest message was received. */
  readonly onRowUses: (uses: readonly RowUsesOfSite[], usedAt: number) => void;
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
  /** Ready for the thread: the one before, where it is kept, and those that are or will be in force. */
  #plans: readonly ProcessingPlan[];
  /** Its id. */
  #inForce: string;
  #thread: MappingThread | undefined;
  /** One request at a time, so that a time limit belongs to one of them. */
  readonly #turns = new Turns();
  /** The newest messages that ended the thread; whoever looks at one need not end it again. */
  readonly #ending = new Set<Position>();
  #isStopped = false;

  constructor(options: MappingOptions) {
    this.#options = options;
    this.#plans = [options.plan];
    this.#inForce = options.plan.id;
  }

  /**
   * Makes a further revision ready, between two batches. Nothing is mapped by it before
   * `switchTo`. The one in force is kept, and no other.
   *
   * @throws {TrestleError} `hub.mappingEnded` where it takes more time or memory than there is,
   * `hub.mappingNotRead` where one of its transforms cannot be loaded.
   */
  prepare(plan: ProcessingPlan): Promise<void> {
    return this.#turns.first(() => this.#prepare(plan));
  }

  /** Entries that another revision received, and that is not ready any more, are mapped by this one. */
  switchTo({ id }: Pick<ProcessingPlan, "id">): void {
    this.#inForce = id;
  }

  /**
   * What the entries after a position give, in order: at least one where there is one. Each is
   * processed by the revision that received it, where that is ready.
   *
   * @throws {TrestleError} `hub.mappingNotStarted`, `hub.mappingNotRead`, and `hub.mappingEnded`
   * after `stop`.
   */
  process(after: Position, limit: ReadLimit): Promise<readonly Processed[]> {
    return this.#turns.first(() => this.#process({ after, limit }));
  }

  /** The same by the revision in force, whichever received them. @throws as `process`. */
  processAnew(after: Position, limit: ReadLimit): Promise<readonly Processed[]> {
    return this.#turns.first(() => this.#process({ after, limit, isAnew: true }));
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
      const { explanation = nothing } = await this.#ask({
        explain: position,
        inForce: this.#inForce,
      });
      return guardExplanation(explanation);
    } catch (error) {
      if (!hasEnded(error) || this.#isStopped) throw error;
      this.#remember(position);
      return fail(mappingStopped);
    }
  }

  async #prepare(plan: ProcessingPlan): Promise<void> {
    const kept = this.#plans.filter(({ id }) => id === this.#inForce);
    const before = this.#plans;
    this.#plans = [...kept, plan];
    // A thread that is not there yet starts with it.
    if (this.#thread === undefined) return;
    try {
      const keep = [...kept, plan].map(({ id }) => id);
      const [same] = kept;
      await this.#ask({ prepare: same === undefined ? plan : planChange(plan, same), keep });
    } catch (error) {
      this.#plans = before;
      await this.#thread?.end();
      this.#thread = undefined;
      throw error;
    }
    // What ended the thread under another revision may do well under this one.
    this.#ending.clear();
  }

  async #process(asked: Asked): Promise<readonly Processed[]> {
    try {
      return await this.#askBatch(asked);
    } catch (error) {
      if (!hasEnded(error) || this.#isStopped) throw error;
      this.#options.onEnded(asked.after);
      return this.#oneByOne(asked);
    }
  }

  /** Up to the one that ends the thread again, which is given up. */
  async #oneByOne(asked: Asked): Promise<readonly Processed[]> {
    const { after, limit } = asked;
    const results: Processed[] = [];
    while (results.length < limit.count) {
      const before = (after + results.length) as Position;
      const { result, isLast } = await this.#alone({ ...asked, after: before });
      if (result !== undefined) results.push(result);
      if (isLast) break;
    }
    return results;
  }

  async #alone(asked: Asked): Promise<{ result?: Processed; isLast: boolean }> {
    const { after, limit } = asked;
    try {
      const [result] = await this.#askBatch({ ...asked, limit: { ...limit, count: 1 } });
      return result === undefined ? { isLast: true } : { result, isLast: false };
    } catch (error) {
      if (!hasEnded(error) || this.#isStopped) throw error;
      const entry = await this.#options.journal.get((after + 1) as Position);
      if (entry === undefined) throw error;
      this.#remember(entry.position);
      return { result: stoppedEntry(this.#revisionFor(entry, asked), entry), isLast: true };
    }
  }

  #revisionFor(entry: Entry, { isAnew = false }: Asked): string {
    const inForce = this.#plans.find(({ id }) => id === this.#inForce);
    const of = (plan: ProcessingPlan) => revisionOf(plan, entry);
    const isReady = !isAnew && this.#plans.map(of).includes(entry.revision);
    return isReady || inForce === undefined ? entry.revision : of(inForce);
  }

  #remember(position: Position): void {
    this.#ending.add(position);
    const [oldest] = this.#ending;
    const isFull = this.#ending.size > this.#options.maxStopped;
    if (isFull && oldest !== undefined) this.#ending.delete(oldest);
  }

  async #askBatch(asked: Asked): Promise<readonly Processed[]> {
    const { batch = [], rowUses = [] } = await this.#ask({ ...asked, inForce: this.#inForce });
    const results = guard(batch);
    const usedAt = Math.max(0, ...results.map(({ facts }) => facts.receivedAt));
    if (rowUses.length > 0) this.#options.onRowUses(rowUses, usedAt);
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
    const { journalFile, memoryMb } = this.#options;
    if (this.#isStopped) throw hubErrors.mappingEnded();
    this.#thread ??= await MappingThread.start({ journalFile, plans: this.#plans }, memoryMb);
    if (this.#isStopped) throw hubErrors.mappingEnded();
    return this.#thread;
  }
}

type Asked = Omit<BatchRequest, "inForce">;

function hasEnded(error: unknown): boolean {
  return error instanceof TrestleError && error.code === "hub.mappingEnded";
}

const nothing: OpenExplanation = { ok: false, problem: mappingStopped };
