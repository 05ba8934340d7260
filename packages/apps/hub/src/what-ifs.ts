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
  start({ revision, since, site, by }: Asked): WhatIfRun {
    if (this.#current !== undefined) throw hubErrors.whatIfBusy();
    const { clock, integration } = this.#options;
    const one = integration();
    this.#count += 1;
    const run: WhatIfRun = {
      id: String(this.#count),
      state: "running",
      revision,
      one: one.revision,
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
    const asked = { one, revision, since, site, abort };
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
      const { openRevision } = await import("@trestle/what-if");
      const { directory } = asked.one;
      const quirks = await knownQuirks();
      const opened = await openRevision({ directory, name: asked.revision, quirks });
      if (!opened.ok) {
        return { state: "refused", problems: opened.problems.slice(0, mostProblems) };
      }
      try {
        this.#change(id, { other: opened.integration.revision });
        const result = await this.#compare(id, asked, opened);
        return { state: "done", read: result.counts.read, result: viewOf(result) };
      } finally {
        await opened.close();
      }
    } catch (error) {
      return asked.abort.signal.aborted ? { state: "stopped" } : failed(error);
    }
  }

  async #compare(
    id: string,
    { one, since, site, abort }: Running,
    { integration: other }: Extract<OpenedRevision, { ok: true }>,
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
  readonly since: number;
  readonly site?: string | undefined;
  readonly abort: AbortController;
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
