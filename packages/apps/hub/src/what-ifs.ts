import type { WhatIfControl, WhatIfRun } from "@trestle/api";
import { type Clock, TrestleError } from "@trestle/base";
import type { Integration } from "@trestle/integration";
import type { OpenedRevision, WhatIf } from "@trestle/what-if";
import { knownQuirks } from "./dialects.ts";
import { hubErrors } from "./errors.ts";

export interface WhatIfsOptions {
  /** In force when a comparison begins. */
  readonly integration: () => Integration;
  readonly journalFile: string;
  readonly clock: Clock;
}

type Asked = Parameters<WhatIfControl["start"]>[0];

/**
 * Comparisons that people ask the hub for: one at a time, at low priority, on threads of their own.
 * The last ones are kept until the hub ends; none is written anywhere.
 */
export class WhatIfs implements WhatIfControl {
  readonly #options: WhatIfsOptions;
  readonly #runs = new Map<string, WhatIfRun>();
  #current:
    | { readonly id: string; readonly abort: AbortController; ended: Promise<void> }
    | undefined;
  #count = 0;

  constructor(options: WhatIfsOptions) {
    this.#options = options;
  }

  list(): readonly WhatIfRun[] {
    return [...this.#runs.values()].toReversed();
  }

  find(id: string): WhatIfRun | undefined {
    return this.#runs.get(id);
  }

  /** @throws {TrestleError} `hub.whatIfBusy` while another one runs. */
  start({ revision, against, since, site, by }: Asked): WhatIfRun {
    if (this.#current !== undefined) throw hubErrors.whatIfBusy();
    const { clock, integration } = this.#options;
    const one = integration();
    this.#count += 1;
    const run: WhatIfRun = {
      id: String(this.#count),
      state: "running",
      revision,
      one: against ?? one.revision,
      ...(against !== undefined && { against }),
      since: new Date(since).toISOString(),
      ...(site !== undefined && { site }),
      startedAt: new Date(clock.now()).toISOString(),
      by,
      read: 0,
      total: 0,
    };
    this.#keep(run);
    const abort = new AbortController();
    const current = { id: run.id, abort, ended: Promise.resolve() };
    this.#current = current;
    const asked = { one, revision, against, since, site, abort };
    current.ended = this.#run(run.id, asked).then((outcome) => {
      this.#current = undefined;
      this.#change(run.id, outcome);
    });
    return run;
  }

  /** Resolves when it has ended; one that ended before stays as it is. */
  async stop(id: string): Promise<WhatIfRun | undefined> {
    if (this.#current?.id === id) {
      this.#current.abort.abort();
      await this.#current.ended;
    }
    return this.#runs.get(id);
  }

  /** Stops what runs, for the hub ends. */
  async close(): Promise<void> {
    if (this.#current !== undefined) await this.stop(this.#current.id);
  }

  /** Never throws: what went wrong is told with the run. */
  async #run(id: string, asked: Running): Promise<Partial<WhatIfRun>> {
    try {
      const opened = await this.#open(asked, asked.revision);
      if (!opened.ok) return refused(opened);
      try {
        this.#change(id, { other: opened.integration.revision });
        return await this.#runAgainst(id, asked, opened);
      } finally {
        await opened.close();
      }
    } catch (error) {
      return asked.abort.signal.aborted ? { state: "stopped" } : failed(error);
    }
  }

  async #open({ one }: Running, name: string): Promise<OpenedRevision> {
    const { openRevision } = await import("@trestle/what-if");
    return openRevision({ directory: one.directory, name, quirks: await knownQuirks() });
  }

  async #runAgainst(id: string, asked: Running, other: Opened): Promise<Partial<WhatIfRun>> {
    if (asked.against === undefined) return done(await this.#compare(id, asked, other));
    const opened = await this.#open(asked, asked.against);
    if (!opened.ok) return refused(opened);
    try {
      const one = opened.integration;
      this.#change(id, { one: one.revision });
      return done(await this.#compare(id, { ...asked, one }, other));
    } finally {
      await opened.close();
    }
  }

  async #compare(
    id: string,
    { one, since, site, abort }: Running,
    { integration: other }: Opened,
  ): Promise<WhatIf> {
    const { journalFile, clock } = this.#options;
    const { runWhatIf } = await import("@trestle/what-if");
    return runWhatIf({
      journalFile,
      one,
      other,
      since,
      site,
      now: clock.now(),
      isLowPriority: true,
      signal: abort.signal,
      onProgress: (read, total) => this.#change(id, { read, total }),
    });
  }

  #keep(run: WhatIfRun): void {
    this.#runs.set(run.id, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > mostKept && oldest !== undefined) this.#runs.delete(oldest);
  }

  #change(id: string, part: Partial<WhatIfRun>): void {
    const run = this.#runs.get(id);
    if (run !== undefined) this.#runs.set(id, { ...run, ...part });
  }
}

interface Running {
  readonly one: Integration;
  readonly revision: string;
  readonly against?: string | undefined;
  readonly since: number;
  readonly site?: string | undefined;
  readonly abort: AbortController;
}

type Opened = Extract<OpenedRevision, { ok: true }>;

function refused({ problems }: Exclude<OpenedRevision, Opened>): Partial<WhatIfRun> {
  return { state: "refused", problems: problems.slice(0, mostProblems) };
}

function done(result: WhatIf): Partial<WhatIfRun> {
  return { state: "done", read: result.counts.read, result: viewOf(result) };
}

function viewOf({ counts, groups, rules, isHarmless }: WhatIf): NonNullable<WhatIfRun["result"]> {
  return { counts, groups, rules, isHarmless };
}

function failed(error: unknown): Partial<WhatIfRun> {
  const known = error instanceof TrestleError ? error : hubErrors.whatIfFailed({}, error);
  return { state: "failed", failure: { code: known.code, hint: known.hint } };
}

const mostKept = 10;
const mostProblems = 100;
