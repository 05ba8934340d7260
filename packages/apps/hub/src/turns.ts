/** Requests one after the other: those that go first, in their order, and one that waits for them. */
export class Turns {
  readonly #first: (() => Promise<void>)[] = [];
  #waiting: (() => Promise<void>) | undefined;
  #isBusy = false;

  /** Runs behind what is under way, and in front of what may wait. */
  first<T>(work: () => Promise<T>): Promise<T> {
    const { run, result } = settling(work);
    this.#first.push(run);
    void this.#runAll();
    return result;
  }

  /** Runs once nothing goes before it. @returns Undefined where another one waits already. */
  whenFree<T>(work: () => Promise<T>): Promise<T> | undefined {
    if (this.#waiting !== undefined) return undefined;
    const { run, result } = settling(work);
    this.#waiting = run;
    void this.#runAll();
    return result;
  }

  async #runAll(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await next();
    this.#isBusy = false;
  }

  #next(): (() => Promise<void>) | undefined {
    const first = this.#first.shift();
    if (first !== undefined) return first;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}

/** Work that never rejects by itself, and what becomes of it. */
function settling<T>(work: () => Promise<T>): { run: () => Promise<void>; result: Promise<T> } {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { run: () => work().then(resolve, reject), result: promise };
}
