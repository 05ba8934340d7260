import type { Location, Reference } from "@trestle/fhir";
import { coding, localSystem } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { xad } from "../datatypes/xad.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has, lacks } from "../rows/conditions.ts";
import { type ResourceMap, defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { placeOf } from "../rows/place.ts";
import { type Part, inside, textIn } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { facility } from "./organization.ts";

/**
 * PL: a reference to the smallest place that it names. A bed is part of its room, that of its ward
 * or clinic, floor and building; all of them are added to the result.
 */
export const location: Converter = (part, scope) => {
  const smallest = isInState(part, scope) ? [assignedRoomMap] : [bedMap, roomMap];
  for (const map of [...smallest, wardMap, floorMap, buildingMap]) {
    const place = build(map, { scope, part });
    if (place !== undefined) return place.reference;
  }
  return described(part, scope, {});
};

/** `location`, with the address that RXA-28 or a PRT without a person gives the place. */
export const placeWithAddress: Converter = (part, scope, lookup) => {
  const hasAddress = ["RXA-28", "PRT-14"].some((place) => scope.parts(placeOf(place)).length > 0);
  if (!hasAddress) return location(part, scope, lookup);
  for (const map of addressedPlaces) {
    const place = build(map, { scope, part });
    if (place !== undefined) return place.reference;
  }
  return location(part, scope, lookup);
};

/** Point of care, room and bed, as people at the site would say it. */
const bedName: Converter = (part) => words(part, [1, 2, 3]).join(" ");
const roomName: Converter = (part) => words(part, [1, 2]).join(" ");

/** A place, not a kind of places, and who runs it. */
const everyPlace: readonly Row<keyof Location>[] = [
  { to: "mode", is: "instance" },
  { to: "managingOrganization", from: 4, as: facility },
];

const buildingMap = defineMap<Location>("building", {
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

const floorMap = defineMap<Location>("floor", {
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

const wardRows: readonly Row<keyof Location>[] = [
  { to: "identifier[]", from: 1, as: local("location") },
  { to: "identifier[]", id: "department", from: 11, as: local("department"), when: lacks(10) },
  { to: "identifier[]", id: "whole", from: 0, as: whole, when: isSmallest(2, 3) },
  { to: "name", from: [9, 1] },
  { to: "partOf", from: 0, as: aroundWard },
  ...everyPlace,
];

const wardReference: readonly Row<"display">[] = [{ to: "display", from: [9, 1] }];

const wardMap = defineMap<Location>("ward", {
  type: "Location",
  recurs: true,
  when: isNamed(1),
  keys: [[piecesOf(4, 1)]],
  rows: wardRows,
  refersWith: wardReference,
});

const aroundRoom = firstOf(wardMap, floorMap, buildingMap);

const roomRows: readonly Row<keyof Location>[] = [
  { to: "identifier[]", from: 0, as: whole, when: isSmallest(3) },
  { to: "name", from: 0, as: roomName },
  { to: "description", from: 9, when: lacks(3) },
  { to: "physicalType", is: physicalType("ro", "Room") },
  { to: "partOf", from: 0, as: aroundRoom },
  ...everyPlace,
];

const roomReference: readonly Row<"display">[] = [{ to: "display", from: 0, as: roomName }];

const roomMap = defineMap<Location>("room", {
  type: "Location",
  recurs: true,
  when: isNamed(2),
  keys: [[keyOfRoom]],
  rows: roomRows,
  refersWith: roomReference,
});

const aroundBed = firstOf(roomMap, wardMap, floorMap, buildingMap);

const bedRows: readonly Row<keyof Location>[] = [
  { to: "identifier[]", from: 0, as: whole },
  { to: "name", from: 0, as: bedName },
  { to: "description", from: 9 },
  { to: "physicalType", id: "bed", is: physicalType("bd", "Bed"), when: has(3) },
  { to: "physicalType", id: "room", is: physicalType("ro", "Room") },
  { to: "partOf", id: "bed", from: 0, as: aroundBed, when: has(3) },
  { to: "partOf", id: "room", from: 0, as: aroundRoom },
  ...everyPlace,
];

const bedReference: readonly Row<"display">[] = [{ to: "display", from: 0, as: bedName }];

const bedMap = defineMap<Location>("bed", {
  type: "Location",
  recurs: true,
  when: isNamed(3),
  keys: [[piecesOf(4, 1, 2, 3)]],
  rows: bedRows,
  refersWith: bedReference,
});

/** RXA-28, or the address of a PRT that names nobody: that of the place. */
const addressRows: readonly Row<keyof Location>[] = [
  { to: "address", from: "RXA-28", as: xad },
  { to: "address", id: "ofPart", from: "PRT-14", as: xad, when: lacks("PRT-5") },
];

/** Places with an address of their own message; maps apart, for the others recur. */
const addressedPlaces = [
  defineMap<Location>("addressedBed", {
    type: "Location",
    when: isNamed(3),
    keys: [[piecesOf(4, 1, 2, 3)]],
    adds: ["address"],
    rows: [...bedRows, ...addressRows],
    refersWith: bedReference,
  }),
  defineMap<Location>("addressedRoom", {
    type: "Location",
    when: isNamed(2),
    keys: [[keyOfRoom]],
    adds: ["address"],
    rows: [...roomRows, ...addressRows],
    refersWith: roomReference,
  }),
  defineMap<Location>("addressedWard", {
    type: "Location",
    when: isNamed(1),
    keys: [[piecesOf(4, 1)]],
    adds: ["address"],
    rows: [...wardRows, ...addressRows],
    refersWith: wardReference,
  }),
];

/** The bed of PV1-3 with its state; one map apart, for the state changes from message to message. */
const assignedRoomMap = defineMap<Location>("assignedRoom", {
  type: "Location",
  when: anyOf(isNamed(2), isNamed(3)),
  keys: [[piecesOf(4, 1, 2, 3)]],
  rows: [{ to: "operationalStatus", from: "PV1-40", as: coding, table: "bed-status" }, ...bedRows],
  refersWith: bedReference,
});

/** DLD: where a patient went on discharge; a place that is known by its code alone. */
export const dischargeLocation: Converter = (part, scope) =>
  textIn(part, 1) === undefined ? undefined : build(dischargeMap, { scope, part })?.reference;

const dischargeMap = defineMap<Location>("dischargeLocation", {
  type: "Location",
  recurs: true,
  keys: [[piecesOf(1)]],
  rows: [
    { to: "identifier[]", from: 1, as: local("discharge-location") },
    { to: "name", from: 1, as: nameInCode },
    { to: "type[]", from: 1, as: cwe, table: "discharge-location", isPartial: true },
  ],
  refersWith: [{ to: "display", from: 1, as: nameInCode }],
});

/** HD as a place, such as EVN-7. */
export const eventFacility: Converter = (part, scope) =>
  build(facilityPlaceMap, { scope, part })?.reference;

const facilityPlaceMap = defineMap<Location>("facilityPlace", {
  type: "Location",
  recurs: true,
  keys: [[piecesOf(1, 2)]],
  rows: [
    { to: "identifier[]", from: 1, as: local("facility") },
    { to: "name", from: [1, 2] },
    { to: "managingOrganization", from: 0, as: facility },
  ],
  refersWith: [{ to: "display", from: [1, 2] }],
});

/** The key of the place that a PL names, wherever it is named. */
export function locationKey(part: Part): KeyValue | undefined {
  const hasRoom = textIn(part, 2) !== undefined || textIn(part, 3) !== undefined;
  return (hasRoom ? piecesOf(4, 1, 2, 3) : piecesOf(4, 1))({ part });
}

/** What a PL calls the place. */
export const placeName: Converter = (part, scope, lookup) =>
  textIn(part, 9) ?? bedName(part, scope, lookup);

/** The code by which the site calls a place. */
export const codeOfPlace = local("location");

/** The code of a ward; a room or a bed has none of its own. */
export const placeCode: Converter = (part, scope, lookup) =>
  textIn(part, 2) === undefined && textIn(part, 3) === undefined
    ? codeOfPlace(inside(part, 1), scope, lookup)
    : undefined;

/** The place in which a bed, a room or a ward is. */
export const placeAround: Converter = (part, scope, lookup) => {
  if (textIn(part, 3) !== undefined) return aroundBed(part, scope, lookup);
  return textIn(part, 2) === undefined
    ? aroundWard(part, scope, lookup)
    : aroundRoom(part, scope, lookup);
};

/** A place that is only described, not coded; else the facility, where nothing else is named. */
const described = composite<Reference>("PL", [{ to: "display", from: [9, 4] }]);

function isNamed(component: number): Condition {
  return ({ part }) => part !== undefined && textIn(part, component) !== undefined;
}

function piecesOf(...numbers: readonly number[]) {
  return ({ part }: Pick<Reading, "part">): KeyValue | undefined => {
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

/** PL.10, which identifies the smallest place; PL.11 says who gave it where PL.10 does not. */
function whole(...args: Parameters<Converter>): unknown {
  const [part, scope, lookup] = args;
  const isAssigned = textIn(inside(part, 10), 2) ?? textIn(inside(part, 10), 3);
  return isAssigned === undefined
    ? assignedIn(...args)
    : selfAssigned(inside(part, 10), scope, lookup);
}

const assignedIn = identifier({ value: 10, authority: 11, kind: "place" });
const selfAssigned = identifier(eiShape("place"));

function isSmallest(...smaller: readonly number[]): Condition {
  return allOf(...smaller.map((component) => lacks(component)));
}

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

/** The key of a bed in which no bed is named. */
function keyOfRoom({ part }: Pick<Reading, "part">): KeyValue | undefined {
  const key = piecesOf(4, 1, 2)({ part });
  return key && { ...key, value: `${key.value}|` };
}

/** Parts the key of a building or a floor from that of a ward. */
function kindOfPlace(name: string) {
  return (): KeyValue => ({ value: name, name: "the kind of place" });
}

/** A code with its text below it, or alone. */
function nameInCode(...[part]: Parameters<Converter>): unknown {
  return textIn(part, 2) ?? textIn(part, 1);
}

/** PV1-40 tells the state of the bed of PV1-3, and of no other. */
function isInState(part: Part, scope: Scope): boolean {
  return scope.part("PV1-40") !== undefined && /^PV1(?:\[\d+\])?-3(?!\d)/u.test(part.at);
}

function words(part: Part, numbers: readonly number[]): readonly string[] {
  return numbers.map((number) => textIn(part, number)).filter((word) => word !== undefined);
}

function physicalType(code: string, display: string) {
  const system = "http://terminology.hl7.org/CodeSystem/location-physical-type";
  return { coding: [{ system, code, display }] };
}
