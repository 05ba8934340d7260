import { type Clock, type Phi, type Problem, phi, reveal } from "@trestle/base";
import { decodeMessage, parseMessage } from "@trestle/hl7v2";
import {
  type Entry,
  type MessageFacts,
  type NewDelivery,
  type Outcome,
  type Outputs,
  packBody,
} from "@trestle/journal";
import type { Mapped, Mapper, MappingSite } from "@trestle/mapping";
import type { RecordChange } from "@trestle/record";
import { takes } from "./channel-settings.ts";

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
  /** Applies a change to the record, inside the transaction that writes the outputs. */
  readonly applyToRecord: (change: RecordChange) => void;
  readonly clock: Clock;
}

/**
 * Makes the outputs of one journal entry: its facts, the change of the record, and what is owed to
 * whom. Pure but for the clock, and safe to repeat: the same entry under the same revision gives
 * the same deliveries with the same keys. A message that cannot be mapped becomes a fact, never an
 * exception, so that nothing behind it waits.
 */
export function processEntry(processing: Processing, entry: Entry): Outputs {
  if (entry.disposition !== "accepted") {
    return { facts: factsOf(processing, entry, { outcome: "notProcessed" }), deliveries: [] };
  }
  const mapping = mapEntry(processing, entry);
  if (!mapping.ok) {
    const facts = factsOf(processing, entry, { outcome: "failed", reason: mapping.problem });
    return { facts, deliveries: [] };
  }
  const { mapped } = mapping;
  const facts = factsOf(processing, entry, {
    outcome: mapped.outcome,
    warnings: mapped.warnings.length,
    patientKey: mapped.patient?.key,
  });
  if (mapped.outcome === "notMapped") return { facts, deliveries: [] };
  const change = changeOf(entry, mapped);
  return {
    facts,
    deliveries: deliveriesOf(processing, entry, mapped),
    alongside: () => processing.applyToRecord(change),
  };
}

/** The deliveries that a person asked for once more. `attempt` tells the keys of replays apart. */
export function replayEntry(
  processing: Processing,
  entry: Entry,
  attempt: string,
): { facts: MessageFacts; deliveries: readonly NewDelivery[] } {
  const { facts, deliveries } = processEntry(processing, entry);
  return {
    facts,
    deliveries: deliveries.map((delivery) => ({
      ...delivery,
      key: `${delivery.key}/replay/${attempt}`,
      isReplay: true,
    })),
  };
}

type Mapping = { ok: true; mapped: Mapped } | { ok: false; problem: Problem };

function mapEntry(processing: Processing, entry: Entry): Mapping {
  const site = processing.siteOf(entry.site);
  if (site === undefined) return { ok: false, problem: siteGone };
  const decoded = decodeMessage(reveal(entry.raw));
  if (!decoded.ok) return decoded;
  const message = parseMessage(decoded.value.text);
  if (!message.ok) return message;
  try {
    return { ok: true, mapped: processing.mapper.map(message.value, site) };
  } catch (error) {
    return { ok: false, problem: mappingBroke(error) };
  }
}

function factsOf(
  processing: Processing,
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

function changeOf(entry: Entry, mapped: Mapped): RecordChange {
  return {
    site: entry.site,
    position: entry.position,
    receivedAt: entry.receivedAt,
    bundle: mapped.bundle,
    ...(mapped.patient === undefined ? {} : { patient: mapped.patient }),
    ...(mapped.merged === undefined ? {} : { merged: mapped.merged }),
  };
}

const siteGone: Problem = {
  code: "channels.siteGone",
  text: "The site of this message is not in the configuration any more.",
  hint: "Bring the site's folder back and replay the message.",
};

function mappingBroke(error: unknown): Problem {
  return {
    code: "channels.mappingBroke",
    // The error's text may quote the message, so only its kind is told.
    text: `The mapping failed on this message (${error instanceof Error ? error.name : "unknown"}).`,
    hint: "The message is kept. Report it with its type and structure, then replay it.",
  };
}
