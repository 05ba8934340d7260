import type { FamilyMemberHistory, RelatedPerson } from "@trestle/fhir";
import type { Chart, Relative } from "../../chart/chart.ts";
import { diagnosisCode } from "./condition.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { dialled } from "./patient.ts";
import { fullName, patientReference } from "./references.ts";
import { concept, hl7Coding, inTitleCase } from "./terms.ts";

/** Whom to call. */
export const relatedPersons: FromChart = (chart, site) => [
  fileFor(chart, site)(relatedPerson(chart, site)),
];

function relatedPerson({ person }: Chart, site: FhirSite): RelatedPerson & { readonly id: string } {
  const { kin } = person;
  const code = relationCodes[kin.relation];
  return {
    resourceType: "RelatedPerson",
    id: recordId(site, "RelatedPerson", { owner: Number(person.mrn), item: 1 }),
    active: true,
    patient: patientReference(site, person),
    relationship: [
      code === undefined
        ? { text: kin.relation }
        : concept([hl7Coding("v3-RoleCode", code, kin.relation.toLowerCase())], kin.relation),
    ],
    name: [
      {
        use: "usual",
        text: fullName(kin),
        family: inTitleCase(kin.family),
        given: [inTitleCase(kin.given)],
      },
    ],
    telecom: [{ system: "phone", value: dialled(kin.phone), use: "home" }],
  };
}

/** What relatives have had. */
export const familyMemberHistories: FromChart = (chart, site) => {
  const file = fileFor(chart, site);
  return chart.relatives.map((relative) => file(history(chart, relative, site)));
};

function history(
  { person }: Chart,
  { number, relation, ailment }: Relative,
  site: FhirSite,
): FamilyMemberHistory & { readonly id: string } {
  return {
    resourceType: "FamilyMemberHistory",
    id: recordId(site, "FamilyMemberHistory", { owner: Number(person.mrn), item: number }),
    status: "partial",
    patient: patientReference(site, person),
    relationship: concept([hl7Coding("v3-RoleCode", relation.code, relation.name)]),
    condition: [{ code: diagnosisCode(ailment) }],
  };
}

const relationCodes: Readonly<Record<string, string>> = {
  Spouse: "SPS",
  Parent: "PRN",
  Child: "CHILD",
  Sibling: "SIB",
};
