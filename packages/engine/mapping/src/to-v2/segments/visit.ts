import { xcn } from "../datatypes/actor.ts";
import { coding } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { cx, isOfType, isUntyped } from "../datatypes/identifier.ts";
import { pl, xon } from "../datatypes/place.ts";
import { ts } from "../datatypes/ts.ts";
import { anyOf, has, not } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Converter, Row } from "../rows/row.ts";

/** Where the number of a visit stands, when the visit itself is not in the bundle, too. */
const numbers = [
  "Encounter.identifier",
  "Focus.encounter.identifier",
  "Focus.context.encounter.identifier",
  "Focus.context.identifier",
];

const rows: readonly Row[] = [
  { to: "PV1-1", counts: true },
  { to: "PV1-2", from: "Encounter.class", as: coding, table: "patient-class" },
  { to: "PV1-3", from: "Encounter.location", where: isCurrent, takes: "first", as: placeOf },
  { to: "PV1-3", id: "any", from: "Encounter.location", takes: "first", as: placeOf },
  {
    to: "PV1-4",
    from: "Encounter.type",
    takes: "first",
    as: cwe,
    table: "admission-type",
    unlisted: "leave out",
  },
  participants("PV1-7[]", "ATND"),
  participants("PV1-8[]", "REF"),
  participants("PV1-9[]", "CON"),
  { to: "PV1-10", from: "Encounter.serviceType", as: cwe },
  {
    to: "PV1-14",
    from: "Encounter.hospitalization.admitSource",
    as: cwe,
    table: "admit-source",
    unlisted: "pass",
  },
  participants("PV1-17[]", "ADM"),
  { to: "PV1-19", from: numbers, where: isOfType("VN"), takes: "first", as: cx("VN") },
  { to: "PV1-19", id: "untyped", from: numbers, where: isUntyped, takes: "first", as: cx("VN") },
  {
    to: "PV1-36",
    from: "Encounter.hospitalization.dischargeDisposition",
    as: cwe,
    table: "discharge-disposition",
    unlisted: "pass",
  },
  { to: "PV1-39", from: "Encounter.serviceProvider", as: xon },
  { to: "PV1-44", from: "Encounter.period.start", as: ts },
  { to: "PV1-45", from: "Encounter.period.end", as: ts },
  participants("PV1-52[]", "PART"),
];

/**
 * The visit, or as much of it as the reference to it says.
 *
 * @see HL7 v2.5.1, chapter 3.4.3 (PV1)
 */
export const pv1 = defineSegment("visit", {
  segment: "PV1",
  rows: [...rows, { to: "PV1-2", id: "unknown", is: "U", when: not(has("Encounter")) }],
});

/** In a message about a person: class N where no visit is meant, for PV1 must not be missing. */
export const pv1OfPerson = defineSegment("visit", {
  segment: "PV1",
  isAlwaysWritten: true,
  rows: [...rows, { to: "PV1-2", id: "none", is: "N", when: not(has("Encounter")) }],
});

/** @see HL7 v2.5.1, chapter 3.4.4 (PV2) */
export const pv2 = defineSegment("visit", {
  segment: "PV2",
  when: anyOf(has("Encounter.reasonCode"), has("Encounter.priority")),
  rows: [
    { to: "PV2-3", from: "Encounter.reasonCode", as: cwe },
    { to: "PV2-25", from: "Encounter.priority", as: cwe },
  ],
});

/** Those who take part in a way of v3-ParticipationType. */
function participants(to: string, type: string): Row {
  return {
    to,
    from: "Encounter.participant",
    where: (node) => node.along(["type", "coding"]).some((each) => each.peek("code") === type),
    as: individual,
  };
}

function individual(...[node, sight, lookup]: Parameters<Converter>): ReturnType<Converter> {
  const found = node.child("individual");
  const made = found && xcn(found, sight, lookup);
  if (made !== undefined) for (const type of node.children("type")) type.use();
  return made;
}

function placeOf(...[node, sight, lookup]: Parameters<Converter>): ReturnType<Converter> {
  node.child("status")?.use();
  const found = node.child("location");
  return found && pl(found, sight, lookup);
}

function isCurrent(node: Node): boolean {
  return node.peek("status") === "active";
}
