import type { MedicationAdministration } from "@trestle/fhir";
import type { Chart, Dose } from "../../chart/chart.ts";
import { type FhirSite, instant, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { quantityCode, routeOf, wardOrderId } from "./medication-request.ts";
import { encounterReference, medicationReference, patientReference } from "./references.ts";

/** Doses that were given on wards. */
export const medicationAdministrations: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.administrations.map((dose) => file(administration(chart, dose, site)));
};

function administration(
  chart: Chart,
  dose: Dose,
  site: FhirSite,
): MedicationAdministration & { readonly id: string } {
  const { person } = chart;
  const { medication, orderId } = dose;
  return {
    resourceType: "MedicationAdministration",
    id: recordId(site, "MedicationAdministration", {
      owner: Number(person.mrn),
      item: Number(orderId),
    }),
    identifier: [{ use: "usual", system: site.system("order"), value: orderId }],
    status: "completed",
    medicationReference: medicationReference(site, medication),
    subject: patientReference(site, person),
    context: encounterReference(site, chart, dose.csn),
    effectiveDateTime: instant(dose.at),
    request: {
      reference: `MedicationRequest/${wardOrderId(person.mrn, orderId, site)}`,
      display: medication.name.toLowerCase(),
    },
    dosage: {
      route: routeOf(medication, site),
      dose: {
        value: Number(medication.dose),
        unit: medication.unit,
        ...quantityCode(medication.unit),
      },
    },
  };
}
