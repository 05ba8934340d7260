import type { RelatedPerson } from "@trestle/fhir";
import { findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { plnShape, xcnShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { preferred } from "../datatypes/preferred.ts";
import { dateTime } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xcnName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { allOf, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Condition } from "../rows/row.ts";
import { isDeleted } from "./role-rows.ts";
import { thePatient } from "./subject.ts";

/** The role in PRT-4 is one of the family or of friends, and none in the care. */
export const isRelative: Condition = ({ scope }) => {
  const role = scope.part("PRT-4");
  return role !== undefined && findRow(role, scope, "relationship") !== undefined;
};

/** @see HL7 v2.8.2, chapter 7.4.4 (PRT) */
export const relative = defineMap<RelatedPerson>("relative", {
  type: "RelatedPerson",
  when: allOf(isRelative, has("PRT-5")),
  keys: [
    [thePatient, identifierKey("PRT-5", xcnShape)],
    [thePatient, "PRT-5.2", ["PRT-5.3"]],
  ],
  needs: ["patient"],
  rows: [
    { to: "identifier[]", from: "PRT-5", as: identifier(xcnShape) },
    { to: "identifier[]", id: "contact", from: "PRT-24", as: identifier(plnShape) },
    { to: "active", is: false, when: isDeleted },
    { to: "active", id: "otherwise", is: true },
    { to: "patient", refersTo: "patient" },
    { to: "relationship[]", from: "PRT-4", as: cwe, table: "relationship" },
    { to: "name[]", from: "PRT-5", as: xcnName },
    { to: "telecom[]", from: "PRT-15", as: preferred(23, xtn("home")) },
    { to: "address[]", from: "PRT-14", as: xad },
    { to: "period.start", from: "PRT-11", as: dateTime },
    { to: "period.end", from: "PRT-12", as: dateTime },
  ],
});
