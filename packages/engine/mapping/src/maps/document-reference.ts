import type { Attachment, DocumentReference } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import { alternateCode } from "../datatypes/alternate-code.ts";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { segmentOf, writtenBeside } from "../datatypes/beside.ts";
import { attachment } from "../datatypes/ed.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { lines, readWhole } from "../datatypes/text.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { xcnLine } from "../datatypes/xpn.ts";
import { without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { type Part, isWritten, textIn, textOf } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { warnings } from "../warnings.ts";
import { eventPlaces } from "./event.ts";
import { filler, placer } from "./order.ts";
import { practitioner } from "./practitioner.ts";
import { titled } from "./report-file.ts";
import { thePatient } from "./subject.ts";
import { areWithdrawn, isWithdrawn } from "./withdrawn.ts";

const documentNumber = eiShape("document");

const clinicalNote = {
  coding: [
    {
      system: "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
      code: "clinical-note",
      display: "Clinical Note",
    },
  ],
};

/** TXA-6 as the date of the document itself; that of R4 is the date of the reference to it. */
const originDate = extension(
  "http://hl7.org/fhir/6.0/StructureDefinition/extension-date",
  "valueDateTime",
  dateTime,
);

/** @see HL7 v2.8.2, chapter 9.7.3 (TXA) */
export const documentReference = defineMap<DocumentReference>("documentReference", {
  type: "DocumentReference",
  keys: [[identifierKey("TXA-12", documentNumber)], [thePatient, "TXA-2.1", ["TXA-4", "TXA-6"]]],
  needs: ["content"],
  rows: [
    { to: "masterIdentifier", from: "TXA-12", as: identifier(documentNumber) },
    { to: "identifier[]", from: "TXA-16", as: identifier({ value: 1, kind: "file" }) },
    { to: "status", id: "withdrawn", is: "entered-in-error", when: areWithdrawn },
    {
      to: "status",
      id: "event",
      from: eventPlaces,
      as: code,
      table: "document-event",
      isPartial: true,
    },
    { to: "status", from: "TXA-19", as: code, table: "document-availability", isPartial: true },
    { to: "status", id: "otherwise", is: "current" },
    { to: "_status.extension[]", from: "TXA-19", as: otherAvailability },
    { to: "docStatus", id: "withdrawn", is: "entered-in-error", when: areWithdrawn },
    { to: "docStatus", from: "TXA-17", as: code, table: "document-status", isPartial: true },
    { to: "type", from: "TXA-2", as: cwe, table: "document-type", isPartial: true },
    { to: "category[]", is: clinicalNote },
    { to: "subject", refersTo: "patient" },
    { to: "date", from: ["TXA-6", "TXA-7"], as: instant },
    { to: "extension[]", id: "date", from: "TXA-6", as: originDate },
    { to: "author[]", from: "TXA-9", as: practitioner },
    { to: "author[]", id: "provider", from: "TXA-5", as: practitioner },
    { to: "authenticator", from: ["TXA-10", "TXA-22"], as: practitioner },
    {
      to: "relatesTo[].target.identifier",
      from: "TXA-13",
      as: identifier(documentNumber),
      with: [
        { to: "code", from: eventPlaces, as: code, table: "document-relation", isPartial: true },
        { to: "code", id: "otherwise", is: "appends" },
      ],
    },
    { to: "description", from: "TXA-25" },
    { to: "securityLabel[]", from: "TXA-18", as: cwe, table: "confidentiality", isPartial: true },
    { to: "content[].attachment", id: "text", from: "OBX-5", as: joinedText },
    { to: "content[].attachment", id: "embedded", from: "OBX-5", as: embedded },
    { to: "content[].attachment", id: "notes", from: "NTE-3", as: noteText },
    { to: "content[].attachment", id: "codedNotes", from: "NTE-9", as: codedNote },
    {
      to: "content[].attachment",
      id: "announced",
      from: ["TXA-3", "TXA-2"],
      as: announced,
      when: without("content"),
    },
    { to: "context.encounter[]", refersTo: "encounter" },
    { to: "context.period.start", from: "TXA-4", as: dateTime },
    { to: "context.related[].identifier", id: "placer", from: "TXA-14", as: identifier(placer) },
    { to: "context.related[].identifier", id: "filler", from: "TXA-15", as: identifier(filler) },
  ],
  closing: [{ to: "context.related[]", id: "order", refersTo: "serviceRequest" }],
});

/** The state in the words of HL7 where FHIR has no word of its own for it. */
function otherAvailability(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return textOf(part) === "AV" ? undefined : alternateCode(part, scope, lookup);
}

/** The text of the notes below the document. */
function noteText(...[part, scope, lookup]: Parameters<Converter>): Attachment | undefined {
  const text = lines(part, scope, lookup);
  if (typeof text !== "string") return undefined;
  const made = textAttachment(text);
  const [writer, entered] = [5, 6].map((number) => writtenBeside(part, number));
  const author = writer && writerOf(writer, scope);
  const creation = entered && dateTime(entered, scope, lookup);
  if (author !== undefined) made.title = `Note of ${author}`;
  if (typeof creation === "string") made.creation = creation;
  for (const [key, source] of [["title", writer] as const, ["creation", entered] as const])
    if (source !== undefined) scope.draft.trace?.note(made, key, { part: source });
  return made;
}

/** Who wrote a note: by name, and behind it by degree and number, for which a title is the only place. */
function writerOf(part: Part, scope: Scope): string | undefined {
  const name = xcnLine(part, scope, {});
  const known = [7, 1].map((number) => textIn(part, number)).filter((text) => text !== undefined);
  if (typeof name !== "string") return known.at(-1);
  return known.length === 0 ? name : `${name} (${known.join(", ")})`;
}

/** A note as a code: its text, and below it the code itself. */
function codedNote(...[part]: Parameters<Converter>): Attachment | undefined {
  const code = [1, 2, 3].map((number) => textIn(part, number)).filter((text) => text !== undefined);
  const written = [textIn(part, 9), code.join(" - ")].filter((line) => line !== undefined);
  return code.length === 0 ? undefined : textAttachment(written.join("\n"));
}

/**
 * A document that is told of and not sent: its type where TXA-3 says it. R4 asks for content, and
 * an attachment without data says that there is some elsewhere.
 */
function announced(...[part, scope]: Parameters<Converter>): Attachment {
  const name = part.at.startsWith("TXA-3") ? textOf(part) : undefined;
  const row = name === undefined ? undefined : scope.draft.site.tables.find("content-type", name);
  const title = scope.text("TXA-25") ?? scope.text("TXA-2.2") ?? scope.text("TXA-2.1");
  return { ...(row && { contentType: row.code }), title: title ?? "Document" };
}

/** The lines of all OBX that hold text, as one document; stands where the first of them does. */
function joinedText(...[part, scope]: Parameters<Converter>): Attachment | undefined {
  const { first, segments } = scope.group.derive(textsIn, () => textsIn(scope));
  if (part !== first) return undefined;
  const text = segments.flatMap(linesOf).join("\n").trimEnd();
  const title = titleOf(segments, scope);
  return { ...textAttachment(text), ...(title !== "" && { title }) };
}

/** The OBX that hold text, and the first OBX-5 of them with something in it. */
function textsIn(scope: Scope): { first: Part | undefined; segments: readonly Segment[] } {
  const isText = (segment: Segment) => !isEmbedded(segment) && isShown(segment, scope);
  const segments = new Set(scope.segments("OBX").filter(isText));
  const first = scope.parts(placeOf("OBX-5")).find((each) => segments.has(segmentOf(each)));
  return { first, segments: [...segments] };
}

/** What OBX-3 calls the texts, where that is more than the type of the document. */
function titleOf(segments: readonly Segment[], scope: Scope): string {
  const [type, words] = ["TXA-2.1", "TXA-2.2"].map((place) => scope.text(place));
  const names = segments.flatMap((segment) => {
    const [code, name] = [1, 2].map((number) => textIn(segment.field(3), number));
    return name ?? code ?? [];
  });
  const isTypeAlone = names.every((name) => name === type || name === words);
  return isTypeAlone ? "" : [...new Set(names)].join(", ");
}

function textAttachment(text: string): Attachment {
  return { contentType: "text/plain", data: Buffer.from(text, "utf8").toString("base64") };
}

/** An OBX without text is an empty line: that is how notes part their paragraphs. */
function linesOf(segment: Segment): readonly string[] {
  const { repetitions } = segment.field(5);
  if (repetitions.length === 0) return [""];
  return repetitions.map((each) => (isWritten(each) ? readWhole(each) : ""));
}

/** What an OBX holds or points to. What was withdrawn is left out with a warning. */
function embedded(...[part, scope, lookup]: Parameters<Converter>): Attachment | undefined {
  const segment = segmentOf(part);
  if (!isShown(segment, scope)) {
    scope.draft.warn(warnings.withdrawn(part.at));
    return undefined;
  }
  const made = attachment(part, scope, lookup) as Attachment | undefined;
  return made && titled(made, segment, scope);
}

/** Of a document that is withdrawn as a whole everything is shown, for its status says so. */
function isShown(segment: Segment, scope: Scope): boolean {
  return !isWithdrawn(segment, scope) || areWithdrawn({ scope }, {});
}

function isEmbedded(segment: Segment): boolean {
  const type = segment.field(2).text?.trim();
  return type === "ED" || type === "RP";
}
