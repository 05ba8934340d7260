import { type Printed, print } from "./hl7/messages.ts";
import { createSender } from "./hl7/sender.ts";
import type { Told } from "./life/happening.ts";
import type { Pathway } from "./life/pathway.ts";
import { type FeedSettings, feedSettings } from "./site/feed-settings.ts";
import { simulate } from "./life/simulation.ts";

/** A message, and when it is sent in simulated time. */
export interface Sent extends Printed {
  /** Simulated milliseconds since 1970 UTC. */
  readonly at: number;
  /** What it is about, for `Hospital.note`. It holds only until the next message is asked for. */
  readonly told: Told;
}

/**
 * Everything a hospital sends, without end. The same options give the same bytes.
 *
 * @throws {TrestleError} `sandbox.nothingHappens`
 */
export function* traffic(options: {
  readonly seed: number;
  readonly patients: number;
  readonly start: string;
  readonly facility: string;
  readonly timeZone: string;
  readonly pathways: readonly Pathway[];
  /** How it writes them; as most sites where left out. */
  readonly feed?: FeedSettings;
}): Generator<Sent, never> {
  const { seed, patients, timeZone, pathways, feed = feedSettings.parse({}) } = options;
  const sender = createSender({ ...options, feed });
  const lives = simulate({ seed, patients, pathways, timeZone, start: Date.parse(options.start) });
  for (;;) {
    const told = lives.next().value;
    yield { ...print(told, sender), at: told.at, told };
  }
}
