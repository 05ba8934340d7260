import type { Location, Organization } from "@trestle/fhir";
import { type Department, departments, plans } from "../../world/catalogue.ts";
import type { Filed } from "../store.ts";
import { type FhirSite, recordId, recordKinds } from "./fhir-site.ts";
import { fileShared } from "./filed.ts";
import {
  hospitalLocationReference,
  hospitalName,
  hospitalReference,
  payerReference,
} from "./references.ts";
import { coding, hl7Coding, inTitleCase } from "./terms.ts";

/** The hospital and those who pay it. */
export function organizations(site: FhirSite): readonly Filed[] {
  return [
    fileShared(hospital(site)),
    ...plans.map((plan) =>
      fileShared({
        resourceType: "Organization",
        id: idOf(payerReference(site, plan).reference),
        identifier: [{ use: "usual", value: plan.payerCode }],
        active: true,
        type: [{ coding: [hl7Coding("organization-type", "pay", "Payer")], text: "Payer" }],
        name: inTitleCase(plan.payer),
      }),
    ),
  ];
}

function hospital(site: FhirSite): Organization & { readonly id: string } {
  return {
    resourceType: "Organization",
    id: idOf(hospitalReference(site).reference),
    identifier: [{ use: "usual", system: site.system("careEverywhereId"), value: site.facility }],
    active: true,
    type: [
      {
        coding: [hl7Coding("organization-type", "prov", "Healthcare Provider")],
        text: "Healthcare Provider",
      },
    ],
    name: hospitalName,
    telecom: [{ system: "phone", value: "608-555-0100", use: "work" }],
    address: [hospitalAddress],
  };
}

/** The hospital as a place, and its departments. */
export function locations(site: FhirSite): readonly Filed[] {
  return [
    fileShared({
      resourceType: "Location",
      id: idOf(hospitalLocationReference(site).reference),
      identifier: [{ use: "usual", value: site.facility }],
      status: "active",
      name: hospitalName,
      mode: "instance",
      address: hospitalAddress,
      managingOrganization: hospitalReference(site),
    }),
    ...departments.map((department) => fileShared(location(department, site))),
  ];
}

function location(department: Department, site: FhirSite): Location & { readonly id: string } {
  const kind = recordKinds.Location.department;
  const name = inTitleCase(department.name);
  return {
    resourceType: "Location",
    id: recordId(site, "Location", { kind, item: Number(department.id) }),
    identifier: [
      { use: "usual", system: site.system("department"), value: department.id },
      { use: "secondary", type: { text: "Abbreviation" }, value: department.code },
    ],
    status: "active",
    name,
    mode: "instance",
    type: [
      {
        coding: [
          coding(site.system("departmentSpecialty"), specialtyNumbers[department.kind], name),
        ],
        text: name,
      },
    ],
    telecom: [{ system: "phone", value: "608-555-0100", use: "work" }],
    address: hospitalAddress,
    managingOrganization: hospitalReference(site),
    partOf: hospitalLocationReference(site),
  };
}

/** What stands behind the type in a reference. */
function idOf(reference = ""): string {
  return reference.slice(reference.indexOf("/") + 1);
}

const specialtyNumbers = { clinic: "17", emergency: "10", ward: "11" } as const;

const hospitalAddress = {
  use: "work" as const,
  line: ["1 Lakeshore Way"],
  city: "MADISON",
  district: "DANE",
  state: "WI",
  postalCode: "53703",
  country: "US",
};
