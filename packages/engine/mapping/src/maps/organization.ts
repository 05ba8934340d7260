import type { Identifier, Organization, Reference } from "@trestle/fhir";
import { localSystem } from "../datatypes/code.ts";
import { oldXonShape, xonShape } from "../datatypes/cx.ts";
import { universalIdentifier } from "../datatypes/universal-identifier.ts";
import { identifier, keyOf } from "../datatypes/identifier.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** XON: a reference to the Organization, which is added to the result. */
export const organization: Converter = (part, scope) => {
  return build(organizationMap, { scope, part })?.reference ?? named(part, scope, {});
};

/** HD where it names a facility, as MSH-4 and PL.4: a reference to the Organization. */
export const facility: Converter = (part, scope) => build(facilityMap, { scope, part })?.reference;

const organizationMap = defineMap<Organization>("organization", {
  type: "Organization",
  recurs: true,
  when: (reading) => numberOf(reading) !== undefined,
  keys: [[numberOf]],
  rows: [
    { to: "identifier[]", from: 0, as: identifier(xonShape) },
    { to: "identifier[]", id: "number", from: 0, as: identifier(oldXonShape), when: lacks(10) },
    { to: "name", from: 1 },
  ],
  refersWith: [{ to: "display", from: 1 }],
});

const facilityMap = defineMap<Organization>("facility", {
  type: "Organization",
  recurs: true,
  keys: [[codeOf]],
  rows: [
    { to: "identifier[]", from: 0, as: facilityCode },
    { to: "identifier[]", id: "universal", from: 0, as: universalId, when: has(2) },
    { to: "name", from: [1, 2] },
  ],
  refersWith: [{ to: "display", from: [1, 2] }],
});

const named = composite<Reference>("XON", [{ to: "display", from: 1 }]);

function numberOf({ scope, part }: Reading): KeyValue | undefined {
  if (part === undefined) return undefined;
  const value = keyOf(part, scope, xonShape) ?? keyOf(part, scope, oldXonShape);
  return value === undefined ? undefined : { value, part };
}

function codeOf({ scope, part }: Reading): KeyValue | undefined {
  const name = part === undefined ? undefined : (textIn(part, 1) ?? textIn(part, 2));
  if (name === undefined || part === undefined) return undefined;
  return { value: `${localSystem(scope, "facility")}|${name}`, part };
}

function facilityCode(...[part, scope]: Parameters<Converter>): Identifier | undefined {
  const value = textIn(part, 1);
  return value === undefined ? undefined : { system: localSystem(scope, "facility"), value };
}

function universalId(...[part]: Parameters<Converter>): Identifier | undefined {
  return universalIdentifier(part, { value: 1, authorityFrom: 1, kind: "facility" });
}
