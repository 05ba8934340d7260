import type { Reference, Specimen } from "@trestle/fhir";
import type { Chart, LabReport, Person } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { patientReference } from "./references.ts";
import { codeSystems, coding, concept } from "./terms.ts";

/** What was drawn for a laboratory order; there once the result is. */
export const specimens: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.labs
    .filter(({ resultedAt }) => resultedAt !== undefined)
    .map((report) => file(specimen(chart, report, site)));
};

function specimen(
  { person }: Chart,
  { orderId, orderedAt }: LabReport,
  site: FhirSite,
): Specimen & { readonly id: string } {
  return {
    resourceType: "Specimen",
    id: specimenId(person.mrn, orderId, site),
    type: concept([coding(codeSystems.snomed, "122555007", "Venous blood specimen")], "Blood"),
    subject: patientReference(site, person),
    collection: { collectedDateTime: instant(orderedAt) },
  };
}

/** What was drawn for an order. */
export function specimenReference(
  { mrn }: Person,
  { orderId }: Pick<LabReport, "orderId">,
  site: FhirSite,
): Reference {
  return { reference: `Specimen/${specimenId(mrn, orderId, site)}`, display: "Blood" };
}

function specimenId(mrn: string, orderId: string, site: FhirSite): string {
  return recordId(site, "Specimen", { owner: Number(mrn), item: Number(orderId) });
}
