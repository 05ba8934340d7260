import { xcn } from "../datatypes/actor.ts";
import { code } from "../datatypes/code.ts";
import { ed, rp } from "../datatypes/content.ts";
import { cwe } from "../datatypes/cwe.ts";
import { bareIdentifier, ei } from "../datatypes/identifier.ts";
import { ts } from "../datatypes/ts.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Row } from "../rows/row.ts";
import { isForm } from "./form.ts";

/** @see HL7 v2.5.1, chapter 9.7.3 (TXA) */
export const txa = defineSegment("document", {
  segment: "TXA",
  rows: [
    { to: "TXA-1", counts: true },
    { to: "TXA-2", from: "DocumentReference.type", as: cwe, table: "document-type" },
    { to: "TXA-3", id: "text", is: "TX", when: isForm("text") },
    { to: "TXA-3", is: "AP" },
    { to: "TXA-4", from: "DocumentReference.context.period.start", as: ts },
    { to: "TXA-6", from: "DocumentReference.date", as: ts },
    { to: "TXA-9[]", from: "DocumentReference.author", as: xcn },
    { to: "TXA-10[]", from: "DocumentReference.authenticator", as: xcn },
    { to: "TXA-12", from: "DocumentReference.masterIdentifier", as: ei("document") },
    {
      to: "TXA-12",
      id: "first",
      from: "DocumentReference.identifier",
      takes: "first",
      as: ei("document"),
    },
    {
      to: "TXA-13",
      from: [
        "DocumentReference.relatesTo.target.identifier",
        "Replaced.masterIdentifier",
        "Replaced.identifier",
      ],
      takes: "first",
      as: ei("document"),
    },
    { to: "TXA-16", from: "DocumentReference.identifier", where: isFile, as: bareIdentifier },
    { to: "TXA-17", from: "DocumentReference.docStatus", as: code, table: "document-status" },
    {
      to: "TXA-18",
      from: "DocumentReference.securityLabel",
      as: cwe,
      table: "confidentiality",
    },
    { to: "TXA-19", from: "DocumentReference.status", as: code, table: "document-availability" },
    { to: "TXA-25", from: "DocumentReference.description" },
  ],
});

const common: readonly Row[] = [
  { to: "OBX-1", counts: true },
  { to: "OBX-3", from: "DocumentReference.type", as: cwe, table: "document-type" },
  { to: "OBX-11", from: "DocumentReference.docStatus", as: documentResult },
  { to: "OBX-11", id: "otherwise", is: "F" },
];

/** One line of a document; a line without text is an empty OBX-5. */
export const obxOfLine = defineSegment("line", {
  segment: "OBX",
  isAlwaysWritten: true,
  rows: [...common, { to: "OBX-2", is: "TX" }, { to: "OBX-5", from: "Line" }],
});

/** A document that is a file, such as a PDF. */
export const obxOfFile = defineSegment("file", {
  segment: "OBX",
  rows: [
    ...common,
    { to: "OBX-2", id: "address", is: "RP", when: isForm("address") },
    { to: "OBX-2", is: "ED" },
    { to: "OBX-5", id: "address", from: "Attachment", as: rp, when: isForm("address") },
    { to: "OBX-5", from: "Attachment", as: ed, when: isForm("content") },
  ],
});

/** What the status of a document says of its lines; what is no result status is final. */
function documentResult(node: Node): { text: string; path: string; rule: string } | undefined {
  const status = node.glance;
  const isEarly = status === "preliminary";
  return { text: isEarly ? "P" : "F", path: node.path, rule: "from the status of the document" };
}

/** A file name at the site, as the mapping made it of TXA-16. */
function isFile(node: Node): boolean {
  return node.peek("system")?.endsWith(":file") === true;
}
