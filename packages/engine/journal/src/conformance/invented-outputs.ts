import { phi } from "@trestle/base";
import { packBody } from "../body.ts";
import type { Position } from "../journal.ts";
import type {
  Delivery,
  DeliveryId,
  DeliveryState,
  DueDelivery,
  MessageFacts,
  NewDelivery,
  Outbox,
  Outputs,
  Settlement,
} from "../outbox.ts";

/** What an entry gives: one delivery to `app` for each lane. */
export function output(position: number, lanes: readonly string[], patient?: string): Outputs {
  const facts: MessageFacts = {
    position: position as Position,
    site: "lakeshore",
    channel: "adt-in",
    revision: "h-000000000000",
    receivedAt: position * 1000,
    controlId: `c${position}`,
    type: "ADT^A08",
    disposition: "accepted",
    answer: "AA",
    receivedBytes: 100,
    outcome: "mapped",
    warnings: 0,
    ...(patient === undefined ? {} : { patientKey: phi(`mrn|${patient}`) }),
  };
  return { facts, deliveries: lanes.map((lane) => delivery(lane, position)) };
}

/** A delivery to `app` whose result is empty. */
export function delivery(lane: string, position: number): NewDelivery {
  return {
    key: `key-${position}`,
    destination: "app",
    lane: phi(lane),
    body: phi(packBody("{}")),
    isReplay: false,
    createdAt: position * 1000,
  };
}

/** What may be tried at `app` now. */
export function heads(outbox: Outbox, now = 0): Promise<readonly DueDelivery[]> {
  return outbox.heads("app", { now, limit: 10, except: new Set() });
}

/** The same, by the positions of their entries. */
export async function headPositions(outbox: Outbox, now = 0): Promise<number[]> {
  return (await heads(outbox, now)).map(({ position }) => position);
}

/** A first try of a delivery that ended at 1005 ms and leaves it in a state. */
export function settlement(head: Delivery | undefined, state: DeliveryState): Settlement {
  const result = state === "delivered" ? "delivered" : "transient";
  return {
    id: (head?.id ?? 0) as DeliveryId,
    state,
    attempt: { number: 1, startedAt: 1000, durationMs: 5, result, detail: "200" },
  };
}
