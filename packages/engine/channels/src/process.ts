import {
  type Clock,
  type Phi,
  type Problem,
  type Result,
  fail,
  phi,
  reveal,
  succeed,
} from "@trestle/base";
import { type Hl7Message, type MessageLimits, readMessage } from "@trestle/hl7v2";
import {
  type Entry,
  type MessageFacts,
  type NewDelivery,
  type Outcome,
  packBody,
} from "@trestle/journal";
import type { Explained, Mapped, Mapper, MappingSite, UnmappedCode } from "@trestle/mapping";
import {
  type PrintedResources,
  printBundle,
  printResources,
  transformFailure,
} from "@trestle/mapping/result";
import { type PreparedChange, prepareChange } from "@trestle/record";
import { holds } from "./condition.ts";
import type { MessageCondition } from "./condition-settings.ts";
import { reasonToHold } from "./reason-to-hold.ts";
import { takes } from "./takes.ts";

/** Where a channel's results go. */
export interface RouteTo {
  readonly to: string;
  readonly types: readonly string[];
  /** What must hold of a message to go there; all go where left out. */
  readonly when?: MessageCondition | undefined;
}

/** What processing needs to know of one revision of the configuration. */
export interface Processing {
  readonly revision: string;
  /** What maps the messages of a channel from a site. */
  readonly mapperFor: (from: { readonly site: string; readonly channel: string }) => Mapper;
  readonly siteOf: (site: string) => MappingSite | undefined;
  readonly routesOf: (channel: string) => readonly RouteTo[];
  /** What a message may have at most. */
  readonly limits: MessageLimits;
  readonly clock: Clock;
}

/** What one journal entry gives. */
export interface Processed {
  readonly facts: MessageFacts;
  readonly deliveries: readonly NewDelivery[];
  /** What the record learns; absent where nothing was mapped. */
  readonly change?: Phi<PreparedChange>;
  /** Codes of the message that have no row; absent where there is none. */
  readonly unmappedCodes?: readonly UnmappedCode[] | undefined;
}

/**
 * Makes of one journal entry its facts, the change of the record, and what is owed to whom. Writes
 * nothing. Pure but for the clock, and safe to repeat: the same entry under the same revision gives
 * the same deliveries with the same keys. A message that cannot be mapped becomes a fact, never an
 * exception, so that nothing behind it waits.
 */
export function processEntry(processing: Processing, entry: Entry): Processed {
  if (entry.disposition !== "accepted") {
    return { facts: factsOf(processing, entry, { outcome: "notProcessed" }), deliveries: [] };
  }
  try {
    return mapEntry(processing, entry);
  } catch (error) {
    return failed(processing, entry, mappingBroke(error));
  }
}

/** A fact for an entry whose processing came to no end, so that nothing behind it waits. */
export function stoppedEntry(revision: string, entry: Entry): Processed {
  return failed({ revision }, entry, mappingStopped);
}

/**
 * The same deliveries once more, because a person asked for them.
 *
 * @param attempt Tells the keys of replays apart.
 */
export function asReplay(
  deliveries: readonly NewDelivery[],
  attempt: string,
): readonly NewDelivery[] {
  return deliveries.map((delivery) => ({
    ...delivery,
    key: `${delivery.key}/replay/${attempt}`,
    isReplay: true,
  }));
}

/**
 * What an entry maps to under this revision, with the source of each value; or why it does not.
 * Never throws for what a message or a transform may do.
 */
export function explainEntry(processing: Processing, entry: Entry): Result<Explained> {
  const read = readEntry(processing, entry);
  if (!read.ok) return read;
  try {
    return succeed(processing.mapperFor(entry).explain(read.value.message, read.value.site));
  } catch (error) {
    return fail(mappingBroke(error));
  }
}

/** What an entry maps to, and the destinations that its result goes to. */
export interface Routed {
  readonly mapped: Mapped;
  readonly to: readonly string[];
  /** Why it waits for somebody, where the site wants that of a code without a row. */
  readonly heldFor: Problem | undefined;
}

/**
 * As much of `processEntry` as tells two revisions apart: nothing is printed, packed or owed.
 * Never throws for what a message or a transform may do.
 */
export function routeEntry(processing: Processing, entry: Entry): Result<Routed> {
  try {
    return mapAndRoute(processing, entry);
  } catch (error) {
    return fail(mappingBroke(error));
  }
}

function mapEntry(processing: Processing, entry: Entry): Processed {
  const routed = mapAndRoute(processing, entry);
  if (!routed.ok) return failed(processing, entry, routed.problem);
  const { mapped, to, heldFor } = routed.value;
  const facts = factsOf(processing, entry, {
    outcome: mapped.outcome,
    warnings: mapped.warnings.length,
    patientKey: mapped.patient?.key,
  });
  if (mapped.outcome === "notMapped") return { facts, deliveries: [] };
  const result = { mapped, printed: printResources(reveal(mapped.bundle)) };
  const { unmappedCodes } = mapped;
  return {
    ...(unmappedCodes.length > 0 && { unmappedCodes }),
    facts,
    deliveries: deliveriesOf(processing, entry, { ...result, to, heldFor }),
    change: changeOf(entry, result),
  };
}

