import type { CarePlan, CareTeam, Goal } from "@trestle/fhir";
import type { Aim, Chart } from "../../chart/chart.ts";
import { problemId } from "./condition.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { patientReference, providerReference } from "./references.ts";
import { codeSystems, coding, concept, hl7Coding } from "./terms.ts";

/** What is planned, for who has goals. */
export const carePlans: FromChart = (chart, site) => {
  const [first] = chart.goals;
  return first === undefined ? [] : [fileFor(chart, site)(carePlan(chart, first, site))];
};

function carePlan(
  { person, problems, goals }: Chart,
  first: Aim,
  site: FhirSite,
): CarePlan & { readonly id: string } {
  const open = problems.filter(({ resolvedAt }) => resolvedAt === undefined);
  return {
    resourceType: "CarePlan",
    id: recordId(site, "CarePlan", { owner: Number(person.mrn), item: 1 }),
    status: "active",
    intent: "plan",
    category: [
      concept(
        [
          coding(codeSystems.snomed, "38717003", "Longitudinal care plan"),
          coding(
            "http://hl7.org/fhir/us/core/CodeSystem/careplan-category",
            "assess-plan",
            "Assessment and Plan of Treatment",
          ),
        ],
        "Longitudinal",
      ),
    ],
    title: "Longitudinal Plan of Care",
    subject: patientReference(site, person),
    period: { start: site.dateOf(first.startedAt) },
    careTeam: [{ reference: `CareTeam/${careTeamId(person.mrn, site)}`, display: careTeamName }],
    addresses: open.map((problem) => ({
      reference: `Condition/${problemId(person.mrn, problem, site)}`,
      display: problem.ailment.wording,
    })),
    goal: goals.map((aim) => ({
      reference: `Goal/${goalId(person.mrn, aim, site)}`,
      display: aim.text,
    })),
  };
}

/** Who looks after a patient over the years; the staff of a ward is not in it. */
export const careTeams: FromChart = (chart, site) => [fileFor(chart, site)(careTeam(chart, site))];

function careTeam({ person }: Chart, site: FhirSite): CareTeam & { readonly id: string } {
  return {
    resourceType: "CareTeam",
    id: careTeamId(person.mrn, site),
    status: "active",
    category: [
      concept([
        coding(codeSystems.loinc, "LA28865-6", "Longitudinal care-coordination focused care team"),
      ]),
    ],
    name: careTeamName,
    subject: patientReference(site, person),
    participant: [
      {
        role: [concept([coding(codeSystems.snomed, "453231000124104", "Primary care provider")])],
        member: providerReference(site, person.primaryCare),
        period: { start: "2020-01-01" },
      },
    ],
  };
}

/** What patients have set themselves. */
export const goals: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.goals.map((aim) => file(goal(chart, aim, site)));
};

function goal({ person }: Chart, aim: Aim, site: FhirSite): Goal & { readonly id: string } {
  const [code, display] = aim.isReached
    ? (["achieved", "Achieved"] as const)
    : (["in-progress", "In Progress"] as const);
  return {
    resourceType: "Goal",
    id: goalId(person.mrn, aim, site),
    lifecycleStatus: aim.isReached ? "completed" : "active",
    achievementStatus: concept([hl7Coding("goal-achievement", code, display)]),
    category: [{ text: "Patient Goal" }],
    description: { text: aim.text },
    subject: patientReference(site, person),
    startDate: site.dateOf(aim.startedAt),
    expressedBy: providerReference(site, aim.by),
  };
}

function goalId(mrn: string, { number }: Aim, site: FhirSite): string {
  return recordId(site, "Goal", { owner: Number(mrn), item: number });
}

function careTeamId(mrn: string, site: FhirSite): string {
  return recordId(site, "CareTeam", { owner: Number(mrn), item: 1 });
}

const careTeamName = "Patient Care Team";
