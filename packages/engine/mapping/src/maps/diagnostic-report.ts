import type { DiagnosticReport } from "@trestle/fhir";
import { attachment } from "../datatypes/ed.ts";
import { code } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier } from "../datatypes/identifier.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { has, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import {
  filler,
  fillerNumber,
  fillerPlaces,
  isReport,
  placer,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";

/** @see HL7 v2.8.2, chapter 7.4.1 (OBR) */
export const diagnosticReport = defineMap<DiagnosticReport>("diagnosticReport", {
  type: "DiagnosticReport",
  when: isReport,
  keys: [[[...fillerNumber, ...placerNumber, thePatient], "OBR-4.1", ["OBR-26.1", "OBR-26.2"]]],
  repeated: "numbered",
  rows: [
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    { to: "basedOn[]", refersTo: "serviceRequest" },
    { to: "status", from: "OBR-25", as: code, table: "result-status" },
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "category[]", from: "OBR-24", as: cwe, table: "service-section", isPartial: true },
    { to: "code", from: "OBR-4", as: testCode, table: "observation-code", isPartial: true },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "effectivePeriod.start", from: "OBR-7", as: dateTime, when: has("OBR-8") },
    { to: "effectivePeriod.end", from: "OBR-8", as: dateTime, when: has("OBR-7") },
    { to: "effectiveDateTime", from: "OBR-7", as: dateTime, when: without("effective") },
    { to: "issued", from: "OBR-22", as: instant },
    { to: "resultsInterpreter[]", from: "OBR-32.1", as: practitioner },
    { to: "presentedForm[]", from: "OBX-5", reach: "below", as: attachment },
  ],
  closing: [{ to: "result[]", refersTo: "observation" }],
});
