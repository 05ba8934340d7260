import type { Device } from "@trestle/fhir";
import type { Chart, Implant } from "../../chart/chart.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { patientReference } from "./references.ts";
import { codeSystems, coding, concept } from "./terms.ts";

/** What was implanted. */
export const devices: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.devices.map((implant) => file(device(chart, implant, site)));
};

function device(
  { person }: Chart,
  implant: Implant,
  site: FhirSite,
): Device & { readonly id: string } {
  // A made-up number of an article, in the form that GS1 gives it.
  const deviceIdentifier = `0099999${implant.snomed.padStart(9, "0").slice(-7)}`;
  return {
    resourceType: "Device",
    id: recordId(site, "Device", { owner: Number(person.mrn), item: implant.number }),
    udiCarrier: [
      {
        deviceIdentifier,
        issuer: "http://hl7.org/fhir/NamingSystem/gs1-di",
        carrierHRF: `(01)${deviceIdentifier}(21)${implant.serial}`,
      },
    ],
    status: "active",
    distinctIdentifier: deviceIdentifier,
    manufacturer: implant.manufacturer,
    manufactureDate: site.dateOf(implant.implantedAt),
    serialNumber: implant.serial,
    deviceName: [{ name: implant.name, type: "user-friendly-name" }],
    modelNumber: implant.model,
    type: concept([coding(codeSystems.snomed, implant.snomed, implant.name)]),
    patient: patientReference(site, person),
  };
}
