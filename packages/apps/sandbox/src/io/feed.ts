import { type Clock, TrestleError } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import type { MllpClient } from "@trestle/mllp";
import type { Faults } from "../admin/faults.ts";
import type { Told } from "../life/happening.ts";
import { Pace } from "../pacing.ts";
import type { SandboxSettings } from "../settings.ts";
import type { Sent } from "../traffic.ts";

export interface FeedParts {
  readonly settings: SandboxSettings;
  readonly clock: Clock;
  readonly messages: Generator<Sent, never>;
  readonly faults: Faults;
  /** Makes a connection to the receiver. Left out where the hospital sends nothing, and only lives. */
  readonly connect?: () => MllpClient;
  /** Takes what is told into the charts, in the moment in which it is told. */
  readonly note: (told: Told) => void;
}

/** Lives the hospital's life, and sends what it tells, one message behind the other. */
export class Feed {
  sent = 0;
  refused = 0;
  reconnects = 0;
  readonly #parts: FeedParts;
  #client: MllpClient | undefined;
  #isStopping = false;
  #wake: () => void = () => {};

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#client = parts.connect?.();
  }

  async run(): Promise<void> {
    const { settings, messages, clock, note } = this.#parts;
    const { rate, speed, stopAfter = Number.POSITIVE_INFINITY } = settings;
    const simulated = this.#skip();
    const pace = new Pace({ rate, speed }, { real: clock.now(), simulated });
    for (let told = 0; !this.#isStopping && told < stopAfter; told += 1) {
      const next = messages.next().value;
      await this.#until(pace.next(next.at, clock.now()));
      await this.#whileQuiet();
      if (this.#isStopping) return;
      note(next.told);
      // What is not sent takes no time, and must leave some to those who ask over HTTP.
      if (this.#client === undefined) await nextTurn();
      else await this.#deliver(next.text);
      await this.#dropNowAndThen();
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    await this.#client?.close();
  }

  /**
   * Ends the connection to the receiver; the next message makes another.
   *
   * @returns False where there is none to end.
   */
  async drop(): Promise<boolean> {
    const { connect } = this.#parts;
    if (connect === undefined || this.#isStopping) return false;
    const dropped = this.#client;
    this.#client = connect();
    await dropped?.close();
    return true;
  }

  /** Lives what was sent before; gives the simulated time that it came to. */
  #skip(): number {
    const { settings, messages, note } = this.#parts;
    let reached = Date.parse(settings.start);
    for (let skipped = 0; skipped < settings.skip; skipped += 1) {
      const { at, told } = messages.next().value;
      note(told);
      reached = at;
    }
    return reached;
  }

  /** Sends until it is answered. */
  async #deliver(text: string): Promise<void> {
    const payload = Buffer.from(text, "utf8");
    while (!this.#isStopping && this.#client !== undefined) {
      try {
        const answer = await this.#client.send(payload);
        this.sent += 1;
        if (!isAccepted(answer)) this.refused += 1;
        return;
      } catch (error) {
        // It is not acknowledged: a hospital sends it again. The client waits before it connects.
        if (error instanceof TrestleError && error.failure === "permanent") throw error;
        this.reconnects += 1;
      }
    }
  }

  async #dropNowAndThen(): Promise<void> {
    const { dropFeedEvery } = this.#parts.faults.settings;
    if (dropFeedEvery !== undefined && this.sent % dropFeedEvery === 0) await this.drop();
  }

  async #whileQuiet(): Promise<void> {
    const { faults } = this.#parts;
    while (!this.#isStopping && faults.settings.quietFeed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        faults.onceChanged(resolve);
      });
    }
  }

  async #until(at: number): Promise<void> {
    const { clock } = this.#parts;
    while (!this.#isStopping && clock.now() < at) {
      await this.#wait(Math.min(at - clock.now(), longestTimerMs));
    }
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(delayMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isAccepted(answer: Uint8Array): boolean {
  const code = read(answer, "MSA-1");
  return code === "AA" || code === "CA";
}

function read(bytes: Uint8Array, path: string): string | undefined {
  const decoded = decodeMessage(bytes);
  const message = decoded.ok ? parseMessage(decoded.value.text) : decoded;
  return message.ok ? message.value.get(path) : undefined;
}

/** Node's timers fire at once beyond it. */
const longestTimerMs = 2 ** 31 - 1;
