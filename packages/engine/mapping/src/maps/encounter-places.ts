import type { Encounter } from "@trestle/fhir";
import type { Condition, Row } from "../rows/row.ts";
import { not } from "../rows/conditions.ts";
import { location } from "./location.ts";

/** Says of a place that the patient only waits there for another. */
export const temporaryPlace = {
  url: "http://hl7.org/fhir/StructureDefinition/subject-locationClassification",
  valueCodeableConcept: {
    coding: [{ system: "http://hl7.org/fhir/ValueSet/subject-location", code: "temporary" }],
  },
};

const classification: Row = { to: "extension", is: [temporaryPlace] };

/**
 * Where a visit was, is and will be. PV1-3 is where the patient is only while the visit lasts; a
 * cancelled visit names the place and says no more about it.
 */
export const places: readonly Row<keyof Encounter>[] = [
  place("assigned", "PV1-3", {
    status: "active",
    when: not(isVisit("planned", "finished", "cancelled")),
  }),
  place("expected", "PV1-3", { status: "planned", when: isVisit("planned") }),
  place("left", "PV1-3", { status: "completed", when: isVisit("finished") }),
  place("cancelled", "PV1-3", { when: isVisit("cancelled") }),
  place("prior", "PV1-6", { status: "completed" }),
  place("temporary", "PV1-11", { status: "active", beside: [classification] }),
  place("pending", "PV1-42", { status: "reserved" }),
  place("priorPending", "PV2-1", { status: "planned" }),
];

interface PlaceFacts {
  readonly status?: string;
  readonly when?: Condition;
  readonly beside?: readonly Row[];
}

function place(id: string, from: string, { status, when, beside = [] }: PlaceFacts) {
  const row: Row<"location"> = {
    to: "location[].location",
    id,
    from,
    as: location,
    with: [...(status === undefined ? [] : [{ to: "status", is: status }]), ...beside],
    ...(when && { when }),
  };
  return row;
}

/** What an earlier row made of the status of the visit. */
function isVisit(...statuses: readonly string[]): Condition {
  return (_reading, { status }) => statuses.some((each) => each === status);
}
