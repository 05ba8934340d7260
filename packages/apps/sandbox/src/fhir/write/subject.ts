import type { Visit } from "../http/visit.ts";
import { referenceParts } from "../search/match-reference.ts";
import type { JsonObject } from "../search/values.ts";
import type { Filed } from "../store.ts";
import { required, textAt } from "./body.ts";

/**
 * The patient whom a written resource is about.
 *
 * @param element `subject`, or `patient`.
 * @throws {Refused} 59108 without one, 59144 for one who is not there, 403 for one who may not be seen.
 */
export function subjectOf(visit: Visit, resource: JsonObject, element = "subject"): string {
  const { access, outcomes, server } = visit;
  required(visit, resource, element);
  const { store } = server.parts;
  const [type, named] = referenceParts(textAt(resource, `${element}.reference`));
  const patientId = store.survivorOf(named) ?? named;
  if (type !== "Patient" || store.read("Patient", patientId) === undefined) {
    throw outcomes.refusal("59144", { element });
  }
  if (!access.seesPatient(patientId)) throw outcomes.refusal("4118");
  const restriction = access.restrictionOf(patientId);
  if (restriction !== undefined) throw outcomes.refusal(restriction);
  return patientId;
}

/**
 * The visit that a written resource belongs to.
 *
 * @throws {Refused} 59108 without one, 59144 for one that is not there, 59159 for another patient's.
 */
export function encounterOf(visit: Visit, resource: JsonObject, about: EncounterAt): Filed {
  const { outcomes, server } = visit;
  const { element, patientId } = about;
  required(visit, resource, element);
  const [type, id] = referenceParts(textAt(resource, `${element}.reference`));
  const encounter = type === "Encounter" ? server.parts.store.read("Encounter", id) : undefined;
  if (encounter === undefined) throw outcomes.refusal("59144", { element });
  if (encounter.patientId !== patientId) {
    const diagnostics = "The encounter is not one of the patient.";
    throw outcomes.refusal("59159", { diagnostics, element });
  }
  return encounter;
}

interface EncounterAt {
  readonly element: string;
  readonly patientId: string;
}
