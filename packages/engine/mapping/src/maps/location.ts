import type { Location, Reference } from "@trestle/fhir";
import { localSystem } from "../datatypes/code.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { any, has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Condition, Converter } from "../rows/row.ts";
import { facility } from "./organization.ts";

/** PL: a reference to the bed or room, part of its ward or clinic; both are added to the result. */
export const location: Converter = (part, scope) => {
  const place = build(roomMap, { scope, part }) ?? build(wardMap, { scope, part });
  return place?.reference ?? described(part, scope, {});
};

const ward: Converter = (part, scope) => build(wardMap, { scope, part })?.reference;

/** Point of care, room and bed, as people at the site would say it. */
const roomName: Converter = (part) => words(part, [1, 2, 3]).join(" ");

const wardMap = defineMap<Location>("ward", {
  type: "Location",
  recurs: true,
  when: isNamed(1),
  keys: [[piecesOf(4, 1)]],
  rows: [
    { to: "identifier[]", from: 1, as: local("location") },
    { to: "identifier[]", id: "department", from: 11, as: local("department"), when: lacks(10) },
    { to: "name", from: [9, 1] },
    { to: "managingOrganization", from: 4, as: facility },
  ],
  refersWith: [{ to: "display", from: [9, 1] }],
});

const roomMap = defineMap<Location>("room", {
  type: "Location",
  recurs: true,
  when: any(isNamed(2), isNamed(3)),
  keys: [[piecesOf(4, 1, 2, 3)]],
  rows: [
    { to: "name", from: 0, as: roomName },
    { to: "physicalType", id: "bed", is: physicalType("bd", "Bed"), when: has(3) },
    { to: "physicalType", id: "room", is: physicalType("ro", "Room") },
    { to: "managingOrganization", from: 4, as: facility },
    { to: "partOf", from: 0, as: ward },
  ],
  refersWith: [{ to: "display", from: 0, as: roomName }],
});

/** A place that is only described, not coded. */
const described = composite<Reference>("PL", [{ to: "display", from: 9 }]);

function isNamed(component: number): Condition {
  return ({ part }) => part !== undefined && textIn(part, component) !== undefined;
}

function piecesOf(...numbers: readonly number[]) {
  return ({ part }: Reading): KeyValue | undefined => {
    if (part === undefined) return undefined;
    return { value: numbers.map((number) => textIn(part, number) ?? "").join("|"), part };
  };
}

function local(name: string): Converter {
  return (part, scope) => {
    const value = textIn(part, 1);
    return value === undefined ? undefined : { system: localSystem(scope, name), value };
  };
}

function words(part: Part, numbers: readonly number[]): readonly string[] {
  return numbers.map((number) => textIn(part, number)).filter((word) => word !== undefined);
}

function physicalType(code: string, display: string) {
  const system = "http://terminology.hl7.org/CodeSystem/location-physical-type";
  return { coding: [{ system, code, display }] };
}
