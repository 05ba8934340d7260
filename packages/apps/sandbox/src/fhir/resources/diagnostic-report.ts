import { sharedSystems } from "@trestle/epic";
import type { DiagnosticReport } from "@trestle/fhir";
import type { Chart, LabReport } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { labValueId } from "./observation.ts";
import { encounterReference, patientReference, providerReference } from "./references.ts";
import { labOrderReference } from "./service-request.ts";
import { specimenReference } from "./specimen.ts";
import { catalogueName, codeSystems, coding, hl7Coding } from "./terms.ts";

/** Results of the laboratory, each as a whole. */
export const diagnosticReports: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.labs
    .filter(({ resultedAt }) => resultedAt !== undefined)
    .map((report) => file(labReport(chart, report, site)));
};

function labReport(
  chart: Chart,
  report: LabReport,
  site: FhirSite,
): DiagnosticReport & { readonly id: string } {
  const { person } = chart;
  const { orderId, test, orderedAt, orderedBy } = report;
  const name = catalogueName(test.name);
  return {
    resourceType: "DiagnosticReport",
    id: recordId(site, "DiagnosticReport", { owner: Number(person.mrn), item: Number(orderId) }),
    identifier: [
      {
        use: "official",
        type: { coding: [hl7Coding("v2-0203", "PLAC", "Placer Identifier")], text: "ORD" },
        system: site.system("order"),
        value: orderId,
      },
      { use: "usual", system: sharedSystems.labAccession, value: `F${orderId}` },
    ],
    ...(report.isOutside ? {} : { basedOn: [labOrderReference(person, report, site)] }),
    status: "final",
    category: [
      { coding: [coding(site.system("orderCategory"), "Lab", "Lab")], text: "Lab" },
      { coding: [hl7Coding("v2-0074", "LAB", "Laboratory")], text: "Laboratory" },
    ],
    code: {
      coding: [
        coding(site.system("orderable"), test.code, name),
        coding(codeSystems.loinc, test.loinc, name),
      ],
      text: name,
    },
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, report.csn),
    effectiveDateTime: instant(orderedAt),
    issued: instant(report.resultedAt ?? orderedAt),
    performer: [providerReference(site, orderedBy)],
    specimen: [specimenReference(person, report, site)],
    result: report.values.map((_, part) => ({
      reference: `Observation/${labValueId(person.mrn, { orderId, part }, site)}`,
      display: `Component (1): ${test.components[part]?.name ?? ""}`,
    })),
  };
}
