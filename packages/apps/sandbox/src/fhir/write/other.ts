import { elementAt } from "@trestle/fhir/elements";
import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import { bodyOf } from "./body.ts";
import { subjectOf } from "./subject.ts";
import { asResource, fileWritten, without } from "./written.ts";

/**
 * Creates whose rules are those of a workflow that this hospital does not have: what comes is filed
 * as it is, for a patient who is there.
 */
export function createOther(visit: Visit, type: string): Answer {
  const body = bodyOf(visit, type);
  const element = ["subject", "patient"].find((name) => elementAt(type, name) !== undefined);
  const patientId = element === undefined ? undefined : subjectOf(visit, body, element);
  return fileWritten(visit, {
    resource: asResource(without(body)),
    subType: "",
    ...(patientId === undefined ? {} : { patientId }),
  });
}
