import type { Coverage } from "@trestle/fhir";
import type { Chart } from "../../chart/chart.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { patientReference, payerReference } from "./references.ts";
import { catalogueName, hl7Coding } from "./terms.ts";

/** Who pays. */
export const coverages: FromChart = (chart, site) => [fileFor(chart, site)(coverage(chart, site))];

function coverage({ person }: Chart, site: FhirSite): Coverage & { readonly id: string } {
  const { plan, memberNumber } = person;
  const patient = patientReference(site, person);
  return {
    resourceType: "Coverage",
    id: recordId(site, "Coverage", { owner: Number(person.mrn), item: Number(plan.code) }),
    identifier: [
      {
        use: "usual",
        type: { coding: [hl7Coding("v2-0203", "MB", "Member Number")], text: "Member Number" },
        value: memberNumber,
      },
    ],
    status: "active",
    subscriber: patient,
    subscriberId: memberNumber,
    beneficiary: patient,
    relationship: {
      coding: [hl7Coding("subscriber-relationship", "self", "Self")],
      text: "Self",
    },
    period: { start: "2020-01-01" },
    payor: [payerReference(site, plan)],
    class: [
      {
        type: { coding: [hl7Coding("coverage-class", "plan", "Plan")], text: "Plan" },
        value: plan.code,
        name: catalogueName(plan.name),
      },
    ],
  };
}
