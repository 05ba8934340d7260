import type { AppointmentParticipant } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { composite } from "../rows/composite.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { location } from "./location.ts";
import { practitioner, practitionerByCode } from "./practitioner.ts";

const accepted: Row<"status"> = { to: "status", is: "accepted" };

/** AIP-3 with its role in AIP-4. */
export const bookedPerson = composite<AppointmentParticipant>("AIP", [
  { to: "type[]", from: 0, as: besideIt(4, cwe) },
  { to: "actor", from: 0, as: practitioner },
  accepted,
]);

/** AIL-3. */
export const bookedLocation = composite<AppointmentParticipant>("AIL", [
  { to: "actor", from: 0, as: location },
  accepted,
]);

/** AIG-3: a person where AIG-4 says so or says nothing, else a thing known by its name. */
export const bookedResource = composite<AppointmentParticipant>("AIG", [
  { to: "type[]", from: 0, as: besideIt(4, cwe) },
  { to: "actor", id: "person", from: 0, as: person },
  { to: "actor.display", from: [2, 1] },
  accepted,
]);

function person(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const type = besideIt(4, (field) => textIn(field, 1))(part, scope, lookup);
  const row =
    typeof type === "string" ? scope.draft.site.tables.find("resource-type", type) : undefined;
  const isPerson = type === undefined || row?.code === "Practitioner";
  return isPerson ? practitionerByCode(part, scope, lookup) : undefined;
}

/** Another field of the segment in which a part stands. */
function besideIt(number: number, as: Converter): Converter {
  return (part, scope, lookup) => {
    const [beside] = fieldBeside(part, number);
    if (beside === undefined) return undefined;
    const made = as(beside, scope, lookup);
    if (typeof made === "object" && made !== null) {
      for (const key of Object.keys(made)) scope.draft.trace?.note(made, key, { part: beside });
    }
    return made;
  };
}

function fieldBeside(part: Part, number: number): readonly Part[] {
  if (!("field" in part) || typeof part.field !== "object") return [];
  return part.field.segment.field(number).repetitions;
}
