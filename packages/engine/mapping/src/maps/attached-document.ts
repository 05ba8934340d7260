import type { DocumentReference } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { code, coding } from "../datatypes/code.ts";
import { codedId } from "../datatypes/coded-id.ts";
import { codedReference } from "../datatypes/coded-reference.ts";
import { attachment } from "../datatypes/ed.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { lines, readWhole } from "../datatypes/text.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { allOf, isOneOf, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Condition, Converter } from "../rows/row.ts";
import { fillerNumber, placerNumber } from "./order.ts";
import { equipment } from "./device.ts";
import { performingOrganization } from "./organization-at.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";
import { areWithdrawn } from "./withdrawn.ts";

const instance = eiShape("observation");

/** A report around it shows it already, unless it was withdrawn. */
const isShown: Condition = (reading, object) =>
  reading.scope.group.around?.name === "order" &&
  reading.scope.references("diagnosticReport").length > 0 &&
  !areWithdrawn(reading, object);

/**
 * An image or a document in an OBX that no report stands around, such as one sent with an order.
 *
 * @see HL7 v2.8.2, chapters 2.A.24 (ED), 2.A.65 (RP) and 7.4.2 (OBX)
 */
export const attachedDocument = defineMap<DocumentReference>("attachedDocument", {
  type: "DocumentReference",
  when: allOf(isOneOf("OBX-2", "ED", "RP"), not(isShown)),
  keys: [
    [identifierKey("OBX-21", instance)],
    [
      [...fillerNumber, ...placerNumber, thePatient],
      ["OBX-3.1", "OBX-3.2"],
      ["OBX-4"],
      ["OBX-14", "OBR-7"],
    ],
  ],
  repeated: "numbered",
  needs: ["content"],
  rows: [
    { to: "meta.security[]", from: "OBX-26", as: coding, table: "result-release" },
    { to: "identifier[]", from: "OBX-21", as: identifier(instance) },
    { to: "status", id: "withdrawn", is: "entered-in-error", when: areWithdrawn },
    { to: "status", is: "current" },
    {
      to: "docStatus",
      from: "OBX-11",
      as: code,
      table: "attached-document-status",
      isPartial: true,
    },
    { to: "category[]", from: "OBX-29", as: codedId("0936") },
    { to: "type", from: "OBX-3", as: testCode, table: "observation-code", isPartial: true },
    { to: "subject", refersTo: "patient" },
    { to: "date", from: ["OBX-14", "OBX-19"], as: instant },
    { to: "description", id: "interpretation", from: "OBX-8", as: interpretation },
    { to: "description", from: "NTE-3", as: lines },
    { to: "author[]", from: "OBX-16", as: practitioner },
    { to: "author[]", id: "organization", from: "OBX-23", as: performingOrganization },
    { to: "author[]", id: "producer", from: "OBX-15", as: codedReference },
    { to: "authenticator", from: "OBX-25", as: practitioner },
    { to: "author[]", id: "equipment", from: "OBX-18", as: equipment },
    {
      to: "content[].attachment",
      from: "OBX-5",
      as: attachment,
      with: [{ to: "attachment.creation", from: ["OBX-19", "OBX-14"], as: dateTime }],
    },
    { to: "context.encounter[]", refersTo: "encounter" },
    { to: "context.related[]", id: "order", refersTo: "serviceRequest" },
    { to: "context.related[]", id: "specimen", refersTo: "specimen" },
  ],
});

/** OBX-8 in words, such as “Abnormal”, and the notes: a file has no other place for what it means. */
function interpretation(...[part, scope]: Parameters<Converter>): string | undefined {
  if (!(part instanceof Repetition) || part.index > 0) return undefined;
  const flags = part.field.repetitions.map((each) => textIn(each, 2) ?? textIn(each, 1));
  const words = flags.filter((flag) => flag !== undefined).join(", ");
  return [words, ...scope.parts(placeOf("NTE-3")).map(readWhole)].join("\n");
}
