import type { Reference, ServiceRequest } from "@trestle/fhir";
import type { Chart, LabReport, Person } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { encounterReference, patientReference, providerReference } from "./references.ts";
import { catalogueName, codeSystems, coding, concept, hl7Coding } from "./terms.ts";

/** Orders of the laboratory. */
export const serviceRequests: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.labs
    .filter(({ isOutside }) => !isOutside)
    .map((report) => file(labOrder(chart, report, site)));
};

function labOrder(
  chart: Chart,
  { orderId, test, csn, orderedAt, orderedBy, resultedAt }: LabReport,
  site: FhirSite,
): ServiceRequest & { readonly id: string } {
  const { person } = chart;
  const name = catalogueName(test.name);
  return {
    resourceType: "ServiceRequest",
    id: labOrderId(person.mrn, orderId, site),
    identifier: [
      {
        use: "official",
        type: { coding: [hl7Coding("v2-0203", "PLAC", "Placer Identifier")], text: "ORD" },
        system: site.system("order"),
        value: orderId,
      },
    ],
    status: resultedAt === undefined ? "active" : "completed",
    intent: "order",
    category: [
      concept([coding(codeSystems.snomed, "108252007", "Laboratory procedure")]),
      concept([coding(site.system("orderCategory"), "Lab", "Lab")]),
    ],
    priority: "routine",
    code: concept([coding(site.system("orderable"), test.code, name)]),
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, csn),
    occurrenceDateTime: instant(orderedAt),
    authoredOn: instant(orderedAt),
    requester: providerReference(site, orderedBy),
    note: [{ text: "Collect at next draw" }],
  };
}

/** The order of a result; results from elsewhere have none here. */
export function labOrderReference(
  { mrn }: Person,
  { orderId, test }: LabReport,
  site: FhirSite,
): Reference {
  const id = labOrderId(mrn, orderId, site);
  return { reference: `ServiceRequest/${id}`, display: catalogueName(test.name) };
}

function labOrderId(mrn: string, orderId: string, site: FhirSite): string {
  return recordId(site, "ServiceRequest", { owner: Number(mrn), item: Number(orderId) });
}
