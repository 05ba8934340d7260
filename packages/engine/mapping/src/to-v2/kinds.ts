import { appointment, appointmentRequest } from "./messages/appointment.ts";
import { charge } from "./messages/charge.ts";
import { document } from "./messages/document.ts";
import { immunization } from "./messages/immunization.ts";
import { order } from "./messages/order.ts";
import { person } from "./messages/person.ts";
import { result } from "./messages/result.ts";
import type { MessagePart } from "./rows/define-segment.ts";

/** A message type with its event; or a family, of which status and change choose the event. */
export type MessageKind = (typeof messageKinds)[number];

/** How a kind of message is made. */
export interface KindMap {
  /** MSH-9.3. */
  readonly structure: string;
  /** The type of resource that the message is about. */
  readonly focus: string;
  /** Whether it is about one of them, or about all in the bundle. */
  readonly isOfOne: boolean;
  readonly parts: readonly MessagePart[];
}

/** Every kind that can be composed. */
export const messageKinds = [
  "ORU^R01",
  "MDM",
  "MDM^T02",
  "MDM^T06",
  "MDM^T08",
  "MDM^T10",
  "SIU",
  "SIU^S12",
  "SIU^S13",
  "SIU^S14",
  "SIU^S15",
  "SRM",
  "SRM^S01",
  "SRM^S02",
  "SRM^S03",
  "SRM^S04",
  "DFT^P03",
  "ADT^A31",
  "VXU^V04",
  "ORM^O01",
] as const;

export type Family = "ADT" | "DFT" | "MDM" | "ORM" | "ORU" | "SIU" | "SRM" | "VXU";

export const kindMaps: Readonly<Record<Family, KindMap>> = {
  ADT: { structure: "ADT_A05", focus: "Patient", isOfOne: true, parts: person },
  DFT: { structure: "DFT_P03", focus: "ChargeItem", isOfOne: false, parts: charge },
  MDM: { structure: "MDM_T02", focus: "DocumentReference", isOfOne: true, parts: document },
  ORM: { structure: "ORM_O01", focus: "ServiceRequest", isOfOne: false, parts: order },
  ORU: { structure: "ORU_R01", focus: "DiagnosticReport", isOfOne: false, parts: result },
  SIU: { structure: "SIU_S12", focus: "Appointment", isOfOne: true, parts: appointment },
  SRM: { structure: "SRM_S01", focus: "Appointment", isOfOne: true, parts: appointmentRequest },
  VXU: { structure: "VXU_V04", focus: "Immunization", isOfOne: false, parts: immunization },
};

export function familyOf(kind: MessageKind): Family {
  return kind.slice(0, 3) as Family;
}
