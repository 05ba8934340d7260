import type { Address, Observation } from "@trestle/fhir";
import { cwe, textConcept } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { dateTime, instant } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Converter, Row } from "../rows/row.ts";
import { practitioner } from "./practitioner.ts";
import { theEncounter, thePatient } from "./subject.ts";

const loinc = "http://loinc.org";

/** PD1-7: whether the patient has a living will. */
export const livingWill = defineMap<Observation>("livingWill", {
  type: "Observation",
  when: has("PD1-7"),
  keys: [[thePatient]],
  needs: ["subject"],
  rows: [
    { to: "status", is: "final" },
    {
      to: "code",
      is: { coding: [{ system: loinc, code: "75320-2", display: "Advance directive" }] },
    },
    { to: "subject", refersTo: "patient" },
    { to: "valueCodeableConcept", from: "PD1-7", as: cwe, table: "living-will", isPartial: true },
  ],
});

/** PDA: what a patient died of, and who certified it. */
export const causeOfDeath = defineMap<Observation>("causeOfDeath", {
  type: "Observation",
  when: has("PDA-1"),
  keys: [[thePatient, "PDA-1.1"]],
  needs: ["subject"],
  rows: [
    { to: "status", is: "final" },
    {
      to: "code",
      is: {
        coding: [{ system: loinc, code: "69453-9", display: "Cause of death" }],
      },
    },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "effectiveDateTime", from: ["PID-29", "PDA-4"], as: dateTime },
    { to: "issued", from: "PDA-4", as: instant },
    { to: "performer[]", from: "PDA-5", as: practitioner },
    { to: "valueCodeableConcept", from: "PDA-1", as: cwe },
  ],
});

/** ACC: an accident that led to the visit. */
export const accident = defineMap<Observation>("accident", {
  type: "Observation",
  when: has("ACC-1"),
  keys: [[thePatient, [theEncounter], "ACC-1"]],
  needs: ["subject"],
  rows: [
    { to: "identifier[]", from: "ACC-13", as: identifier(eiShape("accident")) },
    { to: "status", is: "final" },
    {
      to: "code",
      is: {
        coding: [
          { system: loinc, code: "11368-8", display: "Illness or injury onset date and time" },
        ],
        text: "Accident",
      },
    },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "effectiveDateTime", from: "ACC-1", as: dateTime },
    { to: "valueDateTime", from: "ACC-1", as: dateTime },
    fact("Kind of accident", "ACC-2"),
    fact("Place of the accident", "ACC-3", { as: textConcept }),
    fact("State in which a motor vehicle had the accident", "ACC-4"),
    fact("Related to work", "ACC-5"),
    fact("Death by the accident", "ACC-6"),
    {
      to: "component[].valueString",
      id: "ACC-11",
      from: "ACC-11",
      as: addressLine,
      with: [{ to: "code", is: { text: "Address of the accident" } }],
    },
    { to: "note[].text", from: "ACC-8" },
  ],
});

/** XAD as one line: an Observation has no place for an address. */
function addressLine(...args: Parameters<Converter>): unknown {
  const { line = [], city, state, postalCode, country } = (xad(...args) ?? {}) as Address;
  const words = [...line, city, state, postalCode, country];
  return words.filter((word) => word !== undefined).join(", ") || undefined;
}

/** Something else that is known of the accident. No code system names these facts. */
function fact(name: string, from: string, how: Pick<Row, "as" | "table"> = {}): Row<"component"> {
  const code: Row = { to: "code", is: { text: name } };
  const row = { id: from, from, as: cwe, isPartial: true, ...how };
  return { to: "component[].valueCodeableConcept", ...row, with: [code] };
}
