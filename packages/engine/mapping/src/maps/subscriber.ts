import type { RelatedPerson } from "@trestle/fhir";
import { code, findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier } from "../datatypes/identifier.ts";
import { date } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpnLine, xpnWithCallName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { namesake } from "./namesake.ts";
import { isNamedAsPatient, thePatient } from "./subject.ts";

/** Whose insurance it is: the patient, or the person of IN1-16. */
export const subscriber: Converter = (_part, scope) =>
  isPatient(scope)
    ? scope.references("patient")[0]?.reference
    : build(subscriberMap, { scope })?.reference;

/** The same person as an NK1 of that name. */
const subscriberMap = defineMap<RelatedPerson>("subscriber", {
  type: "RelatedPerson",
  keys: [
    [
      thePatient,
      "IN1-16.1",
      ["IN1-16.2"],
      [namesake({ segment: "IN1", name: 16, birth: 18, sex: 43 })],
    ],
  ],
  adds: ["gender", "birthDate"],
  needs: ["patient"],
  rows: [
    { to: "identifier[]", from: "IN2-2", as: identifier({ value: 1, kind: "SS" }) },
    { to: "active", is: true },
    { to: "patient", refersTo: "patient" },
    { to: "relationship[]", from: "IN1-17", as: cwe, table: "relationship" },
    { to: "name[]", from: "IN1-16", as: xpnWithCallName },
    { to: "telecom[]", from: "IN2-63", as: xtn("home") },
    { to: "gender", from: "IN1-43", as: code, table: "gender" },
    { to: "birthDate", from: "IN1-18", as: date },
    { to: "address[]", from: "IN1-19", as: xad },
  ],
  refersWith: [{ to: "display", from: "IN1-16", as: xpnLine }],
});

/** IN1-17 says so or, where it says nothing, the name is that of the patient. */
function isPatient(scope: Scope): boolean {
  const relationship = scope.part("IN1-17");
  if (relationship === undefined) return isNamedAsPatient(scope, "IN1-16");
  return findRow(relationship, scope, "coverage-relationship")?.code === "self";
}
