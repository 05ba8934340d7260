import type { Chart } from "../../chart/chart.ts";
import type { Population } from "../../world/population.ts";
import type { Filed } from "../store.ts";
import { allergyIntolerances } from "./allergy-intolerance.ts";
import { appointments } from "./appointment.ts";
import { carePlans, careTeams, goals } from "./care.ts";
import { communications, tasks } from "./community.ts";
import { conditions } from "./condition.ts";
import { coverages } from "./coverage.ts";
import { devices } from "./device.ts";
import { diagnosticReports } from "./diagnostic-report.ts";
import { binaries, documentReferences } from "./document-reference.ts";
import { encounters } from "./encounter.ts";
import { familyMemberHistories, relatedPersons } from "./family.ts";
import type { FhirSite } from "./fhir-site.ts";
import type { FromChart } from "./filed.ts";
import { filedAt } from "./filed-at.ts";
import { flags } from "./flag.ts";
import { groups } from "./group.ts";
import { immunizations } from "./immunization.ts";
import { lists } from "./list.ts";
import { medicationAdministrations } from "./medication-administration.ts";
import { medicationRequests } from "./medication-request.ts";
import { medications } from "./medication.ts";
import { observations } from "./observation.ts";
import { patients } from "./patient.ts";
import { locations, organizations } from "./places.ts";
import { procedures } from "./procedure.ts";
import { provenances } from "./provenance.ts";
import { questionnaireResponses, questionnaires } from "./questionnaire.ts";
import { serviceRequests } from "./service-request.ts";
import { specimens } from "./specimen.ts";
import { practitionerRoles, practitioners } from "./staff.ts";

/** Makes the resources of a type from a chart, oldest first; none for a type that has none. */
export function resourcesFromChart(type: string, chart: Chart, site: FhirSite): readonly Filed[] {
  if (type === "Provenance") {
    const targets = withProvenance.flatMap((each) => resourcesFromChart(each, chart, site));
    return provenances(targets, site);
  }
  const make = fromChart.get(type);
  return make === undefined ? [] : oldestFirst(make(chart, site));
}

/** Makes what is about no patient; undefined for a type that is about patients. */
export function sharedResources(
  type: string,
  population: Population,
  site: FhirSite,
): readonly Filed[] | undefined {
  return shared.get(type)?.(population, site);
}

function oldestFirst(filed: readonly Filed[]): readonly Filed[] {
  return filed
    .map((each) => ({ each, at: filedAt(each.resource) }))
    .toSorted((one, other) => compare(one.at, other.at))
    .map(({ each }) => each);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const fromChart: ReadonlyMap<string, FromChart> = new Map([
  ["AllergyIntolerance", allergyIntolerances],
  ["Appointment", appointments],
  ["Binary", binaries],
  ["CarePlan", carePlans],
  ["CareTeam", careTeams],
  ["Communication", communications],
  ["Condition", conditions],
  ["Coverage", coverages],
  ["Device", devices],
  ["DiagnosticReport", diagnosticReports],
  ["DocumentReference", documentReferences],
  ["Encounter", encounters],
  ["FamilyMemberHistory", familyMemberHistories],
  ["Flag", flags],
  ["Goal", goals],
  ["Immunization", immunizations],
  ["List", lists],
  ["MedicationAdministration", medicationAdministrations],
  ["MedicationRequest", medicationRequests],
  ["Observation", observations],
  ["Patient", patients],
  ["Procedure", procedures],
  ["QuestionnaireResponse", questionnaireResponses],
  ["RelatedPerson", relatedPersons],
  ["ServiceRequest", serviceRequests],
  ["Specimen", specimens],
  ["Task", tasks],
]);

const shared: ReadonlyMap<string, (population: Population, site: FhirSite) => readonly Filed[]> =
  new Map([
    ["Group", groups],
    ["Location", (_: Population, site: FhirSite) => locations(site)],
    ["Medication", (_: Population, site: FhirSite) => medications(site)],
    ["Organization", (_: Population, site: FhirSite) => organizations(site)],
    ["Practitioner", practitioners],
    ["PractitionerRole", practitionerRoles],
    ["Questionnaire", (_: Population, site: FhirSite) => questionnaires(site)],
  ]);

/** Whose origin is told. */
const withProvenance: readonly string[] = [
  "AllergyIntolerance",
  "CarePlan",
  "CareTeam",
  "Condition",
  "Coverage",
  "Device",
  "DiagnosticReport",
  "DocumentReference",
  "Encounter",
  "Goal",
  "Immunization",
  "MedicationRequest",
  "Observation",
  "Patient",
  "Procedure",
  "QuestionnaireResponse",
  "RelatedPerson",
  "ServiceRequest",
];
