import type { Position } from "@trestle/journal";
import { whatIfErrors } from "../errors.ts";
import { type GroupLimits, type Tally, addTally, emptyTally } from "../groups.ts";
import { CompareThread, type Culprit } from "./compare-thread.ts";
import type { WorkerStart } from "./what-if-worker.ts";

/** How a range of entries is shared between threads. */
export interface CompareAllOptions {
  readonly start: Omit<WorkerStart, "progress" | "stopped">;
  readonly after: Position;
  readonly upTo: Position;
  readonly threads: number;
  /** Of one thread. */
  readonly memoryMb: number;
  /** Of one message under one side. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told how many entries were looked at so far. */
  readonly onProgress?: ((read: number) => void) | undefined;
}

/**
 * Compares the entries of a range, in parts that threads take one after the other. A message that
 * ends its thread counts as one whose mapping was stopped; its part is compared again.
 *
 * @throws {TrestleError} `whatIf.threadNotStarted`, `whatIf.tooManyStopped`, `whatIf.stopped`
 */
export async function compareAll(options: CompareAllOptions): Promise<Tally> {
  if (isStopped(options)) throw whatIfErrors.stopped();
  const run = new Run(options);
  const stop = () => void run.stop();
  options.signal?.addEventListener("abort", stop);
  try {
    await Promise.all(Array.from({ length: options.threads }, () => run.work()));
    if (isStopped(options)) throw whatIfErrors.stopped();
    return run.tally;
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await run.stop();
  }
}

function isStopped({ signal }: CompareAllOptions): boolean {
  return signal?.aborted === true;
}

class Run {
  readonly tally: Tally = emptyTally();
  readonly #options: CompareAllOptions;
  readonly #threads = new Set<CompareThread>();
  readonly #stopped = { one: new Set<Position>(), other: new Set<Position>() };
  #next: Position;
  #isStopped = false;

  constructor(options: CompareAllOptions) {
    this.#options = options;
    this.#next = options.after;
  }

  /** Takes one part after the other, until there is none or somebody failed. */
  async work(): Promise<void> {
    let thread: CompareThread | undefined;
    try {
      for (let part = this.#take(); part !== undefined; part = this.#take()) {
        thread = await this.#compare(part, thread);
      }
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      await thread?.end();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  /** @returns The thread that did it, for the next part. */
  async #compare(
    part: { after: Position; upTo: Position },
    known: CompareThread | undefined,
  ): Promise<CompareThread | undefined> {
    let thread = known;
    while (!this.#isStopped) {
      thread = thread?.hasEnded === false ? thread : await this.#start();
      const answer = await thread.ask(part);
      if ("tally" in answer) {
        addTally(this.tally, answer.tally, this.#limits());
        this.#options.onProgress?.(this.tally.read);
        return thread;
      }
      if (!this.#isStopped) this.#blame(answer.culprit);
    }
    return thread;
  }

  #take(): { after: Position; upTo: Position } | undefined {
    const { upTo } = this.#options;
    if (this.#isStopped || this.#next >= upTo) return undefined;
    const after = this.#next;
    const end = Math.min(after + entriesOfPart, upTo) as Position;
    this.#next = end;
    return { after, upTo: end };
  }

  async #start(): Promise<CompareThread> {
    const { start, memoryMb, timeoutMs } = this.#options;
    const thread = await CompareThread.start(
      { ...start, stopped: this.#stopped },
      { memoryMb, timeoutMs },
    );
    this.#threads.add(thread);
    if (this.#isStopped) await thread.end();
    return thread;
  }

  #blame(culprit: Culprit | undefined): void {
    if (culprit === undefined) throw whatIfErrors.threadNotStarted();
    this.#stopped[culprit.side].add(culprit.position);
    const { one, other } = this.#stopped;
    if (one.size + other.size > mostStopped) throw whatIfErrors.tooManyStopped();
  }

  #limits(): GroupLimits {
    return this.#options.start.limits;
  }
}

/** Small enough that threads end together and progress is seen, large enough to be worth a word. */
const entriesOfPart = 500;
const mostStopped = 100;
