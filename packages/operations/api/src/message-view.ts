import type { Reason, MessageFacts } from "@trestle/journal";
import type { MessageSummary } from "./contract/index.ts";
import type { Disclosure } from "./disclosure.ts";
import { maskedKey } from "./masked-text.ts";

/** The facts of a message as the API shows them, without whom it is about. */
export function viewFacts(facts: MessageFacts): Omit<MessageSummary, "patient"> {
  return {
    id: String(facts.position),
    site: facts.site,
    channel: facts.channel,
    revision: facts.revision,
    receivedAt: instantOf(facts.receivedAt),
    controlId: facts.controlId,
    type: facts.type,
    disposition: facts.disposition,
    answer: facts.answer,
    outcome: facts.outcome,
    warnings: facts.warnings,
    bytes: facts.receivedBytes,
    ...viewReason(facts.reason),
  };
}

/** The facts of a message and, as far as it may be shown, whom it is about. */
export function viewMessage(facts: MessageFacts, disclosure: Disclosure): MessageSummary {
  if (facts.patientKey === undefined) return viewFacts(facts);
  const patient = disclosure.show(facts.patientKey, { open: (key) => key, masked: maskedKey });
  return { ...viewFacts(facts), patient };
}

export function viewReason(reason: Reason | undefined): { reason?: Reason } {
  return reason === undefined ? {} : { reason };
}

/** Milliseconds since 1970 as ISO 8601 in UTC. */
export function instantOf(time: number): string {
  return new Date(time).toISOString();
}
