/** How fast a hospital lives. */
export interface Pacing {
  /** Things a second at most; each becomes a message. */
  readonly rate: number;
  /** Simulated seconds a second; undefined where only the rate counts. */
  readonly speed: number | undefined;
}

/** Says when each thing that messages tell may happen. Times are milliseconds since 1970 UTC. */
export class Pace {
  readonly #pacing: Pacing;
  readonly #began: Beginning;
  #mayBeAt: number;

  constructor(pacing: Pacing, began: Beginning) {
    this.#pacing = pacing;
    this.#began = began;
    this.#mayBeAt = began.real;
  }

  /**
   * When the next may happen. After a standstill the rate holds again: of what was missed, a tenth of
   * a second's worth is made good, so that timers which fire late do not slow the whole.
   *
   * @param simulated When it happens in the simulation.
   * @param now The real time.
   */
  next(simulated: number, now: number): number {
    const { rate, speed } = this.#pacing;
    const byRate = Math.max(this.#mayBeAt, now - catchUpMs);
    const byClock =
      speed === undefined ? byRate : this.#began.real + (simulated - this.#began.simulated) / speed;
    const due = Math.max(byRate, byClock);
    this.#mayBeAt = due + 1000 / rate;
    return due;
  }
}

/** The same moment by both clocks. */
interface Beginning {
  readonly real: number;
  readonly simulated: number;
}

const catchUpMs = 100;
