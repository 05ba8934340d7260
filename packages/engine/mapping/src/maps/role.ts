import type { Organization, Practitioner, PractitionerRole } from "@trestle/fhir";
import { Repetition, type Segment } from "@trestle/hl7v2";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape, oldXonShape, plnShape, xcnShape, xonShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { xad } from "../datatypes/xad.ts";
import { xcnLine, xcnName } from "../datatypes/xpn.ts";
import { preferred } from "../datatypes/preferred.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { allOf, anyOf, has, isOneOf, not } from "../rows/conditions.ts";
import { type ResourceMap, defineMap } from "../rows/define-map.ts";
import { isWritten, textIn } from "../rows/part.ts";
import type { Condition, Converter } from "../rows/row.ts";
import { location } from "./location.ts";
import { organization } from "./organization.ts";
import { partOrganization } from "./organization-at.ts";
import { practitioner } from "./practitioner.ts";
import { isRelative } from "./relative.ts";
import { hasEnded, isDeleted, isGivenAgain, person, roleCodeRow, rolePeriod } from "./role-rows.ts";
import { thePatient } from "./subject.ts";

const hasPerson = anyOf(has("ROL-4"), has("PRT-5"));
const role = eiShape("role");
const xonNumber = identifier(xonShape);
const oldXonNumber = identifier(oldXonShape);

/** ROL-12, PRT-15; PRT-23 says which of them the person prefers. */
const contactPoint = preferred(23, xtn("work"));

const isPrimaryCare = anyOf(isOneOf("ROL-3.1", "PP"), isOneOf("PRT-4.1", "PP"));
const isInVisit = allOf(not(isPrimaryCare), not(isRelative));

/** Who gives primary care now; the patient says nothing of the time for which it is so. */
const isFormer = anyOf(isDeleted, allOf(isPrimaryCare, hasEnded));

/**
 * Where a segment says more than who and since when. ROL-1 and PRT-1 count where they name their
 * authority; alone they only number the segment.
 */
const details: Readonly<Record<string, readonly number[]>> = {
  ROL: [6, 11, 12, 13, 14],
  PRT: [6, 8, 9, 12, 14, 15, 24],
};

/** Whether a ROL or PRT needs a role of its own, and not only a person. */
export function isDetailedRole(segment: Segment): boolean {
  const places = details[segment.name] ?? [];
  const isNumbered = segment.field(1).component(2).text !== undefined;
  return isNumbered || places.some((number) => isWritten(segment.field(number)));
}

const isDetailed: Condition = ({ scope }) =>
  [...scope.segments("ROL"), ...scope.segments("PRT")].some(isDetailedRole);

/** Who cares for the patient in general, where the segment tells it in detail. */
export const primaryCareRole = inRole(
  "primaryCareRole",
  allOf(isPrimaryCare, isDetailed, not(isFormer)),
);

/** A role that somebody has no more: nothing refers to it. */
export const formerRole = inRole(
  "formerRole",
  allOf(not(isRelative), isDetailed, isFormer, not(isGivenAgain)),
);

/** An organization that cares for the patient, where the segment names nobody there. */
export const careOrganization = defineMap<Organization>("careOrganization", {
  type: "Organization",
  when: allOf(not(hasPerson), not(isPrimaryCare), not(isDeleted), not(has("PRT-10"))),
  keys: [
    [identifierKey("ROL-14", xonShape)],
    [identifierKey("PRT-8", xonShape)],
    [identifierKey("ROL-14", oldXonShape)],
    [identifierKey("PRT-8", oldXonShape)],
  ],
  rows: [
    { to: "identifier[]", from: ["ROL-14", "PRT-8"], as: organizationNumber },
    { to: "type[]", from: ["ROL-10", "PRT-7"], as: cwe },
    { to: "name", from: ["ROL-14.1", "PRT-8.1"] },
    { to: "address[]", from: ["ROL-11", "PRT-14"], as: xad },
    { to: "telecom[]", from: ["ROL-12", "PRT-15"], as: contactPoint },
  ],
  refersWith: [{ to: "display", from: ["ROL-14.1", "PRT-8.1"] }],
});

/** Who has a part in the visit. */
export const visitRole = inRole("visitRole", allOf(isInVisit, isDetailed, not(isDeleted)));

/** The same without details. */
export const visitPerson = inPerson(
  "visitPerson",
  allOf(isInVisit, not(isDetailed), not(isDeleted)),
);

/** Who has another part in the care of the patient. */
export const careMember = inPerson(
  "careMember",
  allOf(not(isPrimaryCare), not(isRelative), not(isDeleted)),
);

/** Who did the procedure. */
export const procedurePerson = inPerson("procedurePerson", not(isDeleted));

function inRole(name: string, when: Condition): ResourceMap {
  return defineMap<PractitionerRole>(name, {
    type: "PractitionerRole",
    when: allOf(when, hasPerson),
    keys: [
      [identifierKey("ROL-1", role), "ROL-1.2"],
      [identifierKey("PRT-1", role), "PRT-1.2"],
      [thePatient, ["ROL-4.1", "ROL-4.2", "PRT-5.1", "PRT-5.2"], ["ROL-3.1", "PRT-4.1"]],
    ],
    rows: [
      { to: "identifier[]", id: "role", from: "ROL-1", as: identifier(role), when: has("ROL-1.2") },
      { to: "identifier[]", id: "part", from: "PRT-1", as: identifier(role), when: has("PRT-1.2") },
      { to: "identifier[]", id: "contact", from: "PRT-24", as: identifier(plnShape) },
      { to: "active", is: false, when: isFormer },
      ...rolePeriod,
      { to: "practitioner", from: person, as: holder },
      { to: "organization", from: "ROL-14", as: organization },
      { to: "organization", id: "part", from: "PRT-8", as: partOrganization },
      { to: "code[]", ...roleCodeRow },
      { to: "specialty[]", from: ["ROL-9", "PRT-6"], as: cwe },
      { to: "location[]", from: ["ROL-13", "PRT-9"], as: location },
      { to: "telecom[]", from: ["ROL-12", "PRT-15"], as: contactPoint },
    ],
    refersWith: [{ to: "display", from: person, as: xcnLine }],
  });
}

function inPerson(name: string, when: Condition): ResourceMap {
  return defineMap<Practitioner>(name, {
    type: "Practitioner",
    when: allOf(when, hasPerson),
    keys: [[identifierKey("ROL-4", xcnShape)], [identifierKey("PRT-5", xcnShape)]],
    rows: [
      { to: "identifier[]", from: person, as: identifier(xcnShape) },
      { to: "name[]", from: person, as: firstName },
      { to: "telecom[]", from: ["ROL-12", "PRT-15"], as: contactPoint },
      { to: "address[]", from: ["ROL-11", "PRT-14"], as: xad },
    ],
    refersWith: [{ to: "display", from: person, as: xcnLine }],
  });
}

function organizationNumber(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return xonNumber(part, scope, lookup) ?? oldXonNumber(part, scope, lookup);
}

/** The person in a role with the address that the segment gives. */
const holderMap = inPerson("roleHolder", hasPerson);

function holder(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const hasNumber = textIn(part, 1) !== undefined;
  return hasNumber ? build(holderMap, { scope })?.reference : practitioner(part, scope, lookup);
}

/** Further repetitions name the same person by another number. */
function firstName(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return part instanceof Repetition && part.index > 0 ? undefined : xcnName(part, scope, lookup);
}
