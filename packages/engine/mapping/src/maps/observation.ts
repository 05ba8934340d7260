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
import type { Reading } from "../rows/fill.ts";
import type { Converter } from "../rows/row.ts";
import { valueRows } from "./observation-value.ts";
import { fillerNumber, isOrderMessage, placerNumber } from "./order.ts";
import { organization } from "./organization.ts";
import { practitioner } from "./practitioner.ts";
import { thePatient } from "./subject.ts";

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
    { to: "category", id: "section", from: "OBR-24", as: category, table: "observation-category" },
    { to: "category", id: "panel", from: "OBR-4", as: category, table: "observation-category" },
    { to: "category", id: "code", from: "OBX-3", as: category, table: "observation-category" },
    { to: "code", id: "standard", from: "OBX-3", as: cwe, when: isStandardCode },
    { to: "code", from: "OBX-3", as: cwe, table: "observation-code" },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "effectiveDateTime", from: ["OBX-14", "OBR-7"], as: dateTime },
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

/** One category, where the table has one. */
function category(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const concept = tableConcept(part, scope, lookup);
  return concept === undefined ? undefined : [concept];
}

/** A code of a system that everyone knows needs no row in the site's table. */
function isStandardCode({ scope }: Reading): boolean {
  return scope.draft.site.tables.find("code-systems", scope.text("OBX-3.3") ?? "") !== undefined;
}
