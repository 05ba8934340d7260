import type { DiagnosticReport } from "@trestle/fhir";
import { code, coding } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier } from "../datatypes/identifier.ts";
import { inFunction } from "../datatypes/in-function.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { has, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { annotation } from "./annotation.ts";
import { noteOfFile } from "./file-note.ts";
import {
  filler,
  fillerGroup,
  fillerNumber,
  fillerPlaces,
  isReport,
  placer,
  placerNumber,
  placerPlaces,
} from "./order.ts";
import { participant } from "./participation.ts";
import { reportFile } from "./report-file.ts";
import { researchStudy } from "./research-study.ts";
import { resultPerson } from "./result-person.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";

const statusReason = "http://hl7.org/fhir/StructureDefinition/event-statusReason";
const participation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const technician = {
  coding: [{ system: participation, code: "SPRF", display: "secondary performer" }],
};
const transcriptionist = {
  coding: [{ system: participation, code: "TRANS", display: "Transcriber" }],
};
const reportNote = "http://hl7.org/fhir/StructureDefinition/note";

/** @see HL7 v2.8.2, chapters 4.5.1 (ORC) and 7.4.1 (OBR) */
export const diagnosticReport = defineMap<DiagnosticReport>("diagnosticReport", {
  type: "DiagnosticReport",
  when: isReport,
  keys: [[[...fillerNumber, ...placerNumber, thePatient], "OBR-4.1", ["OBR-26.1", "OBR-26.2"]]],
  repeated: "numbered",
  rows: [
    { to: "meta.security[]", from: "ORC-28", as: coding, table: "confidentiality" },
    {
      to: "extension[]",
      id: "statusReason",
      from: "ORC-16",
      as: extension(statusReason, "valueCodeableConcept", cwe),
    },
    // A report has no notes of its own in R4; those of an order stand in its request.
    {
      to: "extension[]",
      id: "note",
      from: "NTE-3",
      as: extension(reportNote, "valueAnnotation", annotation),
      when: ({ scope }) => scope.references("serviceRequest").length === 0,
    },
    {
      to: "extension[]",
      id: "noteOfFile",
      from: "NTE-3",
      reach: "below",
      as: extension(reportNote, "valueAnnotation", noteOfFile),
    },
    { to: "identifier[]", id: "placer", from: placerPlaces, as: identifier(placer) },
    { to: "identifier[]", id: "filler", from: fillerPlaces, as: identifier(filler) },
    { to: "identifier[]", id: "placerGroup", from: "ORC-4", as: identifier(eiShape("PGN")) },
    { to: "identifier[]", id: "fillerGroup", from: "ORC-38", as: identifier(fillerGroup) },
    researchStudy,
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
    {
      to: "performer[]",
      id: "technician",
      from: "OBR-34",
      as: inFunction(technician, resultPerson),
    },
    {
      to: "performer[]",
      id: "transcriptionist",
      from: "OBR-35",
      as: inFunction(transcriptionist, resultPerson),
    },
    { to: "performer[]", id: "role", from: "PRT-5", as: participant("performer") },
    { to: "resultsInterpreter[]", from: "OBR-32", as: resultPerson },
    { to: "resultsInterpreter[]", id: "assistant", from: "OBR-33", as: resultPerson },
    { to: "resultsInterpreter[]", id: "role", from: "PRT-5", as: participant("interpreter") },
    { to: "presentedForm[]", from: "OBX-5", reach: "below", as: reportFile },
  ],
  closing: [
    { to: "specimen[]", refersTo: "specimen" },
    { to: "result[]", refersTo: "observation" },
    { to: "imagingStudy[]", refersTo: "imagingStudy" },
  ],
});
