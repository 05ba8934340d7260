import type { Encounter, Patient } from "@trestle/fhir";
import { Users } from "../../src/access/users.ts";
import { charts } from "./charts.ts";

// Some of those who are at every site of tests, before anything is told.

const { store } = charts({ patients: 20 });
const users = new Users(store, []);
const [first, second] = users.clinicians;
const portal = users.somePatients(20);
const visited = portal.find(({ patientId }) => store.ofPatient("Encounter", patientId).length > 0);
const accompanied = portal.find(
  (one) => one !== visited && store.ofPatient("RelatedPerson", one.patientId).length > 0,
);
if (first === undefined || second === undefined) throw new Error("nobody treats");
if (visited === undefined || accompanied === undefined) throw new Error("nobody is treated");

/** Somebody who treats. */
export const clinician = first;
export const colleague = second;
/** Can sign in to the portal, and had a visit. */
export const patient = visited;
export const chart = store.read("Patient", patient.patientId)?.resource as Patient;
export const visit = store.ofPatient("Encounter", patient.patientId).at(-1)?.resource as Encounter;
export const departmentId = visit.location?.[0]?.location.reference?.split("/")[1] ?? "";
/** Can sign in too, and has a related person on record. */
export const ward = accompanied;
export const relatedId = store.ofPatient("RelatedPerson", ward.patientId)[0]?.resource.id ?? "";

/** An identifier of the patient, by its kind. */
export function identifierOf(kind: string): string {
  return chart.identifier?.find(({ type }) => type?.text === kind)?.value ?? "";
}
