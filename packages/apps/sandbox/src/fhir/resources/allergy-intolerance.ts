import type { AllergyIntolerance } from "@trestle/fhir";
import type { Chart } from "../../chart/chart.ts";
import type { Allergen } from "../../world/catalogue.ts";
import { allergenCodes, reactionCode } from "../../world/allergy-codes.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { patientReference, providerReference } from "./references.ts";
import { codeSystems, coding, concept, hl7Coding, inTitleCase } from "./terms.ts";

type Identified = AllergyIntolerance & { readonly id: string };

/** Allergies; of who has none, that nothing is on file. */
export const allergyIntolerances: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  const { allergies } = chart.person;
  if (allergies.length === 0) return [file(notOnFile(chart, site), "Patient Chart")];
  return allergies.map((allergen) => file(allergy(chart, allergen, site), "Patient Chart"));
};

function allergy({ person }: Chart, allergen: Allergen, site: FhirSite): Identified {
  const category = categories[allergen.kind];
  return {
    resourceType: "AllergyIntolerance",
    id: allergyId(person.mrn, allergen.code, site),
    clinicalStatus: {
      coding: [
        {
          system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
          version: "4.0.0",
          code: "active",
          display: "Active",
        },
      ],
    },
    verificationStatus: verified("confirmed", "Confirmed"),
    type: "allergy",
    ...(category === undefined ? {} : { category: [category] }),
    criticality: allergen.severity === "High" ? "high" : "low",
    code: concept(
      allergenCodes(allergen.code).map(([system, code]) =>
        coding(system, code, inTitleCase(allergen.name)),
      ),
      inTitleCase(allergen.name),
    ),
    patient: patientReference(site, person),
    onsetPeriod: { start: "2015-06-01" },
    recordedDate: "2015-06-01",
    recorder: providerReference(site, person.primaryCare),
    reaction: [
      {
        manifestation: [manifestation(allergen.reaction)],
        description: allergen.reaction,
        severity: severities[allergen.severity] ?? "mild",
      },
    ],
  };
}

/** Where the hospital has no code, its own name stands in the place of one. */
function manifestation(reaction: string) {
  const code = reactionCode(reaction);
  return code === undefined
    ? { coding: [{ code: reaction, display: reaction }], text: reaction }
    : concept([coding(codeSystems.snomed, code, reaction)]);
}

function notOnFile({ person }: Chart, site: FhirSite): Identified {
  return {
    resourceType: "AllergyIntolerance",
    id: allergyId(person.mrn, "0", site),
    clinicalStatus: {
      coding: [hl7Coding("allergyintolerance-clinical", "active", "Active")],
    },
    verificationStatus: verified("unconfirmed", "Unconfirmed"),
    code: concept([coding(codeSystems.snomed, "1631000175102", "Not on File")]),
    patient: patientReference(site, person),
  };
}

/** The FHIR id of an allergy, by the allergen's number in the hospital's list. */
function allergyId(mrn: string, allergen: string, site: FhirSite): string {
  return recordId(site, "AllergyIntolerance", { owner: Number(mrn), item: Number(allergen) });
}

function verified(code: string, display: string) {
  const system = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
  return { coding: [{ system, version: "4.0.0", code, display }], text: display };
}

const categories: Readonly<Record<string, "medication" | "food" | "environment">> = {
  "DRUG INGREDI": "medication",
  FOOD: "food",
  ENVIRONMENTAL: "environment",
};

const severities: Readonly<Record<string, "mild" | "moderate" | "severe">> = {
  Low: "mild",
  Medium: "moderate",
  High: "severe",
};
