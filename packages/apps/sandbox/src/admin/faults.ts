import { type Random, seededRandom } from "@trestle/base";
import { z } from "zod";

/** What a request gets in place of an answer; one of them at most. */
const KINDS = ["tooManyRequests", "unavailable", "gatewayPage", "droppedConnection"] as const;
/** Ten shares of a tenth are a little more than 1. */
const rounding = 1e-9;

const share = z.number().min(0).max(1).default(0);

/** What goes wrong on purpose, and how often. Shares are from 0 to 1, of the requests that come. */
export const faultSettings = z
  .strictObject({
    seed: z
      .int()
      .min(0)
      .max(4_294_967_295)
      .default(1)
      .describe("The same seed gives the same faults to the same requests in the same order."),
    on: z
      .enum(["fhir", "oauth", "all"])
      .default("all")
      .describe("Which interface it is that fails."),
    leastLatencyMs: z.int().min(0).max(600_000).default(0).describe("Every answer waits so long."),
    mostLatencyMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(0)
      .describe("And up to so long, where that is more."),
    tooManyRequests: share.describe("Share that gets 429 with Retry-After."),
    unavailable: share.describe("Share that gets 503 from the web server in front."),
    gatewayPage: share.describe("Share that gets a page of a gateway in place of an answer."),
    droppedConnection: share.describe("Share whose connection ends without an answer."),
    xmlOnly: share.describe("Share that is answered in XML, whatever was asked for."),
    retryAfterSeconds: z.int().min(0).max(86_400).default(30).describe("What Retry-After says."),
    emptyLaunch: z
      .boolean()
      .default(false)
      .describe("Whether launches have an empty token and the address of DSTU2, as happened once."),
    quietFeed: z
      .boolean()
      .default(false)
      .describe(
        "Whether HL7 falls silent, without a word; what happens meanwhile is sent afterwards.",
      ),
    dropFeedEvery: z
      .int()
      .min(1)
      .optional()
      .describe("The HL7 connection ends after each so many messages."),
  })
  .refine((settings) => KINDS.reduce((sum, kind) => sum + settings[kind], 0) <= 1 + rounding, {
    path: ["tooManyRequests"],
    error: "and unavailable, gatewayPage and droppedConnection may together be 1 at most",
  });

export type FaultSettings = z.infer<typeof faultSettings>;

/** What happens to one request. */
export interface Fault {
  readonly latencyMs: number;
  readonly kind: FaultKind | undefined;
  readonly isXmlOnly: boolean;
}

export type FaultKind = (typeof KINDS)[number];

/** Draws what goes wrong; from the beginning again when it is changed. */
export class Faults {
  #settings: FaultSettings;
  #random: Random;
  readonly #listeners: (() => void)[] = [];

  constructor(settings: FaultSettings) {
    this.#settings = settings;
    this.#random = seededRandom(settings.seed);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  set(settings: FaultSettings): void {
    this.#settings = settings;
    this.#random = seededRandom(settings.seed);
    for (const listener of this.#listeners) listener();
  }

  /** Calls at each change. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Three draws a request, whatever comes of them, so that one fault does not move the others. */
  next(on: "fhir" | "oauth"): Fault {
    const { leastLatencyMs, mostLatencyMs, xmlOnly, ...settings } = this.#settings;
    if (settings.on !== "all" && settings.on !== on) return none;
    const [latency, kind, xml] = [this.#random.next(), this.#random.next(), this.#random.next()];
    const spread = Math.max(0, mostLatencyMs - leastLatencyMs);
    return {
      latencyMs: Math.round(leastLatencyMs + latency * spread),
      kind: this.#kindAt(kind),
      isXmlOnly: xml < xmlOnly,
    };
  }

  #kindAt(drawn: number): FaultKind | undefined {
    let left = drawn;
    return KINDS.find((kind) => {
      left -= this.#settings[kind];
      return left < 0;
    });
  }
}

const none: Fault = { latencyMs: 0, kind: undefined, isXmlOnly: false };
