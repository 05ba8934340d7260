import type { Coverage, Organization } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { cwe } from "../datatypes/cwe.ts";
import { cxShape, oldXonShape, xonShape } from "../datatypes/cx.ts";
import { extension } from "../datatypes/extension.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { wholeNumber } from "../datatypes/quantity.ts";
import { date } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { has, isOneOf, lacks, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { organization } from "./organization.ts";
import { subscriber } from "./subscriber.ts";
import { thePatient } from "./subject.ts";

const payerNumber = cxShape("payer");
const groupNumber = cxShape("group");
const numberOfGroup = identifierKey("IN1-10", groupNumber);

/** IN1-10 is the number of the person and not of the group. */
const isOfSubscriber = isOneOf("IN1-10.5", "SN");

const subscriberId = extension(
  "http://hl7.org/fhir/5.0/StructureDefinition/extension-subscriberId",
  "valueIdentifier",
  identifier(cxShape("MB")),
);

/** @see HL7 v2.8.2, chapter 6.5.6 (IN1) */
export const coverage = defineMap<Coverage>("coverage", {
  type: "Coverage",
  keys: [[thePatient, ["IN1-2.1", "IN1-3.1", "IN1-4.1"], ["IN1-36"]]],
  needs: ["beneficiary", "payor"],
  rows: [
    { to: "status", is: "active" },
    { to: "type", from: "IN1-15", as: cwe, table: "coverage-type", isPartial: true },
    {
      to: "type",
      id: "financialClass",
      from: "PV1-20",
      as: cwe,
      table: "financial-class",
      isPartial: true,
      when: isPrimary,
    },
    { to: "policyHolder", from: ["IN1-10", "IN1-11"], as: policyHolder },
    { to: "policyHolder", id: "employer", from: "IN2-70", as: organization },
    { to: "identifier[]", id: "medicare", from: "IN2-6", as: identifier({ value: 1, kind: "MC" }) },
    { to: "identifier[]", id: "medicaid", from: "IN2-8", as: identifier({ value: 1, kind: "MA" }) },
    {
      to: "identifier[]",
      from: "IN1-36",
      as: identifier({ value: 1, kind: "policy" }),
      when: has("IN1-49"),
    },
    { to: "identifier[]", id: "member", from: "IN2-61", as: identifier(cxShape("MB")) },
    { to: "identifier[]", id: "employee", from: "IN2-1", as: identifier(cxShape("EI")) },
    { to: "subscriberId", from: ["IN1-49.1", "IN1-36"] },
    { to: "extension[]", id: "insured", from: "IN1-49", as: subscriberId },
    { to: "extension[]", id: "employee", from: "IN1-10", as: subscriberNumber },
    { to: "subscriber", from: "IN1-16", as: subscriber },
    { to: "beneficiary", refersTo: "patient" },
    { to: "dependent", from: "IN2-61" },
    { to: "relationship", from: ["IN1-17", "IN2-72"], as: cwe, table: "coverage-relationship" },
    { to: "period.start", from: "IN1-12", as: date },
    { to: "period.end", from: "IN1-13", as: date },
    { to: "payor[]", from: ["IN1-3", "IN1-4"], as: payer },
    { to: "order", from: "IN1-22", as: wholeNumber },
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

/** The class of PV1-20 is that of who pays first: IN1-1 counts them, else their order does. */
function isPrimary({ scope }: Reading): boolean {
  const number = scope.text("IN1-1");
  if (number !== undefined) return Number(number) === 1;
  return scope.group.around?.groups.find(({ name }) => name === "insurance") === scope.group;
}

/** IN1-10 where its type says that it is the number of a subscriber. */
function subscriberNumber(...args: Parameters<Converter>): unknown {
  return textIn(args[0], 5) === "SN" ? subscriberId(...args) : undefined;
}

/** The insurer, whose number, name, address and phone stand in fields of their own. */
const payerMap = defineMap<Organization>("payer", {
  type: "Organization",
  keys: [[identifierKey("IN1-3", payerNumber)], ["IN1-4.1"]],
  rows: [
    { to: "identifier[]", from: "IN1-3", as: identifier(payerNumber) },
    { to: "active", is: true },
    { to: "name", from: "IN1-4" },
    { to: "telecom[]", from: "IN1-7", as: xtn("work") },
    { to: "address[]", from: "IN1-5", as: xad },
    { to: "contact[].name", from: "IN1-6", as: xpn },
  ],
  refersWith: [{ to: "display", from: "IN1-4" }],
});

/** The employer or group through which a patient is insured. */
const policyHolderMap = defineMap<Organization>("policyHolder", {
  type: "Organization",
  keys: [
    [ownNumber],
    [identifierKey("IN1-11", xonShape)],
    [identifierKey("IN1-11", oldXonShape)],
    ["IN1-11.1"],
  ],
  rows: [
    { to: "identifier[]", from: "IN1-10", as: identifier(groupNumber), when: not(isOfSubscriber) },
    { to: "identifier[]", id: "organization", from: "IN1-11", as: identifier(xonShape) },
    {
      to: "identifier[]",
      id: "number",
      from: "IN1-11",
      as: identifier(oldXonShape),
      when: lacks("IN1-11.10"),
    },
    { to: "active", is: true },
    { to: "name", from: "IN1-11.1" },
  ],
  refersWith: [{ to: "display", from: "IN1-11.1" }],
});

function ownNumber(reading: Reading): KeyValue | undefined {
  return isOfSubscriber(reading, {}) ? undefined : numberOfGroup(reading);
}

function policyHolder(...[part, scope]: Parameters<Converter>): unknown {
  return part instanceof Repetition && part.index === 0
    ? build(policyHolderMap, { scope })?.reference
    : undefined;
}

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
