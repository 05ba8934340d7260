import { type Problem, type Result, type Clock, fail, reveal, succeed } from "@trestle/base";
import {
  type Processing,
  type Routed,
  explainEntry,
  mappingStopped,
  routeEntry,
} from "@trestle/channels/process";
import { type Hl7Message, readMessage } from "@trestle/hl7v2";
import { type Validate, createValidator } from "@trestle/hl7v2/validate";
import { type Found, type Sender, addressOf, feedFinder } from "@trestle/integration";
import { type ReadyPlan, processingFor, readyPlan } from "@trestle/integration/mapping";
import type { Entry, Position } from "@trestle/journal";
import type { Explained, Transform } from "@trestle/mapping";
import type { SidePlan } from "./plan.ts";

/** Messages whose processing came to no end. */
export type Stopped = ReadonlySet<Position>;

/** One revision, ready to say what messages give under it. */
export class RevisionSide {
  readonly #plan: SidePlan;
  readonly #ready: ReadyPlan;
  readonly #find: (sender: Sender) => Result<Found>;
  readonly #stopped: Stopped;
  readonly #validators = new Map<string, Validate>();

  constructor(
    plan: SidePlan,
    options: { clock: Clock; transforms: ReadonlyMap<string, Transform>; stopped: Stopped },
  ) {
    this.#plan = plan;
    this.#ready = readyPlan(plan.processing, options);
    this.#find = feedFinder(plan.receiving);
    this.#stopped = options.stopped;
  }

  /** The listener of a channel, with its port; undefined where there is no such channel. */
  listenerOf(channel: string): Listener | undefined {
    const name = this.#plan.listenerOf.get(channel);
    return name === undefined ? undefined : { name, port: this.#plan.ports.get(name) };
  }

  /** Who takes a message that comes in at a listener, or why nobody does. */
  addresseeOf(entry: Entry, listener: Listener): Result<Found> {
    const read = readMessage(reveal(entry.raw), this.#plan.processing.limits);
    if (!read.ok) return read;
    return this.#find({ listener: this.#nameOf(listener), ...addressOf(read.value) });
  }

  /** What a message gives that was taken by its site and channel; not mapped is a problem, too. */
  route(entry: Entry): Result<Routed> {
    if (this.#stopped.has(entry.position)) return fail(mappingStopped);
    const routed = routeEntry(this.#processingOf(entry), entry);
    if (routed.ok && routed.value.mapped.outcome === "notMapped") return fail(notMapped);
    return routed;
  }

  explain(entry: Entry): Result<Explained> {
    return this.#stopped.has(entry.position)
      ? fail(mappingStopped)
      : explainEntry(this.#processingOf(entry), entry);
  }

  /** What in a message is not as the site's profile has it: codes and fields. */
  findings(entry: Entry): readonly Finding[] {
    const read = this.#read(entry);
    if (!read.ok) return [];
    const { findings } = this.#validatorOf(entry.site)(read.value);
    return findings.map(({ code, at }) => ({ code, at: fieldOf(at) }));
  }

  /** A message of production is handled as production was approved, where that is demanded. */
  #processingOf(entry: Entry): Processing {
    const wanted = { ready: [], inForce: this.#ready, isAnew: true };
    return processingFor(entry, wanted) ?? this.#ready.processing;
  }

  #read(entry: Entry): Result<Hl7Message> {
    const read = readMessage(reveal(entry.raw), this.#plan.processing.limits);
    return read.ok ? succeed(read.value) : read;
  }

  /** By name, or by port where the listener has another name here. */
  #nameOf({ name, port }: Listener): string {
    const { ports } = this.#plan;
    if (ports.has(name) || port === undefined || port === 0) return name;
    return [...ports].find(([, other]) => other === port)?.[0] ?? name;
  }

  #validatorOf(site: string): Validate {
    const known = this.#validators.get(site);
    if (known !== undefined) return known;
    const profile = this.#plan.profiles.get(site) ?? {};
    const validate = createValidator({ profile, maxFindings });
    this.#validators.set(site, validate);
    return validate;
  }
}

/** Where messages come in. */
export interface Listener {
  readonly name: string;
  readonly port: number | undefined;
}

/** What a validation found, without a word of the message. */
export interface Finding {
  readonly code: string;
  readonly at: string;
}

/** `OBX[2]-3[0].1` as `OBX-3.1`. */
export function fieldOf(at: string): string {
  return at.replaceAll(/\[\d+\]/gu, "");
}

const notMapped: Problem = {
  code: "channels.notMapped",
  text: "The mapping makes nothing of this message.",
  hint: "Ask for a mapping of its type, or leave the type out of the interface.",
};

/** Of one message. */
const maxFindings = 1000;
