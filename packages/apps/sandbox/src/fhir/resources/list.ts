import type { List } from "@trestle/fhir";
import type { Chart } from "../../chart/chart.ts";
import type { Filed } from "../store.ts";
import { allergyIntolerances } from "./allergy-intolerance.ts";
import { conditions } from "./condition.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { immunizations } from "./immunization.ts";
import { medicationRequests } from "./medication-request.ts";
import { patientReference } from "./references.ts";

/** The lists of a chart, each by the code that a search names it by. */
export const lists: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return kinds.map((kind, item) => file(list(chart, { ...kind, item }, site)));
};

interface Kind {
  /** What a search names it by. */
  readonly code: string;
  readonly title: string;
  readonly entries: FromChart;
}

function list(
  chart: Chart,
  { code, title, entries, item }: Kind & { readonly item: number },
  site: FhirSite,
): List & { readonly id: string } {
  const { person } = chart;
  return {
    resourceType: "List",
    id: recordId(site, "List", { owner: Number(person.mrn), item }),
    status: "current",
    mode: "working",
    title,
    code: {
      coding: [
        {
          system: "http://terminology.hl7.org/CodeSystem/list-example-use-codes",
          code,
          display: title,
        },
      ],
      text: title,
    },
    subject: patientReference(site, person),
    ...entriesOf(entries(chart, site)),
  };
}

function entriesOf(listed: readonly Filed[]): Pick<List, "entry" | "emptyReason"> {
  if (listed.length === 0) {
    const system = "http://terminology.hl7.org/CodeSystem/list-empty-reason";
    return { emptyReason: { coding: [{ system, code: "nilknown", display: "Nil Known" }] } };
  }
  return {
    entry: listed.map(({ resource }) => ({
      item: {
        reference: `${resource.resourceType}/${resource.id}`,
        display: nameOf(resource),
      },
    })),
  };
}

function nameOf(resource: Filed["resource"]): string {
  if (resource.resourceType === "MedicationRequest") {
    return resource.medicationReference?.display ?? "";
  }
  if (resource.resourceType === "Immunization") return resource.vaccineCode.text ?? "";
  const hasCode =
    resource.resourceType === "Condition" || resource.resourceType === "AllergyIntolerance";
  return hasCode ? (resource.code?.text ?? "") : "";
}

/** Those of a problem list that are of this hospital. */
const problems: FromChart = (chart, site) =>
  conditions(chart, site).filter(({ subType }) => subType === "Problems");

const activeMedications: FromChart = (chart, site) =>
  medicationRequests(chart, site).filter(
    ({ resource }) => resource.resourceType === "MedicationRequest" && resource.status === "active",
  );

const kinds: readonly Kind[] = [
  { code: "medications", title: "Medications", entries: activeMedications },
  { code: "allergies", title: "Allergies", entries: allergyIntolerances },
  { code: "immunizations", title: "Immunizations", entries: immunizations },
  { code: "problems", title: "Problems", entries: problems },
];
