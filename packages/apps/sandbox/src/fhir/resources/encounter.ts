import { sharedSystems } from "@trestle/epic";
import type { Encounter } from "@trestle/fhir";
import type { Chart, ChartVisit, Person } from "../../chart/chart.ts";
import { type FhirSite, instant } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import {
  departmentReference,
  encounterId,
  encounterIdentifier,
  encounterTypes,
  hospitalLocationReference,
  hospitalReference,
  lastFirst,
  patientReference,
  providerReference,
} from "./references.ts";
import { coding, hl7Coding, inTitleCase } from "./terms.ts";

/** Visits: those of the past, those that were told, and those that are booked. */
export const encounters: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.visits.map((visit) => file(encounter(chart, visit, site)));
};

function encounter(
  { person }: Chart,
  visit: ChartVisit,
  site: FhirSite,
): Encounter & { readonly id: string } {
  return {
    resourceType: "Encounter",
    id: encounterId(site, person, visit.csn),
    identifier: [encounterIdentifier(site, visit.csn)],
    status: visit.status,
    class: encounterClass(visit),
    type: types(visit, site),
    subject: patientReference(site, person),
    participant: participants(visit, site),
    period: period(visit),
    ...(visit.diagnosis === undefined ? {} : { reasonCode: [{ text: visit.diagnosis.name }] }),
    account: [account(visit.csn, person, site)],
    ...(visit.kind === "O" ? {} : { hospitalization: hospitalization(visit) }),
    location: locations(visit, site),
    serviceProvider: hospitalReference(site),
  };
}

/** Not the act codes of HL7: Epic has a list of its own. */
function encounterClass({ kind }: ChartVisit): Encounter["class"] {
  return kind === "O"
    ? coding(sharedSystems.encounterClass, "13", "Support OP Encounter")
    : coding(sharedSystems.encounterClass, "4", "HOV");
}

function types(visit: ChartVisit, site: FhirSite): NonNullable<Encounter["type"]> {
  const [classCode, className] = patientClasses[visit.kind];
  const type = encounterTypes[visit.kind];
  const { visitType } = visit;
  const named = [
    coding(site.system("patientClass"), classCode, className),
    coding(site.system("encounterType"), type.code, type.display),
    ...(visitType === undefined
      ? []
      : [coding(site.system("visitType"), visitType.code, inTitleCase(visitType.name))]),
  ];
  return named.map((each) => ({ coding: [each], text: each.display ?? each.code ?? "" }));
}

function participants(
  { provider, kind, startedAt }: ChartVisit,
  site: FhirSite,
): NonNullable<Encounter["participant"]> {
  const individual = providerReference(site, provider);
  const roles = kind === "I" ? (["ADM", "ATND"] as const) : (["PART"] as const);
  return roles.map((role) => ({
    type: [
      {
        coding: [hl7Coding("v3-ParticipationType", role, participations[role])],
        text: participations[role],
      },
    ],
    period: { start: instant(startedAt) },
    individual,
  }));
}

function period({ startedAt, endedAt }: ChartVisit): NonNullable<Encounter["period"]> {
  return {
    start: instant(startedAt),
    ...(endedAt === undefined ? {} : { end: instant(endedAt) }),
  };
}

/** The hospital account has the number of the visit, as in its messages. */
function account(csn: string, holder: Person, site: FhirSite) {
  return {
    identifier: { use: "usual" as const, system: site.system("hospitalAccount"), value: csn },
    display: lastFirst(holder).toUpperCase().replace(", ", ","),
  };
}

function hospitalization({
  endedAt,
  status,
}: ChartVisit): NonNullable<Encounter["hospitalization"]> {
  if (endedAt === undefined || status !== "finished") return {};
  return { dischargeDisposition: { text: "Home or Self Care" } };
}

/** Each place with its time, and the hospital behind them. */
function locations(visit: ChartVisit, site: FhirSite): NonNullable<Encounter["location"]> {
  const { stays, endedAt } = visit;
  const places = stays.map((stay, index) => {
    const until = stays[index + 1]?.from ?? endedAt;
    const bed = [stay.room, stay.bed].filter((part) => part !== "").join(" ");
    return {
      location: departmentReference(site, stay.department),
      ...(bed === "" ? {} : { physicalType: { text: `Room and bed ${bed}` } }),
      period: {
        start: instant(stay.from),
        ...(until === undefined ? {} : { end: instant(until) }),
      },
    };
  });
  return [...places, { location: hospitalLocationReference(site) }];
}

const patientClasses = {
  O: ["102", "Outpatient"],
  E: ["103", "Emergency"],
  I: ["101", "Inpatient"],
} as const;

const participations = { PART: "Participation", ADM: "admitter", ATND: "attender" } as const;
