import type { Organization, Reference } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { oldXonShape, xonShape } from "../datatypes/cx.ts";
import { cwe } from "../datatypes/cwe.ts";
import { identifier, keyOf } from "../datatypes/identifier.ts";
import { xad } from "../datatypes/xad.ts";
import { xtn } from "../datatypes/xtn.ts";
import { build } from "../rows/build.ts";
import { anyOf, has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyPiece, KeyValue } from "../rows/key.ts";
import { type Part, textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { organization } from "./organization.ts";

interface Places {
  readonly name: string;
  readonly address?: string;
  readonly phone?: string;
  readonly type?: string;
}

/**
 * An XON whose address, phone or type stand in fields of their own, as an Organization. Without a
 * number it is known by its name and these; where it has none of them either, only the name is kept.
 */
function organizationAt(map: string, { name, address, phone, type }: Places): Converter {
  const numberOf = numberAt(name);
  const beside = [address, phone, type].filter((place) => place !== undefined);
  const isDescribed = anyOf(...beside.map(has));
  const definition = defineMap<Organization>(map, {
    type: "Organization",
    keys: [[numberOf], [described, `${name}.1`, ...beside.map((place) => [wholeOf(place)])]],
    adds: ["telecom", "address"],
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
      ...(type === undefined ? [] : [typeRow(type, numberOf)]),
      ...(address === undefined ? [] : [{ to: "address[]", from: address, as: xad } as const]),
      ...(phone === undefined ? [] : [{ to: "telecom[]", from: phone, as: xtn("work") } as const]),
    ],
    refersWith: [{ to: "display", from: `${name}.1` }],
  });
  return (part, scope, lookup) => {
    if (!(part instanceof Repetition) || part.index > 0) return undefined;
    const isKnown = numberOf({ scope }) !== undefined || isDescribed({ scope }, {});
    if (!isKnown) return organization(part, scope, lookup);
    const reference = build(definition, { scope })?.reference;
    const kind = type !== undefined && numberOf({ scope }) !== undefined && scope.part(type);
    return kind && reference ? withKind(reference, kind, scope) : reference;
  };
}

/** An organization with a number is referred to by others, whose unit may be of another kind. */
function typeRow(from: string, numberOf: ReturnType<typeof numberAt>): Row<"type"> {
  return { to: "type[]", from, as: cwe, when: (reading) => numberOf(reading) === undefined };
}

/** The kind of unit beside the name of the organization, in the words of this reference alone. */
function withKind(reference: Reference, kind: Part, scope: Scope): Reference {
  const words = textIn(kind, 2) ?? textIn(kind, 1);
  const display = [reference.display, words].filter((each) => each !== undefined).join(", ");
  const made = { ...reference, display };
  scope.draft.trace?.note(made, "display", { part: kind });
  return made;
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

/** PRT-8, with the kind of unit in PRT-7. */
export const partOrganization = organizationAt("partOrganization", {
  name: "PRT-8",
  type: "PRT-7",
});

/** Parts the key of an organization without a number from others. */
function described(): KeyValue {
  return { value: "by name", name: "that it has no number" };
}

/** All that is written in a field. */
function wholeOf(place: string): KeyPiece {
  const at = placeOf(place);
  return ({ scope }) => {
    const { parts } = scope.find(at);
    const [part] = parts;
    return part && { value: parts.map(({ raw }) => raw).join("~"), part };
  };
}

function numberAt(name: string) {
  return ({ scope }: Reading): KeyValue | undefined => {
    const [part] = scope.parts(placeOf(name));
    if (part === undefined) return undefined;
    const value = keyOf(part, scope, xonShape) ?? keyOf(part, scope, oldXonShape);
    return value === undefined ? undefined : { value, part };
  };
}
