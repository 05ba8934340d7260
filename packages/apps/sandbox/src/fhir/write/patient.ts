import type { Patient } from "@trestle/fhir";
import type { Answer } from "../http/exchange.ts";
import { checkVisible } from "../http/read.ts";
import type { Visit } from "../http/visit.ts";
import type { JsonObject } from "../search/values.ts";
import { bodyOf, items, required, textAt } from "./body.ts";
import type { Filed } from "../store.ts";
import { gradedFor } from "./match-grade.ts";
import { asResource, fileWritten, filedAnswer, without } from "./written.ts";

/**
 * `Patient.Create (Demographics)`: answers with the patient who is there already where the match is
 * certain, else makes one.
 */
export function createPatient(visit: Visit): Answer {
  const { access, outcomes, server } = visit;
  access.needs({ type: "Patient", operation: "Create", subType: "Demographics" });
  const body = bodyOf(visit, "Patient");
  for (const element of ["deceasedDateTime", "deceasedBoolean", "link"]) {
    if (body[element] === undefined || body[element] === false) continue;
    throw outcomes.refusal("59012", { diagnostics: `${element} is not supported.`, element });
  }
  for (const element of ["name.family", "name.given", "birthDate", "gender"]) {
    required(visit, body, element);
  }
  checkIdentifiers(visit, body);
  const patient = asResource(without(body)) as Patient;
  const [match, ...others] = gradedFor(patient, server.parts.store)
    .filter(({ grade }) => grade === "certain")
    .map(({ filed }) => filed);
  // Which of several it is, nobody can tell, and one more would be a duplicate.
  if (others.length > 0) throw outcomes.refusal("59141");
  if (match !== undefined) return existing(visit, match);
  return fileWritten(visit, { resource: made(patient), subType: "" });
}

/** What the client did not write itself is for those who may read it. */
function existing(visit: Visit, match: Filed): Answer {
  checkVisible(visit, match);
  const { status, headers = {}, ...rest } = filedAnswer(visit, match, 200);
  const mayRead = visit.access.mayUse({ type: "Patient", operation: "Read" });
  return { status, headers, ...(mayRead ? rest : {}) };
}

function checkIdentifiers({ switches, outcomes }: Visit, body: JsonObject): void {
  for (const name of switches.patientCreateRequiredIds) {
    const isGiven = items(body["identifier"]).some((identifier) => isNamed(identifier, name));
    if (!isGiven) throw outcomes.refusal("59108", { element: `identifier (${name})` });
  }
}

function isNamed(identifier: JsonObject, name: string): boolean {
  if (textAt(identifier, "value") === "") return false;
  if (name === "ssn") return ssnSystems.has(textAt(identifier, "system"));
  return textAt(identifier, "type.text").toLowerCase() === name.toLowerCase();
}

/** As a registration that nobody has checked is marked. */
function made(patient: Patient): Patient {
  const name = patient.name?.map((each) => {
    const prefix = each.prefix?.map((text) => text.toUpperCase());
    return prefix === undefined ? each : { ...each, prefix };
  });
  const security = ["PATRPT", "UNCERTREL"].map((code) => ({
    system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    code,
  }));
  return { ...patient, meta: { security }, active: true, ...(name === undefined ? {} : { name }) };
}

const ssnSystems: ReadonlySet<string> = new Set([
  "urn:oid:2.16.840.1.113883.4.1",
  "http://hl7.org/fhir/sid/us-ssn",
]);
