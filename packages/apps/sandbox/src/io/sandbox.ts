import { type Clock, TrestleError, seededRandom, systemClock } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import { type MllpClient, connectMllp } from "@trestle/mllp";
import { Pace } from "../pacing.ts";
import type { SandboxSettings } from "../settings.ts";
import { type Sent, traffic } from "../traffic.ts";
import { loadPathways, pathwayFolder } from "./load-pathways.ts";

/** A simulated hospital that is sending. */
export interface Sandbox {
  /** Messages that were acknowledged, with whatever code. */
  readonly sent: number;
  /** Of those, the ones that were accepted. */
  readonly answered: number;
  /** Of those, the ones that were refused; a hospital goes on behind them. */
  readonly refused: number;
  /** Tries that ended without an acknowledgement; after each the connection is made anew. */
  readonly reconnects: number;
  /**
   * Resolves when it has sent as many as it was asked for, or was stopped; rejects with
   * `sandbox.nothingHappens`, or with what makes a message impossible to send.
   */
  readonly done: Promise<void>;
  /** Ends at once. A message under way does not count as sent, though it may have arrived. */
  stop(): Promise<void>;
}

/**
 * Starts a simulated hospital: it sends one message after the other over one connection, each after
 * the acknowledgement of the one before. A message whose acknowledgement does not come is sent
 * again, as hospitals do, until it is answered. What is not alive otherwise does not stay so for the
 * sandbox's sake while it waits: its timers end with the process.
 *
 * @throws {TrestleError} `sandbox.pathwaysNotReadable`
 */
export async function startSandbox(
  settings: SandboxSettings,
  clock: Clock = systemClock,
): Promise<Sandbox> {
  const pathways = await loadPathways(settings.pathways ?? pathwayFolder);
  const client = connect(settings, clock);
  const feed = new Feed({ settings, client, clock, messages: traffic({ ...settings, pathways }) });
  const done = feed.run();
  return {
    get sent() {
      return feed.sent;
    },
    get answered() {
      return feed.sent - feed.refused;
    },
    get refused() {
      return feed.refused;
    },
    get reconnects() {
      return feed.reconnects;
    },
    done,
    async stop() {
      feed.stop();
      await client.close();
      await done;
    },
  };
}

function connect(settings: SandboxSettings, clock: Clock): MllpClient {
  const { host, port, maxAnswerBytes } = settings;
  return connectMllp({
    host,
    port,
    connectTimeoutMs: inMs(settings.connectTimeoutSeconds),
    answerTimeoutMs: inMs(settings.answerTimeoutSeconds),
    maxFrameBytes: maxAnswerBytes,
    reconnect: { firstDelayMs: 100, maxDelayMs: inMs(settings.maxReconnectSeconds) },
    random: seededRandom(settings.seed),
    clock,
  });
}

function inMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

interface FeedParts {
  readonly settings: SandboxSettings;
  readonly client: MllpClient;
  readonly clock: Clock;
  readonly messages: Generator<Sent, never>;
}

class Feed {
  sent = 0;
  refused = 0;
  reconnects = 0;
  readonly #parts: FeedParts;
  #isStopping = false;
  #wake: () => void = () => {};

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    const { settings, messages, clock } = this.#parts;
    const { rate, speed, stopAfter = Number.POSITIVE_INFINITY } = settings;
    const simulated = this.#skip();
    const pace = new Pace({ rate, speed }, { real: clock.now(), simulated });
    while (!this.#isStopping && this.sent < stopAfter) {
      const next = messages.next().value;
      await this.#until(pace.next(next.at, clock.now()));
      await this.#deliver(next.text);
    }
  }

  stop(): void {
    this.#isStopping = true;
    this.#wake();
  }

  /** Lives what was sent before; gives the simulated time that it came to. */
  #skip(): number {
    const { settings, messages } = this.#parts;
    let reached = Date.parse(settings.start);
    for (let skipped = 0; skipped < settings.skip; skipped += 1) reached = messages.next().value.at;
    return reached;
  }

  /** Sends until it is answered. */
  async #deliver(text: string): Promise<void> {
    const payload = Buffer.from(text, "utf8");
    while (!this.#isStopping) {
      try {
        const answer = await this.#parts.client.send(payload);
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
