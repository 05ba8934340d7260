import type { Phi } from "@trestle/base";
import type { Bundle, FhirResource } from "@trestle/fhir";

/** A patient as a message names it; keys are `system|value`. */
export interface RecordIdentity {
  /** The id of its Patient in the bundle, where that has one. */
  readonly resourceId?: string;
  readonly key: Phi<string>;
  readonly identifiers: readonly Phi<string>[];
}

/** Whom a message names: a patient and, for a merge, the one that is no more. */
export interface RecordPeople {
  readonly patient?: RecordIdentity;
  readonly merged?: RecordIdentity;
}

/** What one message says about a patient. */
export interface RecordChange extends RecordPeople {
  readonly site: string;
  /** The journal position of the message. */
  readonly position: number;
  /** Milliseconds since 1970 UTC. */
  readonly receivedAt: number;
  /** Further patients of the same message, each perhaps with the one merged into it. */
  readonly others?: readonly RecordPeople[];
  readonly bundle: Phi<Bundle>;
  /**
   * The JSON of its resources, where somebody has printed them, and whether the same object comes
   * with other messages too, so that it never changes.
   */
  readonly printed?: ReadonlyMap<object, { readonly text: string; readonly recurs: boolean }>;
}

/** A patient of the record. */
export interface RecordPatient {
  readonly id: string;
  readonly site: string;
  readonly resource: Phi<FhirResource>;
  /** Every `system|value` by which messages have named this patient, merged ones included. */
  readonly identifiers: readonly Phi<string>[];
  /** Ids of patients merged into this one. */
  readonly merged: readonly string[];
  readonly heardAt: number;
}

/** One resource of a record in its present version. */
export interface RecordResource {
  readonly resourceType: string;
  readonly id: string;
  readonly resource: Phi<FhirResource>;
  /** The message that gave the present version. */
  readonly position: number;
  readonly heardAt: number;
  /** As FHIR writes it; empty where the resource names no time. */
  readonly happenedAt: string;
  /** How often it changed, from 1. */
  readonly versions: number;
}

/** One identifier that messages gave to two patients, without a merge. Both stay as they are. */
export interface RecordConflict {
  readonly site: string;
  readonly identifier: Phi<string>;
  /** The patient whom the message's key named. */
  readonly patientId: string;
  /** The patient whom the identifier named before, and still names. */
  readonly holderId: string;
  /** The first message that said so, and the last. */
  readonly firstPosition: number;
  readonly lastPosition: number;
}

export interface PatientSearch {
  readonly site?: string;
  /** Beginning of a family or given name, or a whole identifier value. */
  readonly text?: Phi<string>;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after?: { readonly heardAt: number; readonly id: string };
}

/** The unified patient record in its first form: one identity per site, upsert by business identifier. */
export interface RecordStore {
  patients(search: PatientSearch): Promise<readonly RecordPatient[]>;
  /** Follows merges: the id of a merged patient gives the survivor. */
  patient(id: string): Promise<RecordPatient | undefined>;
  /** Newest first by when it happened, at most `limit`. */
  resources(patientId: string, limit: number): Promise<readonly RecordResource[]>;
  /** All `system|value` keys under which messages may name this patient or one of that value. */
  keysOf(identifier: Phi<string>): Promise<readonly Phi<string>[]>;
}
