import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import type { JsonObject } from "../search/values.ts";
import { bodyOf, codesOf, items, modifierIs, required, textAt } from "./body.ts";
import { subjectOf } from "./subject.ts";
import { asResource, fileWritten, without } from "./written.ts";

/** `AllergyIntolerance.Create (Patient Chart)`: it waits until a clinician reconciles it. */
export function createAllergy(visit: Visit): Answer {
  visit.access.needs({ type: "AllergyIntolerance", operation: "Create", subType: "Patient Chart" });
  const body = bodyOf(visit, "AllergyIntolerance");
  const patientId = subjectOf(visit, body, "patient");
  required(visit, body, "code");
  modifierIs(visit, {
    element: "clinicalStatus",
    codes: codesOf(body["clinicalStatus"]),
    taken: ["active"],
  });
  modifierIs(visit, {
    element: "verificationStatus",
    codes: codesOf(body["verificationStatus"]),
    taken: ["unconfirmed"],
  });
  checkReactions(visit, body);
  const resource = { ...without(body, "category", "recordedDate"), code: codeOf(body) };
  return fileWritten(visit, {
    resource: asResource(resource),
    subType: "Patient Chart",
    patientId,
    isHeld: true,
  });
}

function checkReactions({ outcomes }: Visit, body: JsonObject): void {
  if (items(body["reaction"]).every((reaction) => items(reaction["manifestation"]).length === 1))
    return;
  const diagnostics = "A reaction must have exactly one manifestation.";
  throw outcomes.refusal("59111", { diagnostics, element: "reaction/manifestation" });
}

/** The wording of the client gives way to the one of the code. */
function codeOf({ code }: JsonObject): JsonObject {
  const concept = { ...(code as JsonObject) };
  const display = textAt(concept, "coding.display");
  return display === "" ? concept : { ...concept, text: display };
}
