import type { Location } from "@trestle/fhir";
import { coding } from "../datatypes/code.ts";
import { xad } from "../datatypes/xad.ts";
import { anyOf, lacks } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Row } from "../rows/row.ts";
import { isNamed, keyOfRoom, piecesOf, placedIn } from "./place-identity.ts";
import {
  bedReference,
  bedRows,
  roomReference,
  roomRows,
  wardReference,
  wardRows,
} from "./places.ts";

/** RXA-28, or the address of a PRT that names nobody: that of the place. */
const addressRows: readonly Row<keyof Location>[] = [
  { to: "address", from: "RXA-28", as: xad },
  { to: "address", id: "ofPart", from: "PRT-14", as: xad, when: lacks("PRT-5") },
];

/** Places with an address of their own message; maps apart, for the others recur. */
export const addressedPlaces = [
  defineMap<Location>("addressedBed", {
    type: "Location",
    when: isNamed(3),
    keys: [[piecesOf(4, 1, 2, 3), [placedIn]]],
    adds: ["address"],
    rows: [...bedRows, ...addressRows],
    refersWith: bedReference,
  }),
  defineMap<Location>("addressedRoom", {
    type: "Location",
    when: isNamed(2),
    keys: [[keyOfRoom, [placedIn]]],
    adds: ["address"],
    rows: [...roomRows, ...addressRows],
    refersWith: roomReference,
  }),
  defineMap<Location>("addressedWard", {
    type: "Location",
    when: isNamed(1),
    keys: [[piecesOf(4, 1), [placedIn]]],
    adds: ["address"],
    rows: [...wardRows, ...addressRows],
    refersWith: wardReference,
  }),
];

/** The bed of PV1-3 with its state; one map apart, for the state changes from message to message. */
export const assignedRoomMap = defineMap<Location>("assignedRoom", {
  type: "Location",
  when: anyOf(isNamed(2), isNamed(3)),
  keys: [[piecesOf(4, 1, 2, 3), [placedIn]]],
  rows: [{ to: "operationalStatus", from: "PV1-40", as: coding, table: "bed-status" }, ...bedRows],
  refersWith: bedReference,
});