function mapAndRoute(processing: Processing, entry: Entry): Result<Routed> {
  const read = readEntry(processing, entry);
  if (!read.ok) return read;
  const mapped = processing.mapperFor(entry).map(read.value.message, read.value.site);
  const isResult = mapped.outcome !== "notMapped";
  return succeed({
    mapped,
    to: isResult ? destinationsOf(processing, entry, read.value) : [],
    heldFor: reasonToHold(mapped.unmappedCodes, read.value.site.unmapped),
  });
}

/** Each once, for two routes may lead there. */
function destinationsOf(
  processing: Processing,
  { channel, type }: Entry,
  { message, site }: ReadEntry,
): readonly string[] {
  const routes = processing
    .routesOf(channel)
    .filter(({ types }) => takes(types, type))
    .filter(({ when }) => when === undefined || holds(when, message, site.valueSets));
  return [...new Set(routes.map(({ to }) => to))];
}

interface ReadEntry {
  readonly message: Hl7Message;
  readonly site: MappingSite;
}

function readEntry(processing: Processing, entry: Entry): Result<ReadEntry> {
  const site = processing.siteOf(entry.site);
  if (site === undefined) return fail(siteGone);
  const message = readMessage(reveal(entry.raw), processing.limits);
  return message.ok ? succeed({ message: message.value, site }) : message;
}

function failed(
  processing: Pick<Processing, "revision">,
  entry: Entry,
  reason: Problem,
): Processed {
  return { facts: factsOf(processing, entry, { outcome: "failed", reason }), deliveries: [] };
}

function factsOf(
  processing: Pick<Processing, "revision">,
  entry: Entry,
  processed: {
    outcome: Outcome;
    reason?: Problem;
    warnings?: number;
    patientKey?: Phi<string> | undefined;
  },
): MessageFacts {
  const { raw: _raw, remote: _remote, ...facts } = entry;
  return {
    ...facts,
    // A refused entry was handled by the revision that refused it.
    revision: processed.outcome === "notProcessed" ? entry.revision : processing.revision,
    outcome: processed.outcome,
    warnings: processed.warnings ?? 0,
    ...(processed.reason === undefined ? {} : { reason: processed.reason }),
    ...(processed.patientKey === undefined ? {} : { patientKey: processed.patientKey }),
  };
}

/** What a message maps to; delivery and record need the same texts. */
interface MappedAndPrinted {
  readonly mapped: Mapped;
  readonly printed: PrintedResources;
}

type ToDeliver = MappedAndPrinted & Pick<Routed, "to" | "heldFor">;

function deliveriesOf(
  processing: Processing,
  entry: Entry,
  { mapped, printed, to, heldFor }: ToDeliver,
): NewDelivery[] {
  if (to.length === 0) return [];
  const body = phi(packBody(printBundle(reveal(mapped.bundle), printed)));
  const lane = mapped.patient?.key ?? phi(`channel ${entry.channel}`);
  return to.map((destination) => ({
    key: `${entry.site}/${entry.position}/${destination}`,
    destination,
    lane,
    body,
    isReplay: false,
    createdAt: processing.clock.now(),
    ...(heldFor !== undefined && { heldFor }),
  }));
}

function changeOf(entry: Entry, { mapped, printed }: MappedAndPrinted): Phi<PreparedChange> {
  return prepareChange({
    site: entry.site,
    position: entry.position,
    receivedAt: entry.receivedAt,
    bundle: mapped.bundle,
    printed,
    ...(mapped.patient === undefined ? {} : { patient: mapped.patient }),
    ...(mapped.merged === undefined ? {} : { merged: mapped.merged }),
    ...(mapped.others === undefined ? {} : { others: mapped.others }),
  });
}

const siteGone: Problem = {
  code: "channels.siteGone",
  text: "The site of this message is not in the configuration any more.",
  hint: "Bring the site's folder back and replay the message.",
};

/** Why a message has no result: its mapping was ended. */
export const mappingStopped: Problem = {
  code: "channels.mappingStopped",
  text: "The mapping of this message needed more time or memory than it may have, and was ended.",
  hint: "The message is kept. Raise the limits under processing in trestle.yaml, or report its type and structure; then replay it.",
};

function mappingBroke(error: unknown): Problem {
  return (
    transformFailure(error) ?? {
      code: "channels.mappingBroke",
      // The error's text may quote the message, so only its kind is told.
      text: `The mapping failed on this message (${error instanceof Error ? error.name : "unknown"}).`,
      hint: "The message is kept. Report it with its type and structure, then replay it.",
    }
  );
}
