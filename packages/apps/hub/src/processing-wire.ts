import { phi, reveal } from "@trestle/base";
import type { Processed } from "@trestle/channels/process";
import type { Body, MessageFacts, NewDelivery } from "@trestle/journal";
import type { PreparedChange } from "@trestle/record";

// Guards do not cross from one thread to another: they are taken off on this side and put on again
// on the other. Nothing else reads what is between.

/** What an entry gives, without guards. */
interface OpenProcessed {
  readonly facts: Omit<MessageFacts, "patientKey"> & { readonly patientKey?: string };
  readonly deliveries: readonly OpenDelivery[];
  readonly change?: PreparedChange;
  readonly unmappedCodes?: Processed["unmappedCodes"];
}

type OpenDelivery = Omit<NewDelivery, "lane" | "body"> & {
  readonly lane: string;
  readonly body: Body;
};

/** A batch on its way to the thread that writes. */
export interface Crossing {
  readonly batch: readonly OpenProcessed[];
  /** Memory that is handed over rather than copied. */
  readonly handedOver: readonly ArrayBuffer[];
}

/** On the thread that maps. */
export function open(batch: readonly Processed[]): Crossing {
  const bodies = new Map<Body, Body>();
  const opened = batch.map(({ facts, deliveries, change, ...open }) => ({
    ...open,
    facts: openFacts(facts),
    deliveries: deliveries.map((delivery) => openDelivery(delivery, bodies)),
    ...(change === undefined ? {} : { change: reveal(change) }),
  }));
  return {
    batch: opened,
    handedOver: [...bodies.values()].map(({ buffer }) => buffer as ArrayBuffer),
  };
}

/** On the thread that writes. */
export function guard(batch: Crossing["batch"]): readonly Processed[] {
  return batch.map(({ facts, deliveries, change, ...open }) => ({
    ...open,
    facts: guardFacts(facts),
    deliveries: deliveries.map(({ lane, body, ...owed }) => ({
      ...owed,
      lane: phi(lane),
      body: phi(body),
    })),
    ...(change === undefined ? {} : { change: phi(change) }),
  }));
}

function openFacts({ patientKey, ...facts }: MessageFacts): OpenProcessed["facts"] {
  return patientKey === undefined ? facts : { ...facts, patientKey: reveal(patientKey) };
}

function guardFacts({ patientKey, ...facts }: OpenProcessed["facts"]): MessageFacts {
  return patientKey === undefined ? facts : { ...facts, patientKey: phi(patientKey) };
}

/** @param bodies Those copied so far: one that goes to several destinations crosses once. */
function openDelivery(
  { lane, body: guarded, ...owed }: NewDelivery,
  bodies: Map<Body, Body>,
): OpenDelivery {
  const packed = reveal(guarded);
  // A copy of its own, for a packed body may share its memory with others.
  const body = bodies.get(packed) ?? (new Uint8Array(packed) as Uint8Array as Body);
  bodies.set(packed, body);
  return { ...owed, lane: reveal(lane), body };
}
