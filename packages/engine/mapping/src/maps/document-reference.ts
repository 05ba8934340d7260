import type { Attachment, DocumentReference } from "@trestle/fhir";
import type { Segment } from "@trestle/hl7v2";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { attachment, valueTypeOf } from "../datatypes/ed.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { readWhole } from "../datatypes/text.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { defineMap } from "../rows/define-map.ts";
import { isWritten } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

const documentNumber = eiShape("document");

/** @see HL7 v2.8.2, chapter 9.7.3 (TXA) */
export const documentReference = defineMap<DocumentReference>("documentReference", {
  type: "DocumentReference",
  keys: [[identifierKey("TXA-12", documentNumber)], [thePatient, "TXA-2.1", ["TXA-4", "TXA-6"]]],
  needs: ["content"],
  rows: [
    { to: "masterIdentifier", from: "TXA-12", as: identifier(documentNumber) },
    { to: "identifier[]", from: "TXA-16", as: identifier({ value: 1, kind: "file" }) },
    { to: "status", from: "TXA-19", as: code, table: "document-availability", isPartial: true },
    { to: "status", id: "otherwise", is: "current" },
    { to: "docStatus", from: "TXA-17", as: code, table: "document-status", isPartial: true },
    { to: "type", from: "TXA-2", as: cwe, table: "document-type", isPartial: true },
    { to: "subject", refersTo: "patient" },
    { to: "date", from: ["TXA-6", "TXA-7"], as: instant },
    { to: "author[]", from: "TXA-9", as: practitioner },
    { to: "authenticator", from: ["TXA-10", "TXA-22"], as: practitioner },
    {
      to: "relatesTo[].target.identifier",
      from: "TXA-13",
      as: identifier(documentNumber),
      with: [{ to: "code", is: "appends" }],
    },
    { to: "description", from: "TXA-25" },
    { to: "securityLabel[]", from: "TXA-18", as: cwe, table: "confidentiality", isPartial: true },
    { to: "content[].attachment", id: "text", from: "OBX-5", as: joinedText },
    { to: "content[].attachment", id: "embedded", from: "OBX-5", as: attachment },
    { to: "context.encounter[]", refersTo: "encounter" },
    { to: "context.period.start", from: "TXA-4", as: dateTime },
  ],
});

/** The lines of all OBX that hold text, as one document; stands where the first of them does. */
function joinedText(...[part, scope]: Parameters<Converter>): Attachment | undefined {
  const first = scope.parts(placeOf("OBX-5")).find((each) => !isEmbedded(valueTypeOf(each)));
  if (part.at !== first?.at) return undefined;
  const segments = scope.segments("OBX").filter((each) => !isEmbedded(each.field(2).text?.trim()));
  const text = segments.flatMap(linesOf).join("\n").trimEnd();
  return { contentType: "text/plain", data: Buffer.from(text, "utf8").toString("base64") };
}

/** An OBX without text is an empty line: that is how notes part their paragraphs. */
function linesOf(segment: Segment): readonly string[] {
  const { repetitions } = segment.field(5);
  if (repetitions.length === 0) return [""];
  return repetitions.map((each) => (isWritten(each) ? readWhole(each) : ""));
}

function isEmbedded(type: string | undefined): boolean {
  return type === "ED" || type === "RP";
}
