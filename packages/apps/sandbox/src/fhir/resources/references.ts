import type { Identifier, Reference } from "@trestle/fhir";
import type { Chart, Charted, ChartVisit, Person } from "../../chart/chart.ts";
import type { Department, Plan } from "../../world/catalogue.ts";
import type { Medication } from "../../world/medications.ts";
import type { Provider } from "../../world/people.ts";
import { type FhirSite, recordId, recordKinds, remembered } from "./fhir-site.ts";
import { inTitleCase } from "./terms.ts";

/** The FHIR id of the patient with a record number. */
export function patientId(site: FhirSite, recordNumber: number): string {
  return recordId(site, "Patient", { owner: recordNumber });
}

export const patientReference = remembered((site, person: Person): Reference => {
  const id = patientId(site, Number(person.mrn));
  return { reference: `Patient/${id}`, display: lastFirst(person) };
});

export function encounterReference(site: FhirSite, chart: Chart, csn: string): Reference {
  return {
    reference: `Encounter/${encounterId(site, chart.person, csn)}`,
    identifier: encounterIdentifier(site, csn),
    display: encounterTypes[chart.visitKindOf(csn) ?? "O"].display,
  };
}

/** Type of an encounter by what the visit is. */
export const encounterTypes: Readonly<
  Record<ChartVisit["kind"], { readonly code: string; readonly display: string }>
> = {
  O: { code: "101", display: "Office Visit" },
  E: { code: "3", display: "Hospital Encounter" },
  I: { code: "3", display: "Hospital Encounter" },
};

export function encounterId(site: FhirSite, person: Person, csn: string): string {
  return recordId(site, "Encounter", { owner: Number(person.mrn), item: Number(csn) });
}

export function encounterIdentifier(site: FhirSite, csn: string): Identifier {
  return { use: "usual", system: site.system("encounter"), value: csn };
}

export const providerReference = remembered((site, provider: Provider): Reference => {
  return {
    reference: `Practitioner/${providerId(site, provider)}`,
    type: "Practitioner",
    display: `${fullName(provider)}, MD`,
  };
});

export function providerId(site: FhirSite, { id }: Pick<Provider, "id">): string {
  const kind = recordKinds.Practitioner.provider;
  return recordId(site, "Practitioner", { kind, item: Number(id) });
}

/** Whoever charted; vital signs name their performer without a type. */
export function chartedReference(site: FhirSite, by: Charted): Reference {
  const kind = recordKinds.Practitioner[by.kind];
  const id = recordId(site, "Practitioner", { kind, item: Number(by.id) });
  return { reference: `Practitioner/${id}`, display: fullName(by) };
}

export const departmentReference = remembered((site, department: Department): Reference => {
  const id = recordId(site, "Location", {
    kind: recordKinds.Location.department,
    item: Number(department.id),
  });
  return { reference: `Location/${id}`, display: inTitleCase(department.name) };
});

export function hospitalLocationReference(site: FhirSite): Reference {
  const id = recordId(site, "Location", { kind: recordKinds.Location.hospital, item: 1 });
  return { reference: `Location/${id}`, display: hospitalName };
}

export function hospitalReference(site: FhirSite): Reference {
  const id = recordId(site, "Organization", { kind: recordKinds.Organization.hospital, item: 1 });
  return { reference: `Organization/${id}`, display: hospitalName };
}

export const payerReference = remembered((site, { payerCode, payer }: Plan): Reference => {
  const id = recordId(site, "Organization", {
    kind: recordKinds.Organization.payer,
    item: Number(payerCode),
  });
  return { reference: `Organization/${id}`, display: inTitleCase(payer) };
});

export const medicationReference = remembered((site, { code, name }: Medication): Reference => {
  const id = recordId(site, "Medication", { item: Number(code) });
  return { reference: `Medication/${id}`, display: name.toLowerCase() };
});

/** `Beam, Ada T`, as references show people. */
export function lastFirst({ family, given, middle }: Pick<Person, "family" | "given" | "middle">) {
  return `${inTitleCase(family)}, ${inTitleCase(given)} ${middle}`.trim();
}

/** `Ada T Beam`. */
export function fullName(name: {
  readonly family: string;
  readonly given: string;
  readonly middle?: string;
}): string {
  const parts = [inTitleCase(name.given), name.middle ?? "", inTitleCase(name.family)];
  return parts.filter((part) => part !== "").join(" ");
}

export const hospitalName = "Lakeshore Health System";
