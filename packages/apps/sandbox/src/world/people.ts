import type { Allergen, Department, Diagnosis, LabOrder, Plan, VisitType } from "./catalogue.ts";

/** Somebody who treats. */
export interface Provider {
  readonly id: string;
  readonly npi: string;
  readonly family: string;
  readonly given: string;
  readonly middle: string;
}

/** Who sits at the keyboard: MSH-8 and EVN-5. */
export interface User {
  readonly login: string;
  readonly family: string;
  readonly given: string;
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly county: string;
}

/** An invented patient. What can change in a life is not readonly. */
export interface Patient {
  readonly epi: string;
  readonly mrn: string;
  readonly family: string;
  readonly given: string;
  readonly middle: string;
  readonly sex: "F" | "M";
  /** `YYYYMMDD`. */
  readonly birthDate: string;
  readonly race: string;
  readonly ethnicity: string;
  readonly language: string;
  maritalStatus: string;
  address: Address;
  phone: string;
  readonly email: string | undefined;
  readonly kin: {
    readonly family: string;
    readonly given: string;
    readonly relation: string;
    readonly phone: string;
  };
  readonly primaryCare: Provider;
  readonly allergies: readonly Allergen[];
  readonly plan: Plan;
  readonly memberNumber: string;
  readonly portal: "ACTIVATED" | "PENDING";
  /** Measured weights lie around it. */
  readonly weightKg: number;
  isRegistered: boolean;
  visit: Visit | undefined;
  appointment: Appointment | undefined;
  /** A second chart for the same person, made by mistake and not merged yet. */
  duplicate: { readonly epi: string; readonly mrn: string } | undefined;
}

/** Times are simulated milliseconds since 1970 UTC. */
export interface Visit {
  /** The contact serial number. A visit has that of the appointment that it was booked by. */
  readonly csn: string;
  readonly begunAs: "O" | "E" | "I";
  kind: "O" | "E" | "I";
  department: Department;
  room: string;
  bed: string;
  readonly provider: Provider;
  readonly startedAt: number;
  endedAt: number | undefined;
  readonly diagnosis: Diagnosis;
  readonly orders: Order[];
}

export interface Order {
  readonly id: string;
  readonly test: LabOrder;
  readonly orderedAt: number;
  readonly orderedBy: Provider;
  isResulted: boolean;
}

export interface Appointment {
  /** The contact serial number. */
  readonly id: string;
  readonly type: VisitType;
  readonly department: Department;
  readonly provider: Provider;
  startsAt: number;
  status: "Sch" | "Canceled" | "No Show" | "Arrived";
}
