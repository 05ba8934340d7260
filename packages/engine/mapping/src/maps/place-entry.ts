import type { Location, LocationHoursOfOperation } from "@trestle/fhir";
import { beside } from "../datatypes/beside.ts";
import { findRow } from "../datatypes/code.ts";
import { cwe, tableConcept } from "../datatypes/cwe.ts";
import { extension } from "../datatypes/extension.ts";
import { time } from "../datatypes/ts.ts";
import { xad } from "../datatypes/xad.ts";
import { xtn } from "../datatypes/xtn.ts";
import { has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { inside, isWritten, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { location } from "./location.ts";
import { locationKey, placeCode, placeName, placedIn } from "./place-identity.ts";
import { placeAround } from "./places.ts";
import { organization } from "./organization.ts";

/** LCH-4 and LCH-5 in one text; R4 has no place for what a location is like. */
const characteristicOf = extension(
  "http://hl7.org/fhir/5.0/StructureDefinition/extension-Location.characteristic",
  "valueCodeableConcept",
  characteristic,
);

/**
 * A place as the location file has it; the same resource that PV1-3 and the like refer to.
 *
 * @see HL7 v2.8.2, chapter 8.9 (LOC, LCH, LRL, LDP)
 */
export const placeEntry = defineMap<Location>("placeEntry", {
  type: "Location",
  when: has("LOC-1"),
  keys: [[keyOfPlace, [placedAround]]],
  rows: [
    { to: "identifier[]", from: "LOC-1", as: placeCode },
    { to: "status", from: "MFE-1", as: status, table: "master-file-event" },
    {
      to: "status",
      id: "department",
      from: "LDP-6",
      reach: "below",
      as: status,
      table: "active-flag",
    },
    { to: "status", id: "otherwise", is: "active" },
    { to: "name", from: "LOC-2" },
    { to: "name", id: "code", from: "LOC-1", as: placeName },
    { to: "type[]", from: "LOC-3", as: cwe, table: "location-type", isPartial: true },
    { to: "type[]", id: "specialty", from: "LDP-4", reach: "below", as: cwe },
    { to: "type[]", id: "service", from: "LDP-3", reach: "below", as: cwe },
    { to: "telecom[]", from: "LOC-6", as: xtn("work") },
    { to: "telecom[]", id: "department", from: "LDP-11", reach: "below", as: xtn("work") },
    { to: "address", from: "LOC-5", as: xad },
    { to: "physicalType", from: "LOC-3", as: tableConcept, table: "location-physical-type" },
    { to: "managingOrganization", from: "LOC-4", as: organization },
    { to: "managingOrganization", id: "related", from: "LRL-5", as: organization },
    { to: "partOf", from: "LRL-6", as: parent },
    { to: "partOf", id: "around", from: "LOC-1", as: placeAround },
    { to: "hoursOfOperation[]", from: "LDP-10", reach: "below", as: hours },
    { to: "extension[]", from: "LCH-5", as: characteristicOf },
    { to: "extension[]", id: "department", from: "LCH-5", reach: "below", as: characteristicOf },
  ],
});

function keyOfPlace({ scope }: Reading): KeyValue | undefined {
  const part = scope.part("LOC-1");
  return part === undefined ? undefined : locationKey(part);
}

function placedAround({ scope }: Reading): KeyValue | undefined {
  return placedIn({ part: scope.part("LOC-1") });
}

/** Whether a place is in use, in the words of a Location. */
function status(...[part, scope, { table = "" }]: Parameters<Converter>): unknown {
  const row = findRow(part, scope, table);
  if (row === undefined || row.code === "") return undefined;
  return row.code === "true" ? "active" : "inactive";
}

/** LRL-6 where LRL-4 says that it is the place above. */
function parent(...args: Parameters<Converter>): unknown {
  const relation = beside(4, (part) => textIn(part, 1))(...args);
  return relation === "PAR" ? location(...args) : undefined;
}

/** VH: from and to day, from and to hour. */
function hours(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const days = daysOf(part, scope, lookup);
  const [opens, closes] = [3, 4].map((number) => clock(inside(part, number), scope));
  if (days.length === 0 && opens === undefined && closes === undefined) return undefined;
  const made: LocationHoursOfOperation = {
    ...(days.length > 0 && { daysOfWeek: [...days] }),
    ...(opens !== undefined && { openingTime: opens }),
    ...(closes !== undefined && { closingTime: closes }),
  };
  return made;
}

type Day = NonNullable<LocationHoursOfOperation["daysOfWeek"]>[number];

const week: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** All days from the one to the other, over the end of the week where need be. */
function daysOf(...[part, scope]: Parameters<Converter>): readonly Day[] {
  const [from, to] = [1, 2].map((number) => {
    const row = findRow(inside(part, number), scope, "weekday");
    return row === undefined ? -1 : week.findIndex((day) => day === row.code);
  });
  if (from === undefined || from === -1) return [];
  const last = to === undefined || to === -1 ? from : to;
  const count = ((last - from + week.length) % week.length) + 1;
  return Array.from({ length: count }, (_, index) => week[(from + index) % week.length] ?? "mon");
}

function clock(...[part, scope]: [Parameters<Converter>[0], Parameters<Converter>[1]]) {
  const written = isWritten(part) ? time(part, scope, {}) : undefined;
  return typeof written === "string" ? written : undefined;
}

function characteristic(...args: Parameters<Converter>): unknown {
  const name = beside(4, (part) => textIn(part, 2) ?? textIn(part, 1))(...args);
  const value = textIn(args[0], 2) ?? textIn(args[0], 1);
  if (value === undefined) return undefined;
  return { text: typeof name === "string" ? `${name}: ${value}` : value };
}
