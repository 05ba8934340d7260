import type { Medication } from "@trestle/fhir";
import { type Medication as Listed, formulary } from "../../world/medications.ts";
import type { Filed } from "../store.ts";
import { type FhirSite, recordId } from "./fhir-site.ts";
import { fileShared } from "./filed.ts";
import { codeSystems, coding } from "./terms.ts";

/** Everything in the hospital's list of drugs. */
export function medications(site: FhirSite): readonly Filed[] {
  return formulary.map((listed) => fileShared(medication(listed, site)));
}

function medication(
  { code, name, rxNorm, form }: Listed,
  site: FhirSite,
): Medication & { readonly id: string } {
  const lower = name.toLowerCase();
  const own = coding(site.system("medication"), code, lower);
  const shared = rxNorm === undefined ? [] : [coding(codeSystems.rxNorm, rxNorm, lower)];
  return {
    resourceType: "Medication",
    id: recordId(site, "Medication", { item: Number(code) }),
    identifier: [{ use: "usual", system: site.system("medication"), value: code }],
    code: { coding: [...shared, own], text: lower },
    status: "active",
    form: { coding: [coding(site.system("medicationForm"), form, form)], text: form },
  };
}
