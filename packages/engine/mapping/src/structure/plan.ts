import { allergyIntolerance } from "../maps/allergy-intolerance.ts";
import { appointment } from "../maps/appointment.ts";
import { condition } from "../maps/condition.ts";
import { coverage } from "../maps/coverage.ts";
import { diagnosticReport } from "../maps/diagnostic-report.ts";
import { documentReference } from "../maps/document-reference.ts";
import { encounter } from "../maps/encounter.ts";
import { medicationAdministration } from "../maps/medication-administration.ts";
import { mergedPatient } from "../maps/merged-patient.ts";
import { observation } from "../maps/observation.ts";
import { patient } from "../maps/patient.ts";
import { provenance } from "../maps/provenance.ts";
import { relatedPerson } from "../maps/related-person.ts";
import { serviceRequest } from "../maps/service-request.ts";
import type { ResourceMap } from "../rows/define-map.ts";
import type { GroupName } from "./group-kinds.ts";

/** What a group makes: some before the groups inside it, some after them. */
export interface Plan {
  readonly first: readonly ResourceMap[];
  readonly last: readonly ResourceMap[];
}

/** Which resources each group of a message makes, in which order. */
export const plans: Readonly<Record<GroupName, Plan>> = {
  message: { first: [], last: [appointment, provenance] },
  patient: { first: [patient, mergedPatient, encounter], last: [] },
  contact: { first: [relatedPerson], last: [] },
  allergy: { first: [allergyIntolerance], last: [] },
  diagnosis: { first: [condition], last: [] },
  insurance: { first: [coverage], last: [] },
  order: { first: [serviceRequest, diagnosticReport], last: [] },
  observation: { first: [observation], last: [] },
  administration: { first: [medicationAdministration], last: [] },
  document: { first: [documentReference], last: [] },
  booking: { first: [], last: [] },
};
