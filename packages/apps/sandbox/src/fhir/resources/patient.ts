import { extensionUrl, sharedSystems } from "@trestle/epic";
import type { Extension, Identifier, Patient } from "@trestle/fhir";
import type { Person } from "../../chart/chart.ts";
import { type FhirSite } from "./fhir-site.ts";
import { type FromChart, fileFor } from "./filed.ts";
import { fullName, hospitalReference, patientId, providerReference } from "./references.ts";
import { coding, codeSystems, inTitleCase } from "./terms.ts";

/** The patient, as the record is now. */
export const patients: FromChart = (chart, site) => [
  fileFor(chart, site)(patient(chart.person, site)),
];

function patient(person: Person, site: FhirSite): Patient & { readonly id: string } {
  return {
    resourceType: "Patient",
    id: patientId(site, Number(person.mrn)),
    extension: extensions(person, site),
    identifier: identifiers(person, site),
    active: true,
    name: names(person),
    telecom: [
      { system: "phone", value: dialled(person.phone), use: "home" },
      ...(person.email === undefined
        ? []
        : [{ system: "email" as const, value: person.email, rank: 1 }]),
    ],
    gender: sexOf(person),
    birthDate: isoDate(person.birthDate),
    deceasedBoolean: false,
    address: [homeAddress(person)],
    maritalStatus: { text: inTitleCase(person.maritalStatus) },
    contact: [contact(person)],
    communication: [language(person)],
    generalPractitioner: [providerReference(site, person.primaryCare)],
    managingOrganization: hospitalReference(site),
  };
}

/** In the order in which Epic sends them, each with its value in front of its address. */
function extensions(person: Person, site: FhirSite): Extension[] {
  const sex = sexOf(person);
  const sexCoding = coding(site.system("legalSex"), sex, sex);
  const pronouns = sex === "female" ? she : he;
  return [
    {
      valueCodeableConcept: { coding: [sexCoding], text: inTitleCase(sex) },
      url: extensionUrl("legal-sex"),
    },
    { valueCodeableConcept: { coding: [sexCoding] }, url: extensionUrl("sex-for-clinical-use") },
    grouped("race", person.race),
    grouped("ethnicity", person.ethnicity),
    { valueCode: sex === "female" ? "248152002" : "248153007", url: usCore("us-core-sex") },
    {
      valueCodeableConcept: { coding: [pronouns] },
      url: extensionUrl("calculated-pronouns-to-use-for-text"),
    },
  ];
}

/** What the categories of the census do not name has its text alone. */
function grouped(name: "race" | "ethnicity", text: string): Extension {
  const category = categories[text];
  const said = category?.display ?? inTitleCase(text);
  return {
    extension: [
      ...(category === undefined ? [] : [{ valueCoding: category, url: "ombCategory" }]),
      { valueString: said, url: "text" },
    ],
    url: usCore(`us-core-${name}`),
  };
}

function identifiers(person: Person, site: FhirSite): Identifier[] {
  const { mrn, epi } = person;
  const own = (text: string, system: string, value: string): Identifier => ({
    use: "usual",
    type: { text },
    system,
    value,
  });
  const key = { type: "Patient", owner: Number(mrn), kind: 0, item: 0, part: 0 };
  return [
    own("CEID", site.system("careEverywhereId"), `FHR${mrn.padStart(12, "0")}`),
    own("EPIC", site.system("epic"), epi),
    { ...own("EXTERNAL", site.system("patient"), `Z${mrn}`), type: externalType },
    own("FHIR", sharedSystems.patientDstu2Id, site.ids.print("dstu2", key)),
    own("FHIR STU3", sharedSystems.patientId, patientId(site, Number(mrn))),
    own("INTERNAL", site.system("patient"), `     Z${mrn}`),
    own(site.switches.mrnTypeText, site.system("recordNumber"), mrn),
    ...(person.portal === "ACTIVATED"
      ? [
          own("MYCHARTLOGIN", site.system("portalLogin"), `PATIENT${mrn}`),
          own("WPRINTERNAL", site.system("portalAccount"), mrn),
        ]
      : []),
  ];
}

function names(person: Person): Patient["name"] {
  const name = {
    text: fullName(person),
    family: inTitleCase(person.family),
    given: [inTitleCase(person.given), person.middle],
  };
  return [
    { use: "official", ...name },
    { use: "usual", ...name },
  ];
}

/** Where a person lives, with the lines of the text divided as Windows does. */
function homeAddress({ address }: Person) {
  const { street, city, county, zip } = address;
  return {
    use: "home" as const,
    text: `${inTitleCase(street)}\r\n${city} WI ${zip}\r\nUnited States of America`,
    line: [inTitleCase(street)],
    city,
    district: county,
    state: "WI",
    postalCode: zip,
    country: "US",
    period: { start: "2020-01-01" },
  };
}

function contact({ kin }: Person): NonNullable<Patient["contact"]>[number] {
  return {
    relationship: [{ text: kin.relation }],
    name: { use: "usual", text: fullName(kin) },
    telecom: [{ system: "phone", value: dialled(kin.phone), use: "home" }],
  };
}

function language(person: Person): NonNullable<Patient["communication"]>[number] {
  const code = languages[person.language] ?? "und";
  const name = inTitleCase(person.language);
  return {
    language: { coding: [coding("urn:ietf:bcp:47", code, name)], text: name },
    preferred: true,
  };
}

/** As FHIR shows numbers: `608-555-0123` of `(608)555-0123`. */
export function dialled(phone: string): string {
  return phone.replace(/^\((?<area>\d{3})\)/u, "$<area>-");
}

function sexOf({ sex }: Pick<Person, "sex">): "female" | "male" {
  return sex === "F" ? "female" : "male";
}

function isoDate(digits: string): string {
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}

function usCore(name: string): string {
  return `http://hl7.org/fhir/us/core/StructureDefinition/${name}`;
}

const census = "urn:oid:2.16.840.1.113883.6.238";

const categories: Readonly<Record<string, { system: string; code: string; display: string }>> = {
  WHITE: { system: census, code: "2106-3", display: "White" },
  "BLACK OR AFRICAN AMERICAN": {
    system: census,
    code: "2054-5",
    display: "Black or African American",
  },
  ASIAN: { system: census, code: "2028-9", display: "Asian" },
  "HISPANIC OR LATINO": { system: census, code: "2135-2", display: "Hispanic or Latino" },
  "NOT HISPANIC": { system: census, code: "2186-5", display: "Not Hispanic or Latino" },
};

const languages: Readonly<Record<string, string>> = { ENGLISH: "en", SPANISH: "es", HMONG: "hmn" };

const she = coding(codeSystems.loinc, "LA29519-8", "she/her/her/hers/herself");
const he = coding(codeSystems.loinc, "LA29518-0", "he/him/his/his/himself");

const externalType = {
  coding: [{ system: "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType", code: "um" }],
  text: "EXTERNAL",
};
