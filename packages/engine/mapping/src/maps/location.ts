import type { Location, Reference } from "@trestle/fhir";
import { coding, localSystem } from "../datatypes/code.ts";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import { any, has, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, inside, textIn } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { facility } from "./organization.ts";

/** PL: a reference to the bed or room, part of its ward or clinic; both are added to the result. */
export const location: Converter = (part, scope) => {
  const roomOrBed = isInState(part, scope) ? assignedRoomMap : roomMap;
  const place = build(roomOrBed, { scope, part }) ?? build(wardMap, { scope, part });
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

const roomRows: readonly Row<keyof Location>[] = [
  { to: "name", from: 0, as: roomName },
  { to: "physicalType", id: "bed", is: physicalType("bd", "Bed"), when: has(3) },
  { to: "physicalType", id: "room", is: physicalType("ro", "Room") },
  { to: "managingOrganization", from: 4, as: facility },
  { to: "partOf", from: 0, as: ward },
];

const roomReference: readonly Row<"display">[] = [{ to: "display", from: 0, as: roomName }];

const roomMap = defineMap<Location>("room", {
  type: "Location",
  recurs: true,
  when: any(isNamed(2), isNamed(3)),
  keys: [[piecesOf(4, 1, 2, 3)]],
  rows: roomRows,
  refersWith: roomReference,
});

/** The bed of PV1-3 with its state; one map apart, for the state changes from message to message. */
const assignedRoomMap = defineMap<Location>("assignedRoom", {
  type: "Location",
  when: any(isNamed(2), isNamed(3)),
  keys: [[piecesOf(4, 1, 2, 3)]],
  rows: [{ to: "operationalStatus", from: "PV1-40", as: coding, table: "bed-status" }, ...roomRows],
  refersWith: roomReference,
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
  textIn(part, 9) ?? roomName(part, scope, lookup);

/** The code of a ward; a room or a bed has none of its own. */
export const placeCode: Converter = (part, scope, lookup) =>
  textIn(part, 2) === undefined && textIn(part, 3) === undefined
    ? local("location")(inside(part, 1), scope, lookup)
    : undefined;

/** The ward in which a room or a bed is. */
export const ownWard: Converter = (part, scope, lookup) =>
  textIn(part, 2) === undefined && textIn(part, 3) === undefined
    ? undefined
    : ward(part, scope, lookup);

/** A place that is only described, not coded. */
const described = composite<Reference>("PL", [{ to: "display", from: 9 }]);

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
