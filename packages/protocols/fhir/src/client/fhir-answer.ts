import type { TrestleError } from "@trestle/base";
import type { FhirResource } from "../index.ts";
import { type Answer, type Content, readContent } from "./answer.ts";
import { fhirErrors } from "./errors.ts";
import { type Purpose, RefusedAnswer } from "./judge.ts";

/**
 * The resource in the good answer to a POST or PUT.
 *
 * @param sent Whether the server may have changed something: another body then leaves that open.
 * @throws {TrestleError} `fhir.xmlAnswer`, `fhir.notFhir`; `fhir.writeUnclear` for a write.
 */
export function resourceIn(
  answer: Answer,
  sent: { readonly purpose: Purpose; readonly isWrite?: boolean },
): FhirResource {
  const content = readContent(answer.text);
  // What comes with a redirect is not the answer, and a POST is not sent again elsewhere.
  if (content.shape === "fhir" && answer.status < 300) return asResource(content.resource);
  throw notFhir(answer, content, sent);
}

/** The one place where outside data is taken for a resource: its type was looked at, no more. */
export function asResource(read: { readonly resourceType: string }): FhirResource {
  return read as FhirResource;
}

/** The error that a good status with another body is. */
export function notFhir(
  answer: Answer,
  { shape }: Pick<Content, "shape">,
  { purpose, isWrite = false }: { readonly purpose: Purpose; readonly isWrite?: boolean },
): TrestleError {
  const read = shape === "xml" ? "xmlAnswer" : "notFhir";
  const facts = { ...purpose, status: answer.status, answer: shape };
  return fhirErrors[isWrite ? "writeUnclear" : read](facts, new RefusedAnswer(answer, []));
}
