import type { OutcomeIssue } from "@trestle/epic";
import type { Visit } from "../http/visit.ts";
import { referenceParts } from "./match-reference.ts";
import type { SearchRequest } from "./request.ts";

/**
 * The patient whom a search is about; the survivor, where the one it names was merged. Undefined
 * where it names none.
 *
 * @throws {Refused} 4112 for two patients, 59102 for one who is not there, 4118 for one whom who
 * asks may not see.
 */
export function patientOf(visit: Visit, { patients }: SearchRequest): string | undefined {
  const { access, outcomes, server } = visit;
  const [named, ...others] = new Set(patients);
  if (named === undefined) return undefined;
  if (others.length > 0) {
    throw outcomes.refusal("4112", {
      diagnostics: "patient and subject differ",
      element: "patient",
    });
  }
  const { store } = server.parts;
  const patientId = store.survivorOf(named) ?? named;
  if (!access.seesPatient(patientId)) throw outcomes.refusal("4118");
  if (store.read("Patient", patientId) === undefined) {
    throw outcomes.refusal("59102", { diagnostics: "Invalid patient ID", element: "patient" });
  }
  return patientId;
}

/** @throws {Refused} 4100 where a search names a visit that is not there. */
export function checkVisits({ server, outcomes }: Visit, { native }: SearchRequest): void {
  for (const { name, values } of native) {
    if (name !== "encounter") continue;
    for (const value of values) {
      const [, id] = referenceParts(value);
      if (server.parts.store.read("Encounter", id) !== undefined) continue;
      throw outcomes.refusal("4100", { diagnostics: "Invalid encounter ID", element: name });
    }
  }
}

/**
 * What is to be said of a restricted patient of whom nothing is listed; undefined for others.
 *
 * @throws {Refused} 4130 or 4131.
 */
export function restrictionNotes(
  { access, outcomes }: Visit,
  patientId: string | undefined,
): readonly OutcomeIssue[] | undefined {
  const restriction = access.restrictionOf(patientId);
  if (restriction === undefined) return undefined;
  if (restriction !== "4134") throw outcomes.refusal(restriction);
  return [outcomes.issue(restriction)];
}
