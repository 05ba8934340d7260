import type { FhirResource } from "@trestle/fhir";
import type { Chart } from "../../chart/chart.ts";
import type { Filed } from "../store.ts";
import type { FhirSite } from "./fhir-site.ts";
import { patientId } from "./references.ts";

/** Makes the resources of one type from a chart, oldest first. */
export type FromChart = (chart: Chart, site: FhirSite) => readonly Filed[];

/**
 * Files resources about one patient.
 *
 * @param subType By which of the named APIs they are reached; empty where the type has only one.
 */
export function fileFor({ person }: Chart, site: FhirSite) {
  const id = patientId(site, Number(person.mrn));
  return (resource: Filed["resource"], subType = ""): Filed => ({
    resource,
    subType,
    patientId: id,
  });
}

/** Files what is about no patient: staff, places and the like. */
export function fileShared(resource: FhirResource & { readonly id: string }): Filed {
  return { resource, subType: "" };
}
