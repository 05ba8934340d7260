import { sharedSystems } from "@trestle/epic";
import type { Coding, Condition } from "@trestle/fhir";
import type { Chart, ChartVisit, HealthConcern, Problem } from "../../chart/chart.ts";
import type { Diagnosis } from "../../world/catalogue.ts";
import { ailmentOf } from "../../world/conditions.ts";
import { type FhirSite, instant, recordId, recordKinds } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { encounterReference, patientReference, providerReference } from "./references.ts";
import { codeSystems, coding, concept, hl7Coding } from "./terms.ts";

type Identified = Condition & { readonly id: string };

/** The problem list, what visits were about, and health concerns. */
export const conditions: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return [
    ...chart.problems.map((each) =>
      file(problem(chart, each, site), each.isOutside ? "Outside Record Problems" : "Problems"),
    ),
    ...chart.concerns.map((each) => file(concern(chart, each, site), "Health Concern")),
    ...chart.visits.flatMap((visit) =>
      visit.diagnosis === undefined
        ? []
        : file(
            encounterDiagnosis(chart, { visit, diagnosis: visit.diagnosis }, site),
            "Encounter Diagnosis",
          ),
    ),
  ];
};

function problem({ person }: Chart, known: Problem, site: FhirSite): Identified {
  const { ailment, resolvedAt } = known;
  return {
    resourceType: "Condition",
    id: problemId(person.mrn, known, site),
    clinicalStatus: status(resolvedAt === undefined ? "active" : "resolved"),
    verificationStatus: confirmed,
    category: [category("problem-list-item", "Problem List Item")],
    code: concept(
      [
        coding(codeSystems.snomed, ailment.snomed, ailment.wording),
        ...codesOf(ailment),
        coding(codeSystems.problemTerm, ailment.problemTerm, ailment.wording),
      ],
      ailment.wording,
    ),
    subject: patientReference(site, person),
    onsetDateTime: site.dateOf(known.onsetAt),
    ...(resolvedAt === undefined ? {} : { abatementDateTime: site.dateOf(resolvedAt) }),
    recordedDate: site.dateOf(known.recordedAt),
    recorder: providerReference(site, known.recorder),
  };
}

function concern({ person }: Chart, known: HealthConcern, site: FhirSite): Identified {
  const { snomed, wording } = known.concern;
  const place = { kind: recordKinds.Condition.concern, item: known.number };
  return {
    resourceType: "Condition",
    id: recordId(site, "Condition", { owner: Number(person.mrn), ...place }),
    clinicalStatus: status("active"),
    verificationStatus: confirmed,
    category: [
      concept([
        coding(
          "http://hl7.org/fhir/us/core/CodeSystem/condition-category",
          "health-concern",
          "Health Concern",
        ),
      ]),
    ],
    code: concept([coding(codeSystems.snomed, snomed, wording)]),
    subject: patientReference(site, person),
    onsetDateTime: site.dateOf(known.recordedAt),
    recordedDate: site.dateOf(known.recordedAt),
    recorder: providerReference(site, known.recorder),
  };
}

/** It points to the problem, where the same is on the problem list. */
function encounterDiagnosis(
  chart: Chart,
  { visit, diagnosis }: { readonly visit: ChartVisit; readonly diagnosis: Diagnosis },
  site: FhirSite,
): Identified {
  const { person, problems } = chart;
  const place = { kind: recordKinds.Condition.diagnosis, item: Number(visit.csn) };
  const known = problems.find(({ ailment }) => ailment.code === diagnosis.code);
  return {
    resourceType: "Condition",
    id: recordId(site, "Condition", { owner: Number(person.mrn), ...place }),
    clinicalStatus: status("active"),
    verificationStatus: confirmed,
    category: [
      category("encounter-diagnosis", "Encounter Diagnosis"),
      concept([coding(sharedSystems.conditionCategory, "visit-diagnosis", "Visit Diagnosis")]),
    ],
    code: diagnosisCode(diagnosis),
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, visit.csn),
    onsetDateTime: instant(visit.startedAt),
    recordedDate: site.dateOf(visit.startedAt),
    recorder: providerReference(site, visit.provider),
    ...(known === undefined
      ? {}
      : {
          evidence: [
            {
              detail: [
                {
                  reference: `Condition/${problemId(person.mrn, known, site)}`,
                  display: known.ailment.wording,
                },
              ],
            },
          ],
        }),
  };
}

/** SNOMED CT, ICD-9-CM and ICD-10-CM, with the words of the clinician. */
export function diagnosisCode(diagnosis: Diagnosis): NonNullable<Condition["code"]> {
  const ailment = ailmentOf(diagnosis.code);
  if (ailment === undefined) {
    return concept([coding(codeSystems.icd10, diagnosis.code, diagnosis.name)]);
  }
  return concept(
    [coding(codeSystems.snomed, ailment.snomed, ailment.wording), ...codesOf(ailment)],
    ailment.wording,
  );
}

/** The FHIR id of a problem. */
export function problemId(
  mrn: string,
  { number }: Pick<Problem, "number">,
  site: FhirSite,
): string {
  const kind = recordKinds.Condition.problem;
  return recordId(site, "Condition", { owner: Number(mrn), kind, item: number });
}

function codesOf({ icd9, code, name }: { icd9: string } & Diagnosis): Coding[] {
  return [coding(codeSystems.icd9, icd9, name), coding(codeSystems.icd10, code, name)];
}

function status(code: "active" | "resolved"): NonNullable<Condition["clinicalStatus"]> {
  const display = code === "active" ? "Active" : "Resolved";
  const system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
  return { coding: [{ system, version: "4.0.0", code, display }], text: display };
}

const confirmed: NonNullable<Condition["verificationStatus"]> = {
  coding: [
    {
      system: "http://terminology.hl7.org/CodeSystem/condition-ver-status",
      version: "4.0.0",
      code: "confirmed",
      display: "Confirmed",
    },
  ],
  text: "Confirmed",
};

function category(code: string, display: string) {
  return concept([hl7Coding("condition-category", code, display)]);
}
