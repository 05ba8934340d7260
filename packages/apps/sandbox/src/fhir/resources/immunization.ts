import type { Immunization } from "@trestle/fhir";
import type { Chart, Injection } from "../../chart/chart.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { hospitalLocationReference, patientReference, providerReference } from "./references.ts";
import { codeSystems, coding, hl7Coding } from "./terms.ts";

/** Vaccinations. */
export const immunizations: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.immunizations.map((each) =>
    file(immunization(chart, each, site), each.isOutside ? "Outside Record" : "Patient Chart"),
  );
};

function immunization(
  { person }: Chart,
  given: Injection,
  site: FhirSite,
): Immunization & { readonly id: string } {
  const { vaccine, number } = given;
  return {
    resourceType: "Immunization",
    id: recordId(site, "Immunization", { owner: Number(person.mrn), item: number }),
    identifier: [
      { use: "usual", system: site.system("immunization"), value: `${person.mrn}${number}` },
    ],
    status: "completed",
    // Without displays, as Epic sends them.
    vaccineCode: {
      coding: [coding(codeSystems.cvx, vaccine.cvx), coding(codeSystems.ndc, vaccine.ndc)],
      text: vaccine.name,
    },
    patient: patientReference(site, person),
    occurrenceDateTime: site.dateOf(given.at),
    primarySource: !given.isOutside,
    location: hospitalLocationReference(site),
    manufacturer: { display: vaccine.manufacturer },
    lotNumber: given.lot,
    site: {
      coding: [coding(site.system("immunizationSite"), "3", "Left deltoid")],
      text: "Left deltoid",
    },
    route: {
      coding: [coding(site.system("immunizationRoute"), "1", "Intramuscular")],
      text: "Intramuscular",
    },
    doseQuantity: {
      value: vaccine.doseMl,
      unit: "mL",
      system: site.system("immunizationDoseUnit"),
      code: "1",
    },
    performer: [
      {
        function: {
          coding: [hl7Coding("v2-0443", "AP", "Administering Provider")],
          text: "Administering Provider",
        },
        actor: providerReference(site, given.by),
      },
    ],
  };
}
