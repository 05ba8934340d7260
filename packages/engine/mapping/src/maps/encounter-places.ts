import type { Encounter } from "@trestle/fhir";
import type { Condition, Row } from "../rows/row.ts";
import { allOf, anyOf, not } from "../rows/conditions.ts";
import { eventOf } from "./event.ts";
import { location } from "./location.ts";

/** Says of a place that the patient only waits there for another. */
export const temporaryPlace = {
  url: "http://hl7.org/fhir/StructureDefinition/subject-locationClassification",
  valueCodeableConcept: {
    coding: [{ system: "http://hl7.org/fhir/ValueSet/subject-location", code: "temporary" }],
  },
};

const classification: Row = { to: "extension", is: [temporaryPlace] };

/** The visit does not take place, or never was. */
const isCancelled = isVisit("cancelled", "entered-in-error");
const isFinished = isVisit("finished");
const isPlanned = isVisit("planned");
const isOpen = not(anyOf(isFinished, isCancelled));
const isGoingOn = allOf(isOpen, not(isPlanned));

/** A26 cancels the transfer to the place that PV2-1 names. */
const isStillPending = allOf(
  isOpen,
  not((reading) => eventOf(reading) === "A26"),
);

/**
 * Where a visit was, is and will be. PV1-3 is where the patient is only while the visit lasts; a
 * cancelled visit names its places and says no more about them, and so does one that is over of
 * those to which the patient did not come.
 */
export const places: readonly Row<keyof Encounter>[] = [
  place("assigned", "PV1-3", { status: "active", when: isGoingOn }),
  place("expected", "PV1-3", { status: "planned", when: isPlanned }),
  place("left", "PV1-3", { status: "completed", when: isFinished }),
  place("cancelled", "PV1-3", { when: isCancelled }),
  place("prior", "PV1-6", { status: "completed", when: not(isCancelled) }),
  place("priorCancelled", "PV1-6", { when: isCancelled }),
  place("temporary", "PV1-11", { status: "active", when: isGoingOn, beside: [classification] }),
  place("temporaryExpected", "PV1-11", {
    status: "planned",
    when: isPlanned,
    beside: [classification],
  }),
  place("temporaryLeft", "PV1-11", {
    status: "completed",
    when: isFinished,
    beside: [classification],
  }),
  place("temporaryCancelled", "PV1-11", { when: isCancelled, beside: [classification] }),
  place("pending", "PV1-42", { status: "reserved", when: isOpen }),
  place("pendingOver", "PV1-42", { when: not(isOpen) }),
  place("priorPending", "PV2-1", { status: "planned", when: isStillPending }),
  place("priorPendingOver", "PV2-1", { when: not(isStillPending) }),
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
