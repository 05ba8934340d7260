import type { Reference } from "@trestle/fhir";
import { build } from "../rows/build.ts";
import { composite } from "../rows/composite.ts";
import type { Part } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { addressedPlaces, assignedRoomMap } from "./places-of-message.ts";
import { bedMap, buildingMap, floorMap, roomMap, wardMap } from "./places.ts";

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

/** A place that is only described, not coded; else the facility, where nothing else is named. */
const described = composite<Reference>("PL", [{ to: "display", from: [9, 4] }]);

/** PV1-40 tells the state of the bed of PV1-3, and of no other. */
function isInState(part: Part, scope: Scope): boolean {
  return scope.part("PV1-40") !== undefined && /^PV1(?:\[\d+\])?-3(?!\d)/u.test(part.at);
}
