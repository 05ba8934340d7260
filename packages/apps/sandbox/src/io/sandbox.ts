import { type Clock, seededRandom, systemClock } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import { type MllpClient, connectMllp } from "@trestle/mllp";
import { dueMs } from "../pacing.ts";
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
  /** How often the connection had to be made anew. */
  readonly reconnects: number;
  /** Resolves when it has sent as many as it was asked for, or was stopped. */
  readonly done: Promise<void>;
  /** Ends after the message under way. */
  stop(): Promise<void>;
}

/**
 * Starts a simulated hospital: it sends one message after the other over one connection, each after
 * the acknowledgement of the one before. A message whose acknowledgement does not come is sent
 * again, as hospitals do, until it is answered.
 *
 * @throws {TrestleError} `sandbox.pathwaysNotReadable`
 */
export async function startSandbox(
  settings: SandboxSettings,
  clock: Clock = systemClock,
): Promise<Sandbox> {
  const pathways = await loadPathways(pathwayFolder);
  const client = connectMllp({
    host: settings.host,
    port: settings.port,
    connectTimeoutMs: 5000,
    answerTimeoutMs: settings.answerTimeoutSeconds * 1000,
    maxFrameBytes: 1024 * 1024,
    reconnect: { firstDelayMs: 100, maxDelayMs: 5000 },
    random: seededRandom(settings.seed),
    isAnswerTo,
  });
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
    for (let skipped = 0; skipped < settings.skip; skipped += 1) messages.next();
    const pacing = {
      rate: settings.rate,
      start: Date.parse(settings.start),
      speed: settings.speed,
    };
    const started = clock.now();
    while (!this.#isStopping && this.sent < (settings.stopAfter ?? Number.POSITIVE_INFINITY)) {
      const next = messages.next().value;
      await this.#until(started + dueMs(pacing, this.sent, next.at));
      await this.#deliver(next.text);
    }
  }

  stop(): void {
    this.#isStopping = true;
    this.#wake();
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
      } catch {
        // Whatever it was, the message is not acknowledged: a hospital sends it again.
        this.reconnects += 1;
        await this.#until(this.#parts.clock.now() + 200);
      }
    }
  }

  #until(at: number): Promise<void> {
    const { clock } = this.#parts;
    const waitMs = at - clock.now();
    if (waitMs <= 0 || this.#isStopping) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = clock.after(waitMs, resolve);
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

function isAnswerTo(answer: Uint8Array, sent: Uint8Array): boolean {
  return read(answer, "MSA-2") === read(sent, "MSH-10");
}

function read(bytes: Uint8Array, path: string): string | undefined {
  const decoded = decodeMessage(bytes);
  const message = decoded.ok ? parseMessage(decoded.value.text) : decoded;
  return message.ok ? message.value.get(path) : undefined;
}
