import type { Practitioner, PractitionerRole } from "@trestle/fhir";
import type { Provider, User } from "../../world/people.ts";
import type { Population } from "../../world/population.ts";
import { departments } from "../../world/catalogue.ts";
import type { Filed } from "../store.ts";
import { sharedSystems } from "@trestle/epic";
import { type FhirSite, recordId, recordKinds } from "./fhir-site.ts";
import { fileShared } from "./filed.ts";
import {
  departmentReference,
  fullName,
  hospitalReference,
  providerId,
  providerReference,
} from "./references.ts";
import { codeSystems, coding, concept, inTitleCase } from "./terms.ts";

/** Providers, users, and the user in whose name interfaces write. */
export function practitioners(population: Population, site: FhirSite): readonly Filed[] {
  return [
    fileShared(backgroundUser(site)),
    ...population.providers.map((provider) => fileShared(practitioner(provider, site))),
    ...population.users.map((user) => fileShared(userPractitioner(user, site))),
  ];
}

/** Where each provider works. */
export function practitionerRoles(population: Population, site: FhirSite): readonly Filed[] {
  return population.providers.map((provider) => fileShared(role(provider, site)));
}

/** The FHIR id of the user in whose name interfaces write. */
export function backgroundUserId(site: FhirSite): string {
  return recordId(site, "Practitioner", { kind: recordKinds.Practitioner.background, item: 1 });
}

/** Its numbers are those that messages name a provider by. */
function practitioner(provider: Provider, site: FhirSite): Practitioner & { readonly id: string } {
  return {
    resourceType: "Practitioner",
    id: providerId(site, provider),
    identifier: [
      { use: "usual", type: { text: "NPI" }, system: codeSystems.npi, value: provider.npi },
      {
        use: "usual",
        type: { text: "PROVID" },
        system: site.system("user"),
        value: provider.id,
      },
    ],
    active: true,
    name: [
      {
        use: "usual",
        text: `${fullName(provider)}, MD`,
        family: inTitleCase(provider.family),
        given: [inTitleCase(provider.given), provider.middle],
        suffix: ["MD"],
      },
    ],
    qualification: [{ code: { text: "MD" } }],
  };
}

function userPractitioner(user: User, site: FhirSite): Practitioner & { readonly id: string } {
  return {
    resourceType: "Practitioner",
    id: recordId(site, "Practitioner", {
      kind: recordKinds.Practitioner.user,
      item: Number(user.login),
    }),
    identifier: [
      { use: "usual", type: { text: "LOGIN" }, system: site.system("user"), value: user.login },
    ],
    active: true,
    name: [
      {
        use: "usual",
        text: fullName(user),
        family: inTitleCase(user.family),
        given: [inTitleCase(user.given)],
      },
    ],
  };
}

function backgroundUser(site: FhirSite): Practitioner & { readonly id: string } {
  return {
    resourceType: "Practitioner",
    id: backgroundUserId(site),
    identifier: [
      // No LOGIN: nobody signs in by it.
      {
        use: "usual",
        type: { text: "INTERNAL" },
        system: site.system("user"),
        value: "INTERCONNECT",
      },
    ],
    active: true,
    name: [{ use: "usual", text: "User Interconnect", family: "Interconnect", given: ["User"] }],
  };
}

function role(provider: Provider, site: FhirSite): PractitionerRole & { readonly id: string } {
  const clinics = departments.filter(({ kind }) => kind === "clinic");
  const clinic = clinics[Number(provider.id) % clinics.length];
  return {
    resourceType: "PractitionerRole",
    id: recordId(site, "PractitionerRole", { item: Number(provider.id) }),
    active: true,
    practitioner: providerReference(site, provider),
    organization: hospitalReference(site),
    code: [concept([coding(site.system("authorProviderType"), "1", "Physician")])],
    specialty: [specialties[clinic?.code ?? ""] ?? generalMedicine],
    ...(clinic === undefined ? {} : { location: [departmentReference(site, clinic)] }),
    telecom: [{ system: "phone", value: "608-555-0100", use: "work" }],
  };
}

const generalMedicine = concept([coding(sharedSystems.specialty, "17", "Internal Medicine")]);

const specialties: Readonly<Record<string, typeof generalMedicine>> = {
  LCFM: concept([coding(sharedSystems.specialty, "9", "Family Medicine")]),
  LCCARD: concept([coding(sharedSystems.specialty, "6", "Cardiology")]),
};
