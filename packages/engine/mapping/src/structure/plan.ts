import { account, priorAccount } from "../maps/account.ts";
import { accident, causeOfDeath, livingWill } from "../maps/circumstances.ts";
import {
  careMember,
  careOrganization,
  formerRole,
  primaryCareRole,
  procedurePerson,
  visitPerson,
  visitRole,
} from "../maps/role.ts";
import { careTeam } from "../maps/care-team.ts";
import { chargeItem } from "../maps/charge-item.ts";
import { consent } from "../maps/consent.ts";
import { encounterHistory, episodeOfCare } from "../maps/episode-of-care.ts";
import { give, givenMedication } from "../maps/give.ts";
import {
  guarantor,
  guarantorOrganization,
  guarantorOtherwise,
  guarantorSelf,
} from "../maps/guarantor.ts";
import { mother } from "../maps/mother.ts";
import { placeEntry } from "../maps/place-entry.ts";
import { procedure } from "../maps/procedure.ts";
import { schedulingTask } from "../maps/scheduling-task.ts";
import { affiliation, staff, staffRole } from "../maps/staff.ts";
import { allergyIntolerance } from "../maps/allergy-intolerance.ts";
import { attachedDocument } from "../maps/attached-document.ts";
import { appointment } from "../maps/appointment.ts";
import { condition } from "../maps/condition.ts";
import { coverage } from "../maps/coverage.ts";
import { partDevice, software } from "../maps/device.ts";
import { diagnosticReport } from "../maps/diagnostic-report.ts";
import { documentReference } from "../maps/document-reference.ts";
import { encounter } from "../maps/encounter.ts";
import { imagingStudy } from "../maps/imaging-study.ts";
import { immunization } from "../maps/immunization.ts";
import { immunizationRecommendation } from "../maps/immunization-recommendation.ts";
import { medication } from "../maps/medication.ts";
import { administeredDrug, medicationAdministration } from "../maps/medication-administration.ts";
import { dispensedDrug, medicationDispense } from "../maps/medication-dispense.ts";
import { medicationRequest } from "../maps/medication-request.ts";
import { mergedPatient } from "../maps/merged-patient.ts";
import { observation } from "../maps/observation.ts";
import { orderContact } from "../maps/order-contact.ts";
import { orderProvenance } from "../maps/order-provenance.ts";
import { participationProvenance } from "../maps/participation-provenance.ts";
import { patient } from "../maps/patient.ts";
import { problem } from "../maps/problem.ts";
import {
  authentication,
  documentProvenance,
  patientProvenance,
  provenance,
} from "../maps/provenance.ts";
import { relative } from "../maps/relative.ts";
import { relatedPerson } from "../maps/related-person.ts";
import { serviceRequest } from "../maps/service-request.ts";
import { supplyRequest } from "../maps/supply-request.ts";
import { specimen } from "../maps/specimen.ts";
import type { ResourceMap } from "../rows/define-map.ts";
import type { GroupName } from "./group-kinds.ts";

/** What a group makes: some before the groups inside it, some after them. */
export interface Plan {
  readonly first: readonly ResourceMap[];
  readonly last: readonly ResourceMap[];
  /** Groups beside it may refer to what it makes, and so it is mapped before them. */
  readonly isKnownAround?: boolean;
}

/** Which resources each group of a message makes, in which order. */
export const plans: Readonly<Record<GroupName, Plan>> = {
  message: { first: [], last: [appointment, schedulingTask, provenance] },
  patient: {
    first: [
      patient,
      mergedPatient,
      mother,
      account,
      priorAccount,
      episodeOfCare,
      encounter,
      encounterHistory,
      livingWill,
      causeOfDeath,
      accident,
    ],
    last: [careTeam, patientProvenance],
  },
  contact: { first: [relatedPerson], last: [] },
  orderContact: { first: [orderContact], last: [] },
  allergy: { first: [allergyIntolerance], last: [] },
  diagnosis: { first: [condition], last: [] },
  insurance: { first: [coverage], last: [] },
  order: {
    first: [
      serviceRequest,
      medication,
      medicationRequest,
      specimen,
      imagingStudy,
      diagnosticReport,
    ],
    last: [orderProvenance, participationProvenance],
  },
  specimen: { first: [specimen], last: [participationProvenance], isKnownAround: true },
  observation: { first: [observation, attachedDocument], last: [participationProvenance] },
  encoded: { first: [medication, medicationRequest], last: [], isKnownAround: true },
  dispense: { first: [dispensedDrug, medicationDispense], last: [] },
  requisition: { first: [supplyRequest], last: [] },
  give: { first: [givenMedication, give], last: [] },
  administration: {
    first: [immunization, immunizationRecommendation, administeredDrug, medicationAdministration],
    last: [],
  },
  problem: { first: [problem], last: [] },
  document: { first: [documentReference], last: [documentProvenance, authentication] },
  resourceGroup: { first: [], last: [] },
  orderDocument: {
    first: [documentReference],
    last: [documentProvenance, authentication, participationProvenance],
  },
  booking: { first: [], last: [] },
  visit: { first: [episodeOfCare, encounter], last: [] },
  visitNote: { first: [], last: [] },
  role: {
    first: [primaryCareRole, formerRole, relative, careMember, careOrganization, partDevice],
    last: [participationProvenance],
  },
  visitRole: {
    first: [primaryCareRole, formerRole, relative, visitRole, visitPerson, partDevice],
    last: [participationProvenance],
  },
  procedureRole: { first: [procedurePerson, partDevice], last: [participationProvenance] },
  procedure: { first: [procedure], last: [] },
  guarantor: {
    first: [guarantor, guarantorOrganization, guarantorSelf, guarantorOtherwise],
    last: [],
  },
  charge: { first: [chargeItem], last: [] },
  consent: { first: [consent], last: [] },
  masterEntry: { first: [staff, placeEntry], last: [staffRole] },
  affiliation: { first: [affiliation], last: [] },
  department: { first: [], last: [] },
  software: { first: [software], last: [] },
};
