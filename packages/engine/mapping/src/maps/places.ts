import type { Location } from "@trestle/fhir";
import { build } from "../rows/build.ts";
import { has, lacks } from "../rows/conditions.ts";
import { type ResourceMap, defineMap } from "../rows/define-map.ts";
import { textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { facility } from "./organization.ts";
import {
  bedName,
  isNamed,
  isSmallest,
  keyOfRoom,
  kindOfPlace,
  local,
  piecesOf,
  placedIn,
  roomName,
  whole,
} from "./place-identity.ts";

/** A place, not a kind of places, and who runs it. */
const everyPlace: readonly Row<keyof Location>[] = [
  { to: "mode", is: "instance" },
  { to: "managingOrganization", from: 4, as: facility },
];

export const buildingMap = defineMap<Location>("building", {
  type: "Location",
  recurs: true,
  when: isNamed(7),
  keys: [[kindOfPlace("building"), piecesOf(4, 7)]],
  rows: [
    { to: "identifier[]", from: 0, as: whole, when: isSmallest(1, 2, 3, 8) },
    { to: "name", from: 7 },
    { to: "physicalType", is: physicalType("bu", "Building") },
    ...everyPlace,
  ],
  refersWith: [{ to: "display", from: 7 }],
});

export const floorMap = defineMap<Location>("floor", {
  type: "Location",
  recurs: true,
  when: isNamed(8),
  keys: [[kindOfPlace("floor"), piecesOf(4, 7, 8)]],
  rows: [
    { to: "identifier[]", from: 0, as: whole, when: isSmallest(1, 2, 3) },
    { to: "name", from: 8 },
    { to: "physicalType", is: physicalType("lvl", "Level") },
    { to: "partOf", from: 0, as: firstOf(buildingMap) },
    ...everyPlace,
  ],
  refersWith: [{ to: "display", from: 8 }],
});

const aroundWard = firstOf(floorMap, buildingMap);

export const wardRows: readonly Row<keyof Location>[] = [
  { to: "identifier[]", from: 1, as: local("location") },
  { to: "identifier[]", id: "department", from: 11, as: local("department"), when: lacks(10) },
  { to: "identifier[]", id: "whole", from: 0, as: whole, when: isSmallest(2, 3) },
  { to: "name", from: [9, 1] },
  { to: "partOf", from: 0, as: aroundWard },
  ...everyPlace,
];

export const wardReference: readonly Row<"display">[] = [{ to: "display", from: [9, 1] }];

export const wardMap = defineMap<Location>("ward", {
  type: "Location",
  recurs: true,
  when: isNamed(1),
  keys: [[piecesOf(4, 1), [placedIn]]],
  rows: wardRows,
  refersWith: wardReference,
});

const aroundRoom = firstOf(wardMap, floorMap, buildingMap);

export const roomRows: readonly Row<keyof Location>[] = [
  { to: "identifier[]", from: 0, as: whole, when: isSmallest(3) },
  { to: "name", from: 0, as: roomName },
  { to: "description", from: 9, when: lacks(3) },
  { to: "physicalType", is: physicalType("ro", "Room") },
  { to: "partOf", from: 0, as: aroundRoom },
  ...everyPlace,
];

export const roomReference: readonly Row<"display">[] = [{ to: "display", from: 0, as: roomName }];

export const roomMap = defineMap<Location>("room", {
  type: "Location",
  recurs: true,
  when: isNamed(2),
  keys: [[keyOfRoom, [placedIn]]],
  rows: roomRows,
  refersWith: roomReference,
});

const aroundBed = firstOf(roomMap, wardMap, floorMap, buildingMap);

export const bedRows: readonly Row<keyof Location>[] = [
  { to: "identifier[]", from: 0, as: whole },
  { to: "name", from: 0, as: bedName },
  { to: "description", from: 9 },
  { to: "physicalType", id: "bed", is: physicalType("bd", "Bed"), when: has(3) },
  { to: "physicalType", id: "room", is: physicalType("ro", "Room") },
  { to: "partOf", id: "bed", from: 0, as: aroundBed, when: has(3) },
  { to: "partOf", id: "room", from: 0, as: aroundRoom },
  ...everyPlace,
];

export const bedReference: readonly Row<"display">[] = [{ to: "display", from: 0, as: bedName }];

export const bedMap = defineMap<Location>("bed", {
  type: "Location",
  recurs: true,
  when: isNamed(3),
  keys: [[piecesOf(4, 1, 2, 3), [placedIn]]],
  rows: bedRows,
  refersWith: bedReference,
});

/** The place in which a bed, a room or a ward is. */
export const placeAround: Converter = (part, scope, lookup) => {
  if (textIn(part, 3) !== undefined) return aroundBed(part, scope, lookup);
  return textIn(part, 2) === undefined
    ? aroundWard(part, scope, lookup)
    : aroundRoom(part, scope, lookup);
};

/** The place around: the first of these that the PL names. */
function firstOf(...maps: readonly ResourceMap[]): Converter {
  return (part, scope) => {
    for (const map of maps) {
      const place = build(map, { scope, part });
      if (place !== undefined) return place.reference;
    }
    return undefined;
  };
}

function physicalType(code: string, display: string) {
  const system = "http://terminology.hl7.org/CodeSystem/location-physical-type";
  return { coding: [{ system, code, display }] };
}
