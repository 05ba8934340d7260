import { type Problem, type Result, fail } from "@trestle/base";
import type { Case, CaseResult } from "@trestle/integration/mapping";
import { UsageError } from "../command.ts";
import { cliErrors } from "../errors.ts";
import type { MappedMessage } from "./file-mapping.ts";
import type { MappingRequest, MappingStart } from "./mapping-worker.ts";
import { type Answer, type Ending, type FailedBehind, MappingThread } from "./mapping-thread.ts";
import type { MappingLimits } from "./offline-limits.ts";

interface Options {
  readonly limits: MappingLimits;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/** A failure behind an answer, which came too late to be a part of it. */
export interface LateProblem {
  /** What was asked for last before it. */
  readonly request: MappingRequest;
  readonly problem: Problem;
}

/**
 * Maps offline on a thread of its own, as a hub does: what needs more time or memory than it may
 * have is a problem of one message, and the next one gets a new thread.
 */
export class LimitedMapping {
  readonly #start: MappingStart;
  readonly #options: Options;
  #thread: MappingThread | undefined;
  #hasTransforms = false;
  #late: LateProblem[] = [];

  constructor(start: MappingStart, options: Options) {
    this.#start = start;
    this.#options = options;
  }

  /**
   * Reads the folder and starts the thread.
   *
   * @returns The problems of the folder, where it has some.
   * @throws {UsageError} when there is no such site or time zone.
   * @throws {TrestleError} `cli.mappingNotStarted`
   */
  async start(): Promise<{ readonly problems: string } | undefined> {
    const { limits, signal } = this.#options;
    const { thread, started } = await MappingThread.start(this.#start, {
      memoryMb: limits.memoryMb,
      timeoutMs: Math.max(limits.timeoutSeconds * 1000, leastStartMs),
      signal,
    });
    this.#thread = thread;
    if ("usage" in started) throw new UsageError(started.usage);
    if ("problems" in started) return started;
    this.#hasTransforms = started.hasTransforms;
    return undefined;
  }

  mapMessage(message: {
    readonly number: number;
    readonly source: string | Uint8Array;
  }): Promise<Result<MappedMessage>> {
    const { number, source } = message;
    // A copy of its own: what is sent to a thread takes the whole file along, of which this is a part.
    const own = typeof source === "string" ? source : new Uint8Array(source);
    return this.#ask({ is: "message", number, source: own }) as Promise<Result<MappedMessage>>;
  }

  runCase(one: Case): Promise<Result<CaseResult>> {
    return this.#ask({ is: "case", case: one }) as Promise<Result<CaseResult>>;
  }

  /** Waits some seconds for what is under way behind the last answer. */
  async end(): Promise<void> {
    await this.#thread?.end();
    this.#noteLate();
  }

  /** What failed behind answers since this was last called; complete after the end. */
  takeLate(): readonly LateProblem[] {
    const late = this.#late;
    this.#late = [];
    return late;
  }

  async #ask(request: MappingRequest): Promise<Result<unknown>> {
    const { limits } = this.#options;
    const answer = await this.#answerTo(request);
    if ("result" in answer) return answer.result;
    // A transform of the message before may have gone on behind its answer, and failed there.
    this.#noteLate(request);
    const again = answer.ended === "failure" ? await this.#answerTo(request) : answer;
    if ("result" in again) return again.result;
    // What was never answered has this problem alone.
    this.#late = this.#late.filter((late) => late.request !== request);
    return fail(endings[again.ended](limits, this.#hasTransforms));
  }

  /** @param asked What is under way. */
  #noteLate(asked?: MappingRequest): void {
    const failed = this.#thread?.hasEnded === true ? this.#thread.failedBehind : undefined;
    const request = failed?.after ?? asked;
    if (failed === undefined || request === undefined) return;
    this.#late.push({ request, problem: failedBehind(failed) });
    this.#thread = undefined;
  }

  async #answerTo(request: MappingRequest): Promise<Answer> {
    const { limits, signal } = this.#options;
    signal.throwIfAborted();
    const thread = await this.#running();
    const answer = await thread.ask(request, limits.timeoutSeconds * 1000);
    signal.throwIfAborted();
    return answer;
  }

  async #running(): Promise<MappingThread> {
    if (this.#thread?.hasEnded !== false) {
      this.#noteLate();
      const started = await this.start();
      // It had none when the command began.
      if (started !== undefined) throw new UsageError(started.problems);
    }
    if (this.#thread === undefined) throw cliErrors.mappingNotStarted();
    return this.#thread;
  }
}

function failedBehind({ kind = "process.exit" }: FailedBehind): Problem {
  return {
    code: "cli.failedBehind",
    text: `A transform went on behind its answer, and failed there (${kind}).`,
    hint: "Correct it: it may leave no promise or timer behind. A message before may have left it.",
  };
}

/** Loading a folder takes seconds on a slow machine, whatever one message may take. */
const leastStartMs = 10_000;

const endings: Readonly<
  Record<Ending, (limits: MappingLimits, hasTransforms: boolean) => Problem>
> = {
  time: ({ timeoutSeconds, settingPlace }, hasTransforms) => ({
    code: "cli.mappingTooLong",
    text: `The mapping took more than ${timeoutSeconds} s, and was ended.`,
    hint: hasTransforms
      ? `A transform may never come to an end: correct it. Or raise timeoutSeconds (${settingPlace}).`
      : `Raise timeoutSeconds (${settingPlace}), or report the message's type and structure.`,
  }),
  memory: ({ memoryMb, settingPlace }) => ({
    code: "cli.mappingTooLarge",
    text: `The mapping needed more than ${memoryMb} MB, and was ended.`,
    hint: `Raise memoryMb (${settingPlace}), or report the message's type and structure.`,
  }),
  failure: () => ({
    code: "cli.mappingEnded",
    text: "The thread that maps came to its end.",
    hint: "Report it with the type and structure of the message.",
  }),
};
