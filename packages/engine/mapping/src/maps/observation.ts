import type { Observation } from "@trestle/fhir";
import { code } from "../datatypes/code.ts";
import { cwe, tableConcept } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { note } from "../datatypes/nte.ts";
import { referenceRange } from "../datatypes/reference-range.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { all, has, isOneOf, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { recurring } from "../rows/recurring.ts";
import type { Row } from "../rows/row.ts";
import { valueRows } from "./observation-value.ts";
import { fillerNumber, isOrderMessage, placerNumber } from "./order.ts";
import { organization } from "./organization.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";
import { testCode } from "./test-code.ts";

const category = recurring((part, scope, lookup) => {
  const concept = tableConcept(part, scope, lookup);
  return concept === undefined ? undefined : [concept];
});

/** @see HL7 v2.8.2, chapter 7.4.2 (OBX) */
export const observation = defineMap<Observation>("observation", {
  type: "Observation",
  when: all(has("OBX-3"), not(isOneOf("OBX-2", "ED", "RP"))),
  keys: [
    [
      [...fillerNumber, ...placerNumber, thePatient],
      ["OBX-3.1", "OBX-3.2"],
      ["OBX-4"],
      ["OBX-14", "OBR-7"],
    ],
  ],
  repeated: "numbered",
  needs: ["code"],
  rows: [
    { to: "identifier[]", from: "OBX-21", as: identifier(eiShape("observation")) },
    { to: "basedOn[]", refersTo: "serviceRequest", when: not(isOrderMessage) },
    { to: "status", from: "OBX-11", as: code, table: "observation-status" },
    {
      to: "status",
      id: "ofReport",
      from: "OBR-25",
      as: code,
      table: "result-status",
      isPartial: true,
    },
    { to: "status", id: "otherwise", is: "unknown" },
    ...["OBR-24", "OBR-4", "OBX-3"].map((from) => categoryOf(from)),
    {
      to: "code",
      id: "question",
      from: "OBX-3",
      as: testCode,
      table: "observation-code",
      isPartial: true,
      when: isOrderMessage,
    },
    { to: "code", from: "OBX-3", as: testCode, table: "observation-code" },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "effectiveDateTime", from: "OBX-14", as: dateTime },
    {
      to: "effectiveDateTime",
      id: "ofReport",
      from: "OBR-7",
      as: dateTime,
      when: not(isOrderMessage),
    },
    { to: "issued", from: ["OBX-19", "OBR-22"], as: instant },
    { to: "performer[]", id: "person", from: "OBX-16", as: practitioner },
    { to: "performer[]", id: "organization", from: "OBX-23", as: organization },
    ...valueRows,
    { to: "interpretation[]", from: "OBX-8", as: cwe, table: "abnormal-flag" },
    { to: "note[]", from: "NTE-3", as: note },
    { to: "bodySite", from: "OBX-20", as: cwe },
    { to: "method", from: "OBX-17", as: cwe },
    { to: "referenceRange[]", from: "OBX-7", as: referenceRange },
  ],
});

/** One category, where the table has one. The answer to a question of an order has none. */
function categoryOf(from: string): Row<"category"> {
  const table = "observation-category";
  return { to: "category", id: from, from, as: category, table, when: not(isOrderMessage) };
}
