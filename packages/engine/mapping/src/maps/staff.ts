import type { CodeableConcept, Organization, Practitioner, PractitionerRole } from "@trestle/fhir";
import { code, localSystem, lookUp } from "../datatypes/code.ts";
import { cwe, textConcept } from "../datatypes/cwe.ts";
import { cxShape, dlnShape, plnShape } from "../datatypes/cx.ts";
import { dr } from "../datatypes/dr.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { date } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpnLine, xpnWithCallName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";

/** The number by which messages name someone who works here. */
const staffNumber = cxShape("provider");
const keyNumber = { value: 1, kind: "provider" } as const;

/** Whether an entry of a master file is in use: the event says so, or else the flag in the entry. */
function inUse(flagPlace: string): readonly Row<"active">[] {
  return [
    { to: "active", id: "event", from: "MFE-1", as: activity, table: "master-file-event" },
    { to: "active", from: flagPlace, as: activity, table: "active-flag" },
  ];
}

/**
 * Someone who works here, as the staff file has it; the same resource that PV1-7 and the like
 * refer to by the first number of STF-2.
 *
 * @see HL7 v2.8.2, chapters 8.8 and 15.4 (STF, PRA, ORG)
 */
export const staff = defineMap<Practitioner>("staff", {
  type: "Practitioner",
  when: anyOf(has("STF-1"), has("STF-2"), has("STF-3")),
  keys: [[identifierKey("STF-2", staffNumber)], [identifierKey("STF-1", keyNumber)]],
  rows: [
    { to: "identifier[]", from: "STF-2", as: identifier(staffNumber) },
    { to: "identifier[]", id: "key", from: "STF-1", as: identifier(keyNumber) },
    { to: "identifier[]", id: "license", from: "PRA-6", as: identifier(plnShape) },
    { to: "identifier[]", id: "driver", from: "STF-22", as: identifier(dlnShape) },
    ...inUse("STF-7"),
    { to: "name[]", from: "STF-3", as: xpnWithCallName },
    { to: "telecom[]", from: "STF-10", as: xtn("work") },
    { to: "telecom[]", id: "mail", from: "STF-15", as: mail },
    { to: "address[]", from: "STF-11", as: xad },
    { to: "gender", from: "STF-5", as: code, table: "gender" },
    { to: "birthDate", from: "STF-6", as: date },
    { to: "qualification[].code", from: "PRA-3", as: cwe },
    { to: "communication[]", from: "LAN-2", as: cwe, table: "language" },
  ],
  refersWith: [{ to: "display", from: "STF-3", as: xpnLine }],
});

const roleRows: readonly Row<keyof PractitionerRole>[] = [
  ...inUse("STF-7"),
  { to: "practitioner", refersTo: "staff" },
  { to: "specialty[]", id: "practice", from: "PRA-5", as: specialty() },
  { to: "telecom[]", from: "STF-10", as: xtn("work") },
];

/** What someone does here, where the entry names no organization unit. */
export const staffRole = defineMap<PractitionerRole>("staffRole", {
  type: "PractitionerRole",
  when: allOf(
    ({ scope }) => !scope.group.groups.some(({ name }) => name === "affiliation"),
    anyOf(has("PRA-5"), has("STF-4"), has("STF-8"), has("STF-9"), has("PRA-2")),
  ),
  keys: [[identifierKey("STF-2", staffNumber)], [identifierKey("STF-1", keyNumber)]],
  rows: [
    ...roleRows,
    { to: "code[]", from: "STF-4", as: cwe },
    { to: "code[]", id: "job", from: "STF-18", as: textConcept },
    { to: "specialty[]", id: "service", from: "STF-9", as: cwe },
    { to: "organization", from: ["STF-8", "PRA-2"], as: unit },
  ],
});

/** What someone does in one organization unit. */
export const affiliation = defineMap<PractitionerRole>("affiliation", {
  type: "PractitionerRole",
  when: has("ORG-2"),
  keys: [
    [identifierKey("STF-2", staffNumber), "ORG-2.1"],
    [identifierKey("STF-1", keyNumber), "ORG-2.1"],
  ],
  rows: [
    { to: "identifier[]", from: "ORG-5", as: identifier(cxShape("provider")) },
    ...roleRows,
    { to: "period", from: "ORG-9", as: dr },
    { to: "organization", from: "ORG-2", as: unit },
    { to: "code[]", from: "ORG-6", as: cwe },
    { to: "specialty[]", from: ["ORG-8", "ORG-7"], as: cwe },
  ],
});

const unitMap = defineMap<Organization>("organizationUnit", {
  type: "Organization",
  recurs: true,
  keys: [[keyOfUnit]],
  rows: [
    { to: "identifier[]", from: 1, as: unitCode },
    { to: "active", is: true },
    { to: "name", from: [2, 1] },
  ],
  refersWith: [{ to: "display", from: [2, 1] }],
});

/** CWE that names an organization unit: a reference to it, and the unit itself. */
function unit(...[part, scope]: Parameters<Converter>): unknown {
  return textIn(part, 1) === undefined ? undefined : build(unitMap, { scope, part })?.reference;
}

function keyOfUnit({ scope, part }: Reading): KeyValue | undefined {
  const value = part && textIn(part, 1);
  return value && part ? { value: `${localSystem(scope, "unit")}|${value}`, part } : undefined;
}

function unitCode(...[part, scope]: Parameters<Converter>): unknown {
  const value = textOf(part);
  return value === undefined ? undefined : { system: localSystem(scope, "unit"), value };
}

/** SPD: the name of a specialty. */
function specialty(): Converter {
  return composite<CodeableConcept>("SPD", [{ to: "text", from: 1 }]);
}

function mail(...[part]: Parameters<Converter>): unknown {
  const value = textOf(part);
  return value === undefined ? undefined : { system: "email", value, use: "work" };
}

/** Whether a code means that the entry is in use; nothing where its table says nothing of that. */
function activity(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const row = lookUp(part, scope, lookup);
  return row === undefined || row.code === "" ? undefined : row.code === "true";
}
