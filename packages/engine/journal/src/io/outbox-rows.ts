import { phi, reveal } from "@trestle/base";
import { unpackBody } from "../body.ts";
import type { Answer, Disposition, Position, Reason } from "../journal.ts";
import type {
  Attempt,
  Delivery,
  DeliveryId,
  DeliveryState,
  DueDelivery,
  MessageFacts,
  Outcome,
} from "../outbox.ts";

export interface MessageRow {
  readonly position: number;
  readonly site: string;
  readonly channel: string;
  readonly revision: string;
  readonly received_at: number;
  readonly control_id: string;
  readonly type: string;
  readonly disposition: Disposition;
  readonly answer: Answer;
  readonly reason: string | null;
  readonly received_bytes: number;
  readonly outcome: Outcome;
  readonly warnings: number;
  readonly patient_key: string | null;
}

export interface DeliveryRow {
  readonly id: number;
  readonly position: number;
  readonly key: string;
  readonly destination: string;
  readonly lane: string;
  readonly site: string;
  readonly channel: string;
  readonly revision: string;
  readonly type: string;
  readonly is_replay: number;
  readonly created_at: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly reason: string | null;
}

/** A delivery with its stored result. */
export interface DueRow extends DeliveryRow {
  readonly body: Uint8Array;
}

export interface AttemptRow {
  readonly number: number;
  readonly started_at: number;
  readonly duration_ms: number;
  readonly result: Attempt["result"];
  readonly detail: string;
}

export function messageValues(facts: MessageFacts) {
  return [
    facts.position,
    facts.site,
    facts.channel,
    facts.revision,
    facts.receivedAt,
    facts.controlId,
    facts.type,
    facts.disposition,
    facts.answer,
    reasonText(facts.reason),
    facts.receivedBytes,
    facts.outcome,
    facts.warnings,
    facts.patientKey === undefined ? null : reveal(facts.patientKey),
  ];
}

export function factsOf(row: MessageRow): MessageFacts {
  return {
    position: row.position as Position,
    site: row.site,
    channel: row.channel,
    revision: row.revision,
    receivedAt: row.received_at,
    controlId: row.control_id,
    type: row.type,
    disposition: row.disposition,
    answer: row.answer,
    ...readReason(row.reason),
    receivedBytes: row.received_bytes,
    outcome: row.outcome,
    warnings: row.warnings,
    ...(row.patient_key === null ? {} : { patientKey: phi(row.patient_key) }),
  };
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.id as DeliveryId,
    position: row.position as Position,
    key: row.key,
    destination: row.destination,
    lane: phi(row.lane),
    site: row.site,
    channel: row.channel,
    revision: row.revision,
    type: row.type,
    isReplay: row.is_replay === 1,
    createdAt: row.created_at,
    state: row.state,
    attempts: row.attempts,
    ...readReason(row.reason),
  };
}

export function dueOf(row: DueRow): DueDelivery {
  return { ...deliveryOf(row), body: phi(unpackBody(row.body)) };
}

export function attemptOf(row: AttemptRow): Attempt {
  return {
    number: row.number,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    result: row.result,
    detail: row.detail,
  };
}

export function reasonText(reason: Reason | undefined): string | null {
  return reason === undefined ? null : JSON.stringify(reason);
}

function readReason(text: string | null): { reason?: Reason } {
  return text === null ? {} : { reason: JSON.parse(text) as Reason };
}
