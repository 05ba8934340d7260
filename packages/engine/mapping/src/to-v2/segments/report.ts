import { ndl, xcn } from "../datatypes/actor.ts";
import { code, conceptCode } from "../datatypes/code.ts";
import { ed, rp } from "../datatypes/content.ts";
import { cwe } from "../datatypes/cwe.ts";
import { ei, isOfType } from "../datatypes/identifier.ts";
import { ts } from "../datatypes/ts.ts";
import { has, not } from "../rows/conditions.ts";
import type { Node } from "../rows/node.ts";
import { defineSegment } from "../rows/define-segment.ts";
import { isForm } from "./form.ts";
import { fillerRows, placerRows } from "./order.ts";

const orders = ["ServiceRequest.identifier", "DiagnosticReport.basedOn.identifier"];
const reportPlacer = {
  from: "DiagnosticReport.identifier",
  where: isOfType("PLAC"),
  takes: "first",
  as: ei("PLAC"),
} as const;
const orderFiller = {
  from: "ServiceRequest.identifier",
  where: isOfType("FILL"),
  takes: "first",
  as: ei("FILL"),
} as const;

/** @see HL7 v2.5.1, chapter 4.5.1 (ORC) */
export const orcOfReport = defineSegment("report", {
  segment: "ORC",
  rows: [
    { to: "ORC-1", is: "RE" },
    { to: "ORC-2", id: "ofReport", ...reportPlacer },
    ...placerRows("ORC-2", orders),
    ...fillerRows("ORC-3", ["DiagnosticReport.identifier"]),
    { to: "ORC-3", id: "ofOrder", ...orderFiller },
    {
      to: "ORC-5",
      from: "ServiceRequest.status",
      as: code,
      table: "order-status",
      unlisted: "leave out",
    },
    { to: "ORC-12[]", from: "ServiceRequest.requester", as: xcn },
  ],
});

/** OBR-32 names one, and OBR-33 all who assisted. */
function isPrincipal({ path }: Node): boolean {
  return path.endsWith("[0]");
}

/** @see HL7 v2.5.1, chapter 7.4.1 (OBR) */
export const obrOfReport = defineSegment("report", {
  segment: "OBR",
  rows: [
    { to: "OBR-1", counts: true },
    { to: "OBR-2", id: "ofReport", ...reportPlacer },
    ...placerRows("OBR-2", orders),
    ...fillerRows("OBR-3", ["DiagnosticReport.identifier"]),
    { to: "OBR-3", id: "ofOrder", ...orderFiller },
    {
      to: "OBR-4",
      from: "DiagnosticReport.code",
      as: cwe,
      table: "observation-code",
      unlisted: "pass",
    },
    {
      to: "OBR-7",
      from: ["DiagnosticReport.effectiveDateTime", "DiagnosticReport.effectivePeriod.start"],
      as: ts,
    },
    { to: "OBR-8", from: "DiagnosticReport.effectivePeriod.end", as: ts },
    { to: "OBR-16[]", from: "ServiceRequest.requester", as: xcn },
    { to: "OBR-22", from: "DiagnosticReport.issued", as: ts },
    {
      to: "OBR-24",
      from: "DiagnosticReport.category",
      takes: "first",
      as: conceptCode,
      table: "service-section",
      unlisted: "leave out",
    },
    { to: "OBR-25", from: "DiagnosticReport.status", as: code, table: "result-status" },
    { to: "OBR-31[]", from: "ServiceRequest.reasonCode", as: cwe },
    {
      to: "OBR-32",
      from: "DiagnosticReport.resultsInterpreter",
      where: isPrincipal,
      as: ndl,
    },
    {
      to: "OBR-33[]",
      from: "DiagnosticReport.resultsInterpreter",
      where: (node) => !isPrincipal(node),
      as: ndl,
    },
  ],
});

/** @see HL7 v2.5.1, chapter 7.4.3 (SPM) */
export const spm = defineSegment("specimen", {
  segment: "SPM",
  when: has("Specimen"),
  rows: [
    { to: "SPM-1", counts: true },
    { to: "SPM-4", from: "Specimen.type", as: cwe },
    {
      to: "SPM-17.1",
      from: ["Specimen.collection.collectedDateTime", "Specimen.collection.collectedPeriod.start"],
      as: ts,
    },
    { to: "SPM-17.2", from: "Specimen.collection.collectedPeriod.end", as: ts },
    { to: "SPM-18", from: "Specimen.receivedTime", as: ts },
  ],
});

/** A report as a file, such as a PDF. */
export const obxOfForm = defineSegment("form", {
  segment: "OBX",
  rows: [
    { to: "OBX-1", counts: true },
    { to: "OBX-2", id: "address", is: "RP", when: isForm("address") },
    { to: "OBX-2", is: "ED" },
    {
      to: "OBX-3.1",
      from: "Attachment.contentType",
      as: code,
      table: "content-type",
      unlisted: "leave out",
    },
    { to: "OBX-3.1", id: "otherwise", is: "REPORT" },
    { to: "OBX-3.2", from: "Attachment.title" },
    { to: "OBX-3.2", id: "otherwise", is: "REPORT" },
    { to: "OBX-5", id: "address", from: "Attachment", as: rp, when: isForm("address") },
    { to: "OBX-5", from: "Attachment", as: ed, when: not(isForm("address")) },
    { to: "OBX-11", from: "DiagnosticReport.status", as: code, table: "result-status" },
  ],
});
