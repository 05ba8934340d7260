import type { Clock } from "@trestle/base";

/** A clock whose waits are over at once; it moves by them and notes them. */
export class HastyClock implements Clock {
  readonly waits: number[] = [];
  #now: number;

  constructor(now = Date.UTC(2026, 0, 5, 12)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const soon = setImmediate(() => {
      this.waits.push(delayMs);
      this.#now += delayMs;
      action();
    });
    return () => clearImmediate(soon);
  }
}
