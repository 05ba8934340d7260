import type { Procedure } from "@trestle/fhir";
import type { Chart, Done } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { encounterReference, patientReference, providerReference } from "./references.ts";
import { catalogueName, codeSystems, coding } from "./terms.ts";

/** What was done: orders that were carried out, and operations. */
export const procedures: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.procedures.map((done) => file(procedure(chart, done, site), subTypeOf(done)));
};

function subTypeOf({ isOutside, kind }: Done): string {
  if (isOutside) return "Outside Record";
  return kind.category === "surgical" ? "Surgeries" : "Orders";
}

function procedure(chart: Chart, done: Done, site: FhirSite): Procedure & { readonly id: string } {
  const { person } = chart;
  const { kind, orderId } = done;
  const name = catalogueName(kind.name);
  const isSurgery = kind.category === "surgical";
  return {
    resourceType: "Procedure",
    id: recordId(site, "Procedure", { owner: Number(person.mrn), item: Number(orderId) }),
    identifier: [
      { use: "usual", type: { text: "ORD" }, system: site.system("order"), value: orderId },
      { use: "usual", type: { text: "EAP" }, system: site.system("orderable"), value: kind.code },
      ...(isSurgery
        ? [
            {
              use: "usual" as const,
              type: { text: "OPE" },
              system: site.system("surgery"),
              value: orderId,
            },
          ]
        : []),
    ],
    status: "completed",
    category: {
      coding: [
        isSurgery
          ? coding(codeSystems.snomed, "387713003", "Surgical procedure")
          : coding(codeSystems.snomed, "103693007", "Diagnostic procedure"),
      ],
      text: isSurgery ? "Surgical History" : "Ordered Procedures",
    },
    code: {
      coding: [
        coding(codeSystems.cpt, kind.cpt, name),
        coding(codeSystems.snomed, kind.snomed, name),
      ],
      text: name,
    },
    subject: patientReference(site, person),
    encounter: encounterReference(site, chart, done.csn),
    performedDateTime: instant(done.at),
    performer: [{ actor: providerReference(site, done.by) }],
  };
}
