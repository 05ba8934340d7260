import type { Coverage, Organization } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { date } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter } from "../rows/row.ts";
import { organization } from "./organization.ts";
import { thePatient } from "./subject.ts";

const payerNumber = cxShape("payer");

/** @see HL7 v2.8.2, chapter 6.5.6 (IN1) */
export const coverage = defineMap<Coverage>("coverage", {
  type: "Coverage",
  keys: [[thePatient, ["IN1-2.1", "IN1-3.1", "IN1-4.1"], ["IN1-36"]]],
  needs: ["beneficiary", "payor"],
  rows: [
    { to: "status", is: "active" },
    { to: "type", from: "IN1-15", as: cwe },
    { to: "policyHolder", from: "IN1-11", as: organization },
    {
      to: "identifier[]",
      from: "IN1-36",
      as: identifier({ value: 1, kind: "policy" }),
      when: has("IN1-49"),
    },
    { to: "subscriberId", from: ["IN1-49.1", "IN1-36"] },
    { to: "beneficiary", refersTo: "patient" },
    { to: "relationship", from: "IN1-17", as: cwe, table: "coverage-relationship" },
    { to: "period.start", from: "IN1-12", as: date },
    { to: "period.end", from: "IN1-13", as: date },
    { to: "payor[]", from: ["IN1-3", "IN1-4"], as: payer },
    {
      to: "class[].value",
      id: "plan",
      from: "IN1-2.1",
      with: [...ofClass("plan"), { to: "name", from: "IN1-2.2" }],
    },
    {
      to: "class[].value",
      id: "group",
      from: "IN1-8",
      with: [...ofClass("group"), { to: "name", from: "IN1-9" }],
    },
  ],
});

/** The insurer, whose number, name, address and phone stand in fields of their own. */
const payerMap = defineMap<Organization>("payer", {
  type: "Organization",
  keys: [[identifierKey("IN1-3", payerNumber)], ["IN1-4.1"]],
  rows: [
    { to: "identifier[]", from: "IN1-3", as: identifier(payerNumber) },
    { to: "name", from: "IN1-4" },
    { to: "telecom[]", from: "IN1-7", as: xtn("work") },
    { to: "address[]", from: "IN1-5", as: xad },
  ],
  refersWith: [{ to: "display", from: "IN1-4" }],
});

/** One payer, however often its number or name repeats. */
function payer(...[part, scope]: Parameters<Converter>): unknown {
  return part instanceof Repetition && part.index === 0
    ? build(payerMap, { scope })?.reference
    : undefined;
}

function ofClass(code: string) {
  const system = "http://terminology.hl7.org/CodeSystem/coverage-class";
  return [{ to: "type", is: { coding: [{ system, code }] } }] as const;
}
