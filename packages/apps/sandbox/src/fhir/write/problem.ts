import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import type { JsonObject } from "../search/values.ts";
import { bodyOf, codesOf, items, modifierIs, required, textAt } from "./body.ts";
import { subjectOf } from "./subject.ts";
import { asResource, fileWritten, without } from "./written.ts";

/**
 * `Condition.Create (Problems)`: it waits until a clinician reconciles it. Whatever category it has,
 * it becomes a problem, and belongs to no visit.
 */
export function createProblem(visit: Visit): Answer {
  const { access, outcomes } = visit;
  access.needs({ type: "Condition", operation: "Create", subType: "Problems" });
  const body = bodyOf(visit, "Condition");
  const patientId = subjectOf(visit, body);
  checkCode(visit, body);
  modifierIs(visit, {
    element: "verificationstatus",
    codes: codesOf(body["verificationStatus"]),
    taken: ["provisional"],
    diagnostics: "Only a verificationStatus of 'provisional' is supported.",
  });
  if (textAt(body, "note.text").length > maxNote) {
    const diagnostics = `note must not be longer than ${maxNote} characters.`;
    throw outcomes.refusal("59111", { diagnostics, element: "note" });
  }
  const resource = {
    ...without(body, "encounter", "onsetDateTime", "onsetPeriod", "onsetAge", "onsetString"),
    verificationStatus: { coding: [provisional], text: "Provisional" },
    category: [{ coding: [problem], text: "Problem List Item" }],
  };
  return fileWritten(visit, {
    resource: asResource(resource),
    subType: "Problems",
    patientId,
    isHeld: true,
  });
}

function checkCode(visit: Visit, body: JsonObject): void {
  required(visit, body, "code");
  required(visit, body, "code.coding");
  const codings = items((body["code"] as JsonObject)["coding"]);
  const known = codings.find((coding) => codeSystems.has(textAt(coding, "system")));
  if (known === undefined) {
    const diagnostics = "code must have an ICD-10 or SNOMED coding.";
    throw visit.outcomes.refusal("59111", { diagnostics, element: "code" });
  }
  if (textAt(known, "display") === "") required(visit, body, "code.text");
}

const maxNote = 450;

const codeSystems: ReadonlySet<string> = new Set([
  "http://hl7.org/fhir/sid/icd-10-cm",
  "http://hl7.org/fhir/sid/icd-10",
  "urn:oid:2.16.840.1.113883.6.90",
  "http://snomed.info/sct",
  "urn:oid:2.16.840.1.113883.6.96",
]);

const provisional = {
  system: "http://terminology.hl7.org/CodeSystem/condition-ver-status",
  code: "provisional",
  display: "Provisional",
};

const problem = {
  system: "http://terminology.hl7.org/CodeSystem/condition-category",
  code: "problem-list-item",
  display: "Problem List Item",
};
