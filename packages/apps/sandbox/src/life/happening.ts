import type { Drug, FlowsheetRow, NoteType } from "../world/catalogue.ts";
import type { Appointment, Order, Patient, Provider, User, Visit } from "../world/people.ts";

/** A measured value as it is reported: as text, with the digits it was measured with. */
export interface Measurement {
  readonly row: FlowsheetRow;
  readonly text: string;
}

/**
 * What happened, for whoever tells it on: each becomes one message. `visit` and the like are as
 * they were after it happened.
 */
export type Happening =
  | { readonly kind: "registration"; readonly visit: Visit | undefined }
  | { readonly kind: "update"; readonly visit: Visit | undefined }
  | { readonly kind: "duplicate registration"; readonly epi: string; readonly mrn: string }
  | { readonly kind: "merge"; readonly epi: string; readonly mrn: string }
  | { readonly kind: "visit"; readonly event: VisitEvent; readonly visit: Visit }
  | {
      readonly kind: "appointment";
      readonly event: AppointmentEvent;
      readonly appointment: Appointment;
    }
  | { readonly kind: "order"; readonly visit: Visit; readonly order: Order }
  | {
      readonly kind: "result";
      readonly visit: Visit;
      readonly order: Order;
      readonly values: readonly string[];
    }
  | {
      readonly kind: "vitals";
      readonly visit: Visit;
      readonly pressure: string;
      readonly rows: readonly Measurement[];
    }
  | {
      readonly kind: "administration";
      readonly visit: Visit;
      readonly drug: Drug;
      readonly orderId: string;
    }
  | {
      readonly kind: "note";
      readonly visit: Visit;
      readonly note: NoteType;
      readonly id: string;
      readonly author: Provider;
    };

export type VisitEvent = "A01" | "A02" | "A03" | "A04" | "A11" | "A13";
export type AppointmentEvent = "S12" | "S13" | "S14" | "S15" | "S26";

/**
 * A happening with its time, patient and user. The patient goes on living: tell it before the next
 * one is asked for.
 */
export interface Told {
  /** Simulated milliseconds since 1970 UTC. */
  readonly at: number;
  readonly patient: Patient;
  readonly user: User;
  readonly happening: Happening;
}
