import type { Flag } from "@trestle/fhir";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import type { Chart } from "../../chart/chart.ts";
import { patientReference } from "./references.ts";

/** What everybody who opens the chart should know. */
export const flags: FromChart = (chart, site) => {
  const since = chart.social?.fallRiskSince;
  return since === undefined ? [] : [fileFor(chart, site)(flag(chart, since, site))];
};

function flag({ person }: Chart, since: number, site: FhirSite): Flag & { readonly id: string } {
  return {
    resourceType: "Flag",
    id: recordId(site, "Flag", { owner: Number(person.mrn), item: 1 }),
    status: "active",
    category: [{ text: "Patient Safety" }],
    code: { text: "Fall Risk" },
    subject: patientReference(site, person),
    period: { start: site.dateOf(since) },
  };
}
