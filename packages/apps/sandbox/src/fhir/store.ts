import type { FhirResource } from "@trestle/fhir";

/** A resource as the hospital has it filed. Nobody may write into it. */
export interface Filed {
  readonly resource: FhirResource & { readonly id: string };
  /**
   * By which of the hospital's named APIs it is reached: `Problems` of `Condition.Read (Problems)
   * (R4)`; empty where the type has only one.
   */
  readonly subType: string;
  /** FHIR id of the patient it is about; absent for staff, places and the like. */
  readonly patientId?: string;
}

/**
 * The FHIR resources of the simulated hospital, as they are at the moment of asking. What HL7 has
 * told so far is in them.
 */
export interface FhirStore {
  /** What has this id; of a merged patient nothing, see `survivorOf`. */
  read(type: string, id: string): Filed | undefined;
  /** Those about one patient, oldest first; the Patient itself for that type. */
  ofPatient(type: string, patientId: string): readonly Filed[];
  /** Every one of a type: cheap for staff, places and organizations, else patient by patient. */
  all(type: string): Iterable<Filed>;
  /** Every Patient whom the clues mean, perhaps among others; much cheaper than all of them. */
  patientsLike(clues: PatientClues): Iterable<Filed>;
  /** The patient in whom a merged one lives on. */
  survivorOf(patientId: string): string | undefined;
  /** Files what a client has written, under an id of the hospital's form; gives it back with that id. */
  file(written: Written): Filed;
  /** Puts another version in the place of what has this id. */
  replace(filed: Filed): void;
  /** Takes what clients have written out again, as a weekly wipe does. */
  wipe(): void;
}

/** What a patient is looked for by. All that is given must hold, and of several values any. */
export interface PatientClues {
  /** Of whatever list, ids too. */
  readonly numbers?: readonly string[];
  /** Names as a search takes them: also by their sound, or short. */
  readonly families?: readonly string[];
  readonly givens?: readonly string[];
  /** As `YYYY-MM-DD`. */
  readonly birthDate?: string;
}

/** A resource to be filed. */
export interface Written {
  readonly resource: FhirResource;
  readonly subType: string;
  readonly patientId?: string;
  /** It waits until a clinician reconciles it, and no search finds it before. */
  readonly isHeld?: boolean;
}
