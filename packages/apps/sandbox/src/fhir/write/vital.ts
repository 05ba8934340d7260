import { isSince } from "../../site/release.ts";
import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import type { JsonObject } from "../search/values.ts";
import type { Filed } from "../store.ts";
import { bodyOf, codesOf, items, modifierIs, required, textAt } from "./body.ts";
import { encounterOf, subjectOf } from "./subject.ts";
import { asResource, fileWritten, without } from "./written.ts";

/** `Observation.Create (Vital Signs)`. The same reading is filed once. */
export function createVital(visit: Visit): Answer {
  visit.access.needs({ type: "Observation", operation: "Create", subType: "Vital Signs" });
  const body = bodyOf(visit, "Observation");
  const patientId = subjectOf(visit, body);
  checkKind(visit, body);
  checkEncounter(visit, body, patientId);
  checkReading(visit, body);
  if (visit.switches.vitalsReplayFails && isFiled(visit, body, patientId)) {
    const diagnostics = "Reading already exists";
    throw visit.outcomes.refusal("59189", { diagnostics, element: "code/instant" });
  }
  return fileWritten(visit, { resource: asResource(without(body)), subType: "Vitals", patientId });
}

function checkKind(visit: Visit, body: JsonObject): void {
  const { outcomes } = visit;
  required(visit, body, "status");
  modifierIs(visit, { element: "status", codes: [textAt(body, "status")], taken: ["final"] });
  const categories = items(required(visit, body, "category"));
  if (!categories.some((category) => codesOf(category).includes("vital-signs"))) {
    const diagnostics = "Only the category vital-signs is supported.";
    throw outcomes.refusal("59111", { diagnostics, element: "category" });
  }
  required(visit, body, "code.coding");
  const [coding, ...others] = items((body["code"] as JsonObject)["coding"]);
  if (coding === undefined || others.length > 0) {
    const diagnostics = "code must have exactly one coding.";
    throw outcomes.refusal("59111", { diagnostics, element: "code/coding" });
  }
  if (coding["system"] === loinc && !vitalCodes.has(textAt(coding, "code"))) {
    const isOwn = visit.access.grant.user.kind === "patient";
    throw outcomes.refusal(isOwn ? "59187" : "59188", { element: "code" });
  }
}

/** A visit that goes on; who enters readings for herself needs none. */
function checkEncounter(visit: Visit, body: JsonObject, patientId: string): void {
  const isOwn = visit.access.grant.user.kind === "patient";
  if (isOwn && body["encounter"] === undefined) return;
  const { resource } = encounterOf(visit, body, { element: "encounter", patientId });
  if (resource.resourceType === "Encounter" && openStates.has(resource.status)) return;
  const diagnostics = "The encounter must be open, and must have begun.";
  throw visit.outcomes.refusal("59159", { diagnostics, element: "encounter" });
}

function checkReading(visit: Visit, body: JsonObject): void {
  const { outcomes, switches } = visit;
  const effective = required(visit, body, "effectiveDateTime");
  if (typeof effective !== "string" || !instant.test(effective)) {
    const diagnostics = "effectiveDateTime must be a time with its offset.";
    throw outcomes.refusal("59111", { diagnostics, element: "effectiveDateTime" });
  }
  const hasValue = Object.keys(body).some((name) => name.startsWith("value"));
  if (!hasValue && items(body["component"]).length === 0) required(visit, body, "value");
  const maxNote = isSince(switches.release, "May 2025") ? 254 : 60;
  if (textAt(body, "note.text").length > maxNote) {
    const diagnostics = `note must not be longer than ${maxNote} characters.`;
    throw outcomes.refusal("59111", { diagnostics, element: "note" });
  }
}

function isFiled({ server }: Visit, body: JsonObject, patientId: string): boolean {
  const at = Date.parse(textAt(body, "effectiveDateTime"));
  const [code = ""] = codesOf(body["code"]);
  return server.parts.store
    .ofPatient("Observation", patientId)
    .some((filed) => isSameReading(filed, code, at));
}

function isSameReading({ resource }: Filed, code: string, at: number): boolean {
  if (resource.resourceType !== "Observation") return false;
  if (Date.parse(resource.effectiveDateTime ?? "") !== at) return false;
  return resource.code.coding?.some((coding) => coding.code === code) ?? false;
}

const loinc = "http://loinc.org";
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u;
const openStates: ReadonlySet<string> = new Set(["arrived", "triaged", "in-progress", "onleave"]);

/** Readings that the hospital has a row for. */
const vitalCodes: ReadonlySet<string> = new Set([
  ..."85354-9 55284-4 8480-6 8462-4 8867-4 8310-5 8331-1 9279-1 2708-6 59408-5".split(" "),
  ..."29463-7 3141-9 8302-2 39156-5 8287-5 9843-4 3150-6 72514-3 38208-5".split(" "),
]);
