import type { Practitioner, PractitionerRole, Provenance } from "@trestle/fhir";
import { Repetition, type Segment } from "@trestle/hl7v2";
import { segmentOf } from "../datatypes/beside.ts";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape, plnShape, xcnShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { preferred } from "../datatypes/preferred.ts";
import { instant } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xcnLine, xcnName } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { allOf, anyOf, has, lacks, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { type Part, isWritten, textIn } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { Scope } from "../rows/scope.ts";
import { Group } from "../structure/group.ts";
import type { GroupName } from "../structure/group-kinds.ts";
import { partDevice } from "./device.ts";
import { placeWithAddress } from "./location.ts";
import { partOrganization } from "./organization-at.ts";
import { isRoleShown } from "./participation.ts";
import { practitioner } from "./practitioner.ts";
import { isDeletedBeside, rolePeriod } from "./role-rows.ts";
import { thePatient } from "./subject.ts";

const role = eiShape("role");

/**
 * Who and what has a part in an order, a specimen, a result, a procedure or in the care of the
 * patient, where PRT says more than who, or in a role that the resource has no element for, such as
 * who gets a copy.
 *
 * @see HL7 v2.8.2, chapter 7.4.4 (PRT)
 */
export const participationProvenance = defineMap<Provenance>("participationProvenance", {
  type: "Provenance",
  when: ({ scope }) => {
    const { group } = scope;
    // The role of somebody in a visit has a resource of its own.
    if (group.name === "visitRole" && has("PRT-5")({ scope }, {})) return false;
    return group.segments("PRT").some((segment) => isTold(segment, scope));
  },
  keys: [["MSH-10", thePatient]],
  repeated: "numbered",
  needs: ["target", "recorded", "agent"],
  rows: [
    targetIn("order", "serviceRequest"),
    targetIn("order", "medicationRequest"),
    targetIn("order", "diagnosticReport"),
    ...["immunization", "medicationAdministration", "medicationDispense", "supplyRequest"].map(
      (map) => targetIn("order", map, without("target")),
    ),
    targetIn("specimen", "specimen"),
    targetIn("observation", "observation"),
    targetIn("observation", "attachedDocument"),
    targetIn("orderDocument", "documentReference"),
    targetIn("procedureRole", "procedure"),
    targetIn("visitRole", "encounter"),
    targetIn("role", "patient"),
    { to: "recorded", from: "MSH-7", as: instant },
    { to: "agent[]", from: "PRT-4", as: agents },
  ],
});

function targetIn(group: GroupName, map: string, when?: Condition): Row<"target"> {
  const isThere: Condition = ({ scope }) => scope.group.name === group;
  const condition = when === undefined ? isThere : allOf(isThere, when);
  return { to: "target[]", id: map, refersTo: map, when: condition };
}

/** PRT-4 and what stands beside it: somebody in the role, a device, or both. */
function agents(...[part, scope]: Parameters<Converter>): unknown {
  if (!isTold(segmentOf(part), scope)) return undefined;
  const alone = scopeOf(part, scope);
  const type = cwe(part, scope, { table: "provider-role", isPartial: true });
  const made = [partRole, partDevice].flatMap((map) => {
    const who = build(map, { scope: alone })?.reference;
    return who === undefined ? [] : [{ ...(type !== undefined && { type }), who }];
  });
  return made.length === 0 ? undefined : made;
}

/** What rows see that read one PRT of several. */
function scopeOf(part: Part, scope: Scope): Scope {
  const group = new Group("role", scope.group);
  group.add(segmentOf(part));
  return new Scope(scope.draft, group, scope);
}

/** The person, the organization or the place in the role. */
const partRole = defineMap<PractitionerRole>("partRole", {
  type: "PractitionerRole",
  when: anyOf(...[5, 6, 7, 8, 9].map((number) => has(`PRT-${number}`))),
  keys: [
    [identifierKey("PRT-1", role), "PRT-1.2"],
    [
      thePatient,
      ["PRT-5.1", "PRT-5.2"],
      ["PRT-4.1"],
      ["PRT-8.10", "PRT-8.3", "PRT-8.1", "PRT-7.1"],
      ["PRT-9.1"],
    ],
  ],
  rows: [
    { to: "identifier[]", from: "PRT-1", as: identifier(role), when: has("PRT-1.2") },
    { to: "identifier[]", id: "contact", from: "PRT-24", as: identifier(plnShape) },
    ...rolePeriod,
    { to: "practitioner", from: "PRT-5", as: holder },
    { to: "organization", from: "PRT-8", as: partOrganization },
    { to: "organization.display", id: "kind", from: ["PRT-7.2", "PRT-7.1"], when: lacks("PRT-8") },
    { to: "code[]", from: "PRT-4", as: cwe, table: "provider-role", isPartial: true },
    { to: "specialty[]", from: "PRT-6", as: cwe },
    { to: "location[]", from: "PRT-9", as: placeWithAddress },
    { to: "telecom[]", from: "PRT-15", as: preferred(23, xtn("work")) },
  ],
  refersWith: [{ to: "display", from: "PRT-5", as: xcnLine }],
});

/** The person with the address that PRT-14 gives. */
const partPerson = defineMap<Practitioner>("partPerson", {
  type: "Practitioner",
  keys: [[identifierKey("PRT-5", xcnShape)]],
  adds: ["address"],
  rows: [
    { to: "identifier[]", from: "PRT-5", as: identifier(xcnShape) },
    { to: "name[]", from: "PRT-5", as: firstName },
    { to: "address[]", from: "PRT-14", as: xad },
  ],
  refersWith: [{ to: "display", from: "PRT-5", as: xcnLine }],
});

/** Further repetitions name the same person by another number. */
function firstName(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return part instanceof Repetition && part.index > 0 ? undefined : xcnName(part, scope, lookup);
}

function holder(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const hasNumber = textIn(part, 1) !== undefined;
  return hasNumber ? build(partPerson, { scope })?.reference : practitioner(part, scope, lookup);
}

/** More than a person in a role that the resource itself shows, and not taken back. */
function isTold(segment: Segment, scope: Scope): boolean {
  const [code] = segment.field(4).repetitions;
  if (code === undefined || isDeletedBeside(code)) return false;
  if (details.some((number) => isWritten(segment.field(number)))) return true;
  return !named.has(scope.group.name) && !isRoleShown(code, scope);
}

/** Where every person has a resource that says the role, or is named by it. */
const named: ReadonlySet<string> = new Set(["role", "visitRole", "procedureRole"]);

const details = [6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24];
