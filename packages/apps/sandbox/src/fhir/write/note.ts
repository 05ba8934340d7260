import type { Answer } from "../http/exchange.ts";
import type { Visit } from "../http/visit.ts";
import { type JsonObject, asJson } from "../search/values.ts";
import { bodyOf, codesOf, items, modifierIs, required, textAt } from "./body.ts";
import { encounterOf, subjectOf } from "./subject.ts";
import { visitReference, writer } from "./named.ts";
import { asHtml, asRtf } from "./note-text.ts";
import { asResource, fileWritten, without } from "./written.ts";

/**
 * `DocumentReference.Create (Clinical Notes)`. One plain text comes in; it is kept as HTML and as
 * RTF, each a Binary of its own.
 */
export function createNote(visit: Visit): Answer {
  visit.access.needs({ type: "DocumentReference", operation: "Create", subType });
  const body = bodyOf(visit, "DocumentReference");
  const patientId = subjectOf(visit, body);
  const encounter = encounterOf(visit, body, { element: "context.encounter", patientId });
  checkKind(visit, body);
  const text = textOf(visit, body);
  const files = [
    { contentType: "text/html", data: asHtml(text) },
    { contentType: "text/rtf", data: asRtf(text) },
  ].map((file) => attachmentOf(visit, file, patientId));
  const resource = {
    ...without(body, "context"),
    author: body["author"] ?? [asJson(writer(visit))],
    content: files.map((attachment) => ({ attachment, format })),
    context: { encounter: [asJson(visitReference(encounter))] },
  };
  return fileWritten(visit, { resource: asResource(resource), subType, patientId });
}

function checkKind(visit: Visit, body: JsonObject): void {
  required(visit, body, "type");
  const codes = codesOf(body["type"]);
  if (!codes.some((code) => noteTypes.has(code))) {
    throw visit.outcomes.refusal("59111", { diagnostics: "Unknown note type.", element: "type" });
  }
  required(visit, body, "status");
  modifierIs(visit, { element: "status", codes: [textAt(body, "status")], taken: ["current"] });
  required(visit, body, "docStatus");
  modifierIs(visit, {
    element: "docStatus",
    codes: [textAt(body, "docStatus")],
    taken: ["final", "preliminary"],
  });
}

/** Of the first attachment; others are dropped. */
function textOf(visit: Visit, body: JsonObject): string {
  required(visit, body, "content.attachment.data");
  const [content] = items(body["content"]);
  const attachment = content?.["attachment"] as JsonObject;
  if (!/^text\/plain\b/u.test(textAt(attachment, "contentType"))) {
    const diagnostics = "Only text/plain is supported.";
    const element = "content/attachment/contentType";
    throw visit.outcomes.refusal("59111", { diagnostics, element });
  }
  return Buffer.from(textAt(attachment, "data"), "base64").toString("utf8");
}

function attachmentOf(
  { server }: Visit,
  { contentType, data }: { readonly contentType: string; readonly data: string },
  patientId: string,
): JsonObject {
  const binary = server.parts.store.file({
    resource: {
      resourceType: "Binary",
      contentType,
      data: Buffer.from(data, "utf8").toString("base64"),
    },
    subType,
    patientId,
  });
  return { contentType, url: `Binary/${binary.resource.id}` };
}

const subType = "Clinical Notes";

const format = {
  system: "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
  code: "urn:ihe:iti:xds:2017:mimeTypeSufficient",
  display: "mimeType Sufficient",
};

/** By LOINC, and by the hospital's own list. */
const noteTypes: ReadonlySet<string> = new Set([
  ..."11506-3 11488-4 34117-2 18842-5 34109-9 28570-0 34111-5 57133-1 34746-8 34133-9".split(" "),
  ..."1 2 3 4 5 6 8 9 10 14".split(" "),
]);
