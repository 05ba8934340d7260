import { type Profiler, Session } from "node:inspector/promises";

/** Tells which blocks of the package's code have run, by V8's own counts. */
export class Coverage {
  readonly #session = new Session();
  readonly #folder: string;
  readonly #seen = new Set<string>();

  /** @param folder Only files whose address begins so count. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#session.connect();
  }

  get blocks(): number {
    return this.#seen.size;
  }

  async start(): Promise<void> {
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** Counts what ran since the last call of `take` or `forget`; how much of it never ran before. */
  async take(): Promise<number> {
    const fresh = await this.#fresh();
    for (const block of fresh) this.#seen.add(block);
    return fresh.length;
  }

  /** Leaves what ran since the last call out of account; true where it was anything new. */
  async forget(): Promise<boolean> {
    return (await this.#fresh()).length > 0;
  }

  async #fresh(): Promise<readonly string[]> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const fresh = result
      .filter(({ url }) => url.startsWith(this.#folder))
      .flatMap(({ url, functions }) => functions.flatMap((ran) => blocksOf(url, ran)));
    return fresh.filter((block) => !this.#seen.has(block));
  }
}

function blocksOf(url: string, { functionName, ranges }: Profiler.FunctionCoverage): string[] {
  return ranges.map(({ startOffset, endOffset, count }) => {
    // How often counts too, in powers of four: a loop that runs long is worth keeping.
    const often = count === 0 ? "never" : Math.floor(Math.log2(count) / 2);
    return `${url}:${functionName}:${startOffset}-${endOffset}:${often}`;
  });
}
