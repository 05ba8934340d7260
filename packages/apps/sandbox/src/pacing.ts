/** How fast a hospital talks. */
export interface Pacing {
  /** Messages a second at most. */
  readonly rate: number;
  /** Simulated seconds a second; undefined where only the rate counts. */
  readonly speed: number | undefined;
}

/** Says when each message may leave. Times are milliseconds since 1970 UTC. */
export class Pace {
  readonly #pacing: Pacing;
  readonly #began: Beginning;
  #mayLeaveAt: number;

  constructor(pacing: Pacing, began: Beginning) {
    this.#pacing = pacing;
    this.#began = began;
    this.#mayLeaveAt = began.real;
  }

  /**
   * When the next message may leave. After a wait for the receiver the rate holds again: of what
   * was missed, a tenth of a second's worth is made good, so that timers which fire late do not slow
   * the whole.
   *
   * @param simulated When it happens in the simulation.
   * @param now The real time.
   */
  next(simulated: number, now: number): number {
    const { rate, speed } = this.#pacing;
    const byRate = Math.max(this.#mayLeaveAt, now - catchUpMs);
    const byClock =
      speed === undefined ? byRate : this.#began.real + (simulated - this.#began.simulated) / speed;
    const due = Math.max(byRate, byClock);
    this.#mayLeaveAt = due + 1000 / rate;
    return due;
  }
}

/** The same moment by both clocks. */
interface Beginning {
  readonly real: number;
  readonly simulated: number;
}

const catchUpMs = 100;
