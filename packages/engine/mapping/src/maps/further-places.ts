import type { Location } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { build } from "../rows/build.ts";
import { defineMap } from "../rows/define-map.ts";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { facility } from "./organization.ts";
import { local, piecesOf } from "./place-identity.ts";

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

/** A code with its text below it, or alone. */
function nameInCode(...[part]: Parameters<Converter>): unknown {
  return textIn(part, 2) ?? textIn(part, 1);
}
