import type { Measurement } from "../life/happening.ts";
import type { Department, Diagnosis, LabOrder, NoteType, VisitType } from "../world/catalogue.ts";
import type { Ailment, Concern } from "../world/conditions.ts";
import type { HomeMedication, Medication } from "../world/medications.ts";
import type { Appointment, Patient, Provider, Visit } from "../world/people.ts";
import type { ProcedureKind } from "../world/procedures.ts";
import type { Vaccine } from "../world/vaccines.ts";

/** Who a patient is, without what the simulation still has in hand. */
export type Person = Omit<Patient, "isRegistered" | "visit" | "appointment" | "duplicate">;

/**
 * Everything that is filed about one patient: what was invented of the years before, and what the
 * hospital has told since. Each list is in the order of time, and times are simulated milliseconds
 * since 1970 UTC. Nobody may write into it.
 */
export interface Chart extends Background, Lived {
  readonly person: Person;
  /** What a visit is; undefined for a contact serial number that the chart does not have. */
  visitKindOf(csn: string): Visit["kind"] | undefined;
}

/** What was told: it can be in messages as well, under the same numbers. */
export interface Lived {
  readonly visits: readonly ChartVisit[];
  readonly appointments: readonly Booking[];
  readonly labs: readonly LabReport[];
  readonly vitals: readonly VitalsReading[];
  readonly notes: readonly ChartNote[];
  readonly administrations: readonly Dose[];
}

/** What was invented of the years before, and is not told. */
export interface Background extends Lived {
  readonly problems: readonly Problem[];
  readonly concerns: readonly HealthConcern[];
  readonly prescriptions: readonly Prescription[];
  readonly immunizations: readonly Injection[];
  readonly procedures: readonly Done[];
  readonly goals: readonly Aim[];
  readonly devices: readonly Implant[];
  readonly relatives: readonly Relative[];
  readonly answers: readonly Answers[];
  readonly lines: readonly Line[];
  readonly deliveries: readonly Delivery[];
  readonly exams: readonly Exam[];
  /** Undefined where nobody has asked. */
  readonly social: Social | undefined;
}

/** A contact with the hospital. */
export interface ChartVisit {
  /** The contact serial number. */
  readonly csn: string;
  readonly kind: Visit["kind"];
  readonly status: "planned" | "in-progress" | "finished" | "unknown";
  readonly provider: Provider;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly visitType: VisitType | undefined;
  /** Undefined before it begins. */
  readonly diagnosis: Diagnosis | undefined;
  /** Where the patient was, one place after the other; the last is where the patient is. */
  readonly stays: readonly [Stay, ...Stay[]];
}

export interface Stay {
  readonly department: Department;
  readonly room: string;
  readonly bed: string;
  readonly from: number;
}

export type Booking = Readonly<Appointment>;

/** A laboratory order, and its result once there is one. */
export interface LabReport {
  readonly orderId: string;
  readonly csn: string;
  readonly test: LabOrder;
  readonly orderedAt: number;
  readonly orderedBy: Provider;
  /** Undefined until the result is there. */
  readonly resultedAt: number | undefined;
  /** Of each component, in their order; empty until the result is there. */
  readonly values: readonly string[];
  /** It came from another hospital. */
  readonly isOutside: boolean;
}

/** What was measured at one time. */
export interface VitalsReading {
  /** Counts the readings of a patient; those that were told are counted for themselves. */
  readonly number: number;
  readonly isTold: boolean;
  readonly csn: string;
  readonly at: number;
  /** By whom; somebody who has a login, or the provider. */
  readonly by: Charted;
  /** Such as `120/80`. */
  readonly pressure: string;
  readonly rows: readonly Measurement[];
  readonly isOutside: boolean;
}

/** Who charts: a user or a provider, by number and name. */
export interface Charted {
  readonly kind: "user" | "provider";
  readonly id: string;
  readonly family: string;
  readonly given: string;
}

export interface ChartNote {
  readonly id: string;
  readonly csn: string;
  readonly type: NoteType;
  readonly at: number;
  readonly author: Provider;
}

/** A dose that was given on a ward. */
export interface Dose {
  readonly orderId: string;
  readonly csn: string;
  readonly medication: Medication;
  readonly at: number;
  readonly orderedBy: Provider;
}

export interface Problem {
  readonly number: number;
  readonly ailment: Ailment;
  readonly onsetAt: number;
  readonly recordedAt: number;
  /** When it was over; undefined where it is not. */
  readonly resolvedAt: number | undefined;
  readonly recorder: Provider;
  readonly isOutside: boolean;
}

export interface HealthConcern {
  readonly number: number;
  readonly concern: Concern;
  readonly recordedAt: number;
  readonly recorder: Provider;
}

/** A medication that is taken at home. */
export interface Prescription {
  readonly orderId: string;
  /** Of the visit at which it was written; undefined for what the patient reports. */
  readonly csn: string | undefined;
  readonly medication: HomeMedication;
  readonly writtenAt: number;
  readonly days: number;
  readonly prescriber: Provider;
  readonly isActive: boolean;
  readonly isOutside: boolean;
}

export interface Injection {
  readonly number: number;
  readonly vaccine: Vaccine;
  readonly at: number;
  readonly lot: string;
  readonly by: Provider;
  readonly isOutside: boolean;
}

export interface Done {
  readonly orderId: string;
  readonly kind: ProcedureKind;
  readonly at: number;
  readonly by: Provider;
  readonly csn: string;
  readonly isOutside: boolean;
}

export interface Aim {
  readonly number: number;
  readonly text: string;
  readonly startedAt: number;
  readonly isReached: boolean;
  readonly by: Provider;
}

export interface Implant {
  readonly number: number;
  readonly name: string;
  readonly snomed: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly implantedAt: number;
}

/** A relative and what the relative had. */
export interface Relative {
  readonly number: number;
  readonly relation: { readonly code: string; readonly name: string };
  readonly ailment: Ailment;
}

/** A questionnaire that was answered; the answers in the order of the questions. */
export interface Answers {
  readonly number: number;
  readonly csn: string;
  readonly at: number;
  readonly values: readonly number[];
}

/** A line, drain or airway; a catheter in a vein. */
export interface Line {
  readonly number: number;
  readonly csn: string;
  readonly at: number;
  readonly site: string;
}

/** A child that the patient has borne. */
export interface Delivery {
  readonly number: number;
  readonly at: number;
  readonly isCesarean: boolean;
  readonly weightGrams: number;
  /** Five minutes after birth, from 0 to 10. */
  readonly apgar: number;
}

/** What a clinician has tried out or probed, as one number. */
export interface Exam {
  readonly number: number;
  /** `cognition` in points from 0 to 5, `gums` in millimetres. */
  readonly kind: "cognition" | "gums";
  readonly csn: string;
  readonly at: number;
  readonly value: number;
}

export interface Social {
  readonly at: number;
  readonly smoking: "never" | "former" | "current";
  readonly bloodType: string;
  /** How many pregnancies; undefined for who is not asked. */
  readonly pregnancies: number | undefined;
  /** Whether food ran out within the year: `often`, `sometimes` or `never`. */
  readonly foodRanOut: "often" | "sometimes" | "never";
  /** Undefined where nobody found a risk to fall. */
  readonly fallRiskSince: number | undefined;
}
