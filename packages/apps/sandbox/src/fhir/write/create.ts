import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import { createAllergy } from "./allergy.ts";
import { createNote } from "./note.ts";
import { createOther } from "./other.ts";
import { createPatient } from "./patient.ts";
import { createProblem } from "./problem.ts";
import { createVital } from "./vital.ts";

/** `POST Type`. Each API has rules of its own. @throws {Refused} Where one of them is broken. */
export function create(visit: Visit, type: string): Answer {
  visit.access.needs({ type, operation: "Create" });
  const make = creates[type];
  return make === undefined ? createOther(visit, type) : make(visit);
}

const creates: Readonly<Record<string, (visit: Visit) => Answer>> = {
  AllergyIntolerance: createAllergy,
  Condition: createProblem,
  DocumentReference: createNote,
  Observation: createVital,
  Patient: createPatient,
};
