import type { Group } from "@trestle/fhir";
import type { Patient } from "../../world/people.ts";
import type { Population } from "../../world/population.ts";
import type { Filed } from "../store.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { fileShared } from "./filed.ts";
import { hospitalReference, patientReference } from "./references.ts";

/** Groups for exports: one to try with, and one as large as is advised. */
export function groups({ patients }: Population, site: FhirSite): readonly Filed[] {
  return sizes.map(({ name, most }, index) =>
    fileShared(group(site, { name, item: index + 1, members: patients.slice(0, most) })),
  );
}

function group(
  site: FhirSite,
  given: { readonly name: string; readonly item: number; readonly members: readonly Patient[] },
): Group & { readonly id: string } {
  const { name, item, members } = given;
  return {
    resourceType: "Group",
    id: recordId(site, "Group", { item }),
    identifier: [{ use: "usual", system: site.system("careEverywhereId"), value: `GROUP${item}` }],
    active: true,
    type: "person",
    actual: true,
    name,
    quantity: members.length,
    managingEntity: hospitalReference(site),
    member: members.map((patient) => ({ entity: patientReference(site, patient) })),
  };
}

const sizes = [
  { name: "Lakeshore Pilot", most: 10 },
  { name: "Lakeshore Panel", most: 1000 },
] as const;
