import { type Clock, type Phi, type Problem, phi, reveal } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import {
  type Entry,
  type MessageFacts,
  type NewDelivery,
  type Outcome,
  packBody,
} from "@trestle/journal";
import type { Mapped, Mapper, MappingSite } from "@trestle/mapping";
import { type PreparedChange, prepareChange } from "@trestle/record";
import { takes } from "./takes.ts";

/** Where a channel's results go. */
export interface RouteTo {
  readonly to: string;
  readonly types: readonly string[];
}

/** What processing needs to know of one revision of the configuration. */
export interface Processing {
  readonly revision: string;
  readonly mapper: Mapper;
  readonly siteOf: (site: string) => MappingSite | undefined;
  readonly routesOf: (channel: string) => readonly RouteTo[];
  readonly clock: Clock;
}

/** What one journal entry gives. */
export interface Processed {
  readonly facts: MessageFacts;
  readonly deliveries: readonly NewDelivery[];
  /** What the record learns; absent where nothing was mapped. */
  readonly change?: Phi<PreparedChange>;
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

function mapEntry(processing: Processing, entry: Entry): Processed {
  const site = processing.siteOf(entry.site);
  if (site === undefined) return failed(processing, entry, siteGone);
  const decoded = decodeMessage(reveal(entry.raw));
  if (!decoded.ok) return failed(processing, entry, decoded.problem);
  const message = parseMessage(decoded.value.text);
  if (!message.ok) return failed(processing, entry, message.problem);
  const mapped = processing.mapper.map(message.value, site);
  const facts = factsOf(processing, entry, {
    outcome: mapped.outcome,
    warnings: mapped.warnings.length,
    patientKey: mapped.patient?.key,
  });
  if (mapped.outcome === "notMapped") return { facts, deliveries: [] };
  return {
    facts,
    deliveries: deliveriesOf(processing, entry, mapped),
    change: changeOf(entry, mapped),
  };
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

function deliveriesOf(processing: Processing, entry: Entry, mapped: Mapped): NewDelivery[] {
  const routes = processing.routesOf(entry.channel).filter(({ types }) => takes(types, entry.type));
  if (routes.length === 0) return [];
  const body = phi(packBody(JSON.stringify(reveal(mapped.bundle))));
  const lane = mapped.patient?.key ?? phi(`channel ${entry.channel}`);
  return routes.map(({ to }) => ({
    key: `${entry.site}/${entry.position}/${to}`,
    destination: to,
    lane,
    body,
    isReplay: false,
    createdAt: processing.clock.now(),
  }));
}

function changeOf(entry: Entry, mapped: Mapped): Phi<PreparedChange> {
  return prepareChange({
    site: entry.site,
    position: entry.position,
    receivedAt: entry.receivedAt,
    bundle: mapped.bundle,
    ...(mapped.patient === undefined ? {} : { patient: mapped.patient }),
    ...(mapped.merged === undefined ? {} : { merged: mapped.merged }),
  });
}

const siteGone: Problem = {
  code: "channels.siteGone",
  text: "The site of this message is not in the configuration any more.",
  hint: "Bring the site's folder back and replay the message.",
};

const mappingStopped: Problem = {
  code: "channels.mappingStopped",
  text: "The mapping of this message needed more time or memory than it may have, and was ended.",
  hint: "The message is kept. Raise the limits under processing in trestle.yaml, or report its type and structure; then replay it.",
};

function mappingBroke(error: unknown): Problem {
  return {
    code: "channels.mappingBroke",
    // The error's text may quote the message, so only its kind is told.
    text: `The mapping failed on this message (${error instanceof Error ? error.name : "unknown"}).`,
    hint: "The message is kept. Report it with its type and structure, then replay it.",
  };
}
