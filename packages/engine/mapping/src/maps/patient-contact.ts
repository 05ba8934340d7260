import type { Organization, OrganizationContact, PatientContact } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { code, findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { oldXonShape, xonShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { segmentOf } from "../datatypes/beside.ts";
import { dateTime } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xpn } from "../datatypes/xpn.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { Converter } from "../rows/row.ts";
import { Scope } from "../rows/scope.ts";

/** What a contact of a patient is made of, seen from inside of its NK1. */
const contactRows = composite<PatientContact>("NK1", [
  { to: "relationship[]", from: "NK1-3", as: cwe, table: "relationship" },
  {
    to: "relationship[]",
    id: "role",
    from: "NK1-7",
    as: cwe,
    table: "contact-role",
    isPartial: true,
  },
  { to: "name", from: "NK1-2", as: xpn },
  { to: "telecom[]", id: "home", from: "NK1-5", as: xtn("home") },
  { to: "telecom[]", id: "work", from: "NK1-6", as: xtn("work") },
  { to: "telecom[]", id: "further", from: "NK1-40", as: xtn("home") },
  { to: "telecom[]", id: "contactPerson", from: "NK1-41", as: xtn("work") },
  { to: "address", from: "NK1-4", as: xad },
  { to: "gender", from: "NK1-15", as: code, table: "gender" },
  { to: "organization", from: "NK1-13", as: contactOrganization },
  { to: "period.start", from: "NK1-8", as: dateTime },
  { to: "period.end", from: "NK1-9", as: dateTime },
]);

/** NK1-2 or, where it names nobody, NK1-13: one contact for each NK1. */
export const contact: Converter = (part, scope, lookup) => {
  const segment = segmentOf(part);
  const group = scope.group.holderOf(segment);
  const first = segment.field(2).isEmpty ? segment.field(13) : segment.field(2);
  if (group === undefined || part.at !== first.at) return undefined;
  return contactRows(part, new Scope(scope.draft, group, scope), lookup);
};

/** The organization that an NK1 names, with the person to ask for there. */
const organizationMap = defineMap<Organization>("contactOrganization", {
  type: "Organization",
  when: has("NK1-13"),
  keys: [[identifierKey("NK1-13", xonShape)], [identifierKey("NK1-13", oldXonShape)], ["NK1-13.1"]],
  rows: [
    { to: "identifier[]", from: "NK1-13", as: identifier(xonShape) },
    {
      to: "identifier[]",
      id: "number",
      from: "NK1-13",
      as: identifier(oldXonShape),
      when: lacks("NK1-13.10"),
    },
    { to: "active", is: true },
    { to: "name", from: "NK1-13.1" },
    { to: "contact[]", from: ["NK1-30", "NK1-31", "NK1-32"], as: contactPerson() },
  ],
  refersWith: [{ to: "display", from: "NK1-13.1" }],
});

function contactOrganization(...[, scope]: Parameters<Converter>): unknown {
  return build(organizationMap, { scope })?.reference;
}

/** One person, however many fields tell of it. */
function contactPerson(): Converter {
  const person = composite<OrganizationContact>("NK1", [
    { to: "name", from: "NK1-30", as: xpn },
    { to: "telecom[]", from: "NK1-31", as: xtn("work") },
    { to: "address", from: "NK1-32", as: xad },
  ]);
  return (part, scope, lookup) =>
    part instanceof Repetition && part.index === 0 ? person(part, scope, lookup) : undefined;
}

/** An employer, an insurer or an office is a contact and no related person. */
export function isAgency({ scope }: Reading): boolean {
  const parts = [scope.part("NK1-3"), scope.part("NK1-7")];
  return parts.some((part) => part && findRow(part, scope, "contact-agency") !== undefined);
}
