import type { Organization } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { oldXonShape, xonShape } from "../datatypes/cx.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier, keyOf } from "../datatypes/identifier.ts";
import { xad } from "../datatypes/xad.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import { organization } from "./organization.ts";

interface Places {
  readonly name: string;
  readonly address?: string;
  readonly phone?: string;
  readonly type?: string;
}

/**
 * An XON whose address, phone or type stand in fields of their own, as an Organization. Without a
 * number it is known by its name alone, and only that is kept.
 */
function organizationAt(map: string, { name, address, phone, type }: Places): Converter {
  const definition = defineMap<Organization>(map, {
    type: "Organization",
    keys: [[numberAt(name)]],
    rows: [
      { to: "identifier[]", from: name, as: identifier(xonShape) },
      {
        to: "identifier[]",
        id: "number",
        from: name,
        as: identifier(oldXonShape),
        when: lacks(`${name}.10`),
      },
      { to: "name", from: `${name}.1` },
      ...(type === undefined ? [] : [{ to: "type[]", from: type, as: cwe } as const]),
      ...(address === undefined ? [] : [{ to: "address[]", from: address, as: xad } as const]),
      ...(phone === undefined ? [] : [{ to: "telecom[]", from: phone, as: xtn("work") } as const]),
    ],
    refersWith: [{ to: "display", from: `${name}.1` }],
  });
  return (part, scope, lookup) => {
    if (!(part instanceof Repetition) || part.index > 0) return undefined;
    return numberAt(name)({ scope }) === undefined
      ? organization(part, scope, lookup)
      : build(definition, { scope })?.reference;
  };
}

/** ORC-21, with the address in ORC-22 and the phone in ORC-23. */
export const orderingFacility = organizationAt("orderingFacility", {
  name: "ORC-21",
  address: "ORC-22",
  phone: "ORC-23",
});

/** OBX-23, with the address in OBX-24. */
export const performingOrganization = organizationAt("performingOrganization", {
  name: "OBX-23",
  address: "OBX-24",
});

/** PRT-8, with the type of the organization in PRT-7. */
export const partOrganization = organizationAt("partOrganization", {
  name: "PRT-8",
  type: "PRT-7",
});

function numberAt(name: string) {
  return ({ scope }: Reading): KeyValue | undefined => {
    const [part] = scope.parts(placeOf(name));
    if (part === undefined) return undefined;
    const value = keyOf(part, scope, xonShape) ?? keyOf(part, scope, oldXonShape);
    return value === undefined ? undefined : { value, part };
  };
}
