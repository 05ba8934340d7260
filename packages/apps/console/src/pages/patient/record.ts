import type { RecordItem } from "@trestle/api/contract";
import { conceptText, listAt, periodText, quantityText, textAt, valueAt } from "./fhir.ts";

/** One thing that is known of a patient, with the item of the record that says it. */
export interface Fact {
  readonly item: RecordItem;
  readonly what: string;
  readonly detail: string;
}

export function problemsOf(items: readonly RecordItem[]): readonly Fact[] {
  return standing(items, "Condition").map((item) => ({
    item,
    what: conceptText(valueAt(item.resource, "code")),
    detail: conceptText(valueAt(item.resource, "clinicalStatus")),
  }));
}

export function allergiesOf(items: readonly RecordItem[]): readonly Fact[] {
  return standing(items, "AllergyIntolerance").map((item) => ({
    item,
    what: conceptText(valueAt(item.resource, "code")),
    detail: listAt(item.resource, "reaction")
      .flatMap((reaction) => listAt(reaction, "manifestation").map(conceptText))
      .join(", "),
  }));
}

/** The newest administration of each medication, and how often it was given. */
export function medicationsOf(items: readonly RecordItem[]): readonly Fact[] {
  const byName = Map.groupBy(ofType(items, "MedicationAdministration"), medicationName);
  return [...byName].flatMap(([what, given]) => {
    const newest = given.toSorted(newestFirst)[0];
    if (newest === undefined) return [];
    const dose = quantityText(valueAt(newest.resource, "dosage", "dose"));
    const times = given.length === 1 ? "" : `given ${given.length} times`;
    return [{ item: newest, what, detail: [dose, times].filter((text) => text !== "").join(", ") }];
  });
}

/** Appointments that are still to come, the next first. */
export function comingAppointments(items: readonly RecordItem[], now: number): readonly Fact[] {
  return ofType(items, "Appointment")
    .filter(({ resource, happenedAt }) => {
      const isOn = ["booked", "pending", "proposed", "arrived"].includes(
        textAt(resource, "status"),
      );
      return isOn && Date.parse(happenedAt) > now;
    })
    .toSorted(newestFirst)
    .toReversed()
    .map((item) => ({ item, what: appointmentText(item), detail: withWhom(item) }));
}

export function coverageOf(items: readonly RecordItem[]): readonly Fact[] {
  return ofType(items, "Coverage").map((item) => ({
    item,
    what:
      textAt(item.resource, "payor", 0, "display") || conceptText(valueAt(item.resource, "type")),
    detail: [
      textAt(item.resource, "class", 0, "name"),
      periodText(valueAt(item.resource, "period")),
    ]
      .filter((text) => text !== "")
      .join(", "),
  }));
}

/** By when it happened, else by when it was heard of. */
export function newestFirst(one: RecordItem, other: RecordItem): number {
  return timeOf(other) - timeOf(one);
}

/** Milliseconds since 1970. */
export function timeOf({ happenedAt, heardAt }: RecordItem): number {
  const time = Date.parse(happenedAt);
  return Number.isNaN(time) ? Date.parse(heardAt) : time;
}

export function ofType(items: readonly RecordItem[], type: string): readonly RecordItem[] {
  return items.filter(({ resourceType }) => resourceType === type);
}

/** Without what was taken back as an error. */
function standing(items: readonly RecordItem[], type: string): readonly RecordItem[] {
  return ofType(items, type).filter(({ resource }) =>
    listAt(resource, "verificationStatus", "coding").every(
      (coding) => textAt(coding, "code") !== "entered-in-error",
    ),
  );
}

export function appointmentText({ resource }: RecordItem): string {
  const kinds = [
    conceptText(valueAt(resource, "appointmentType")),
    conceptText(listAt(resource, "serviceType")[0]),
    conceptText(listAt(resource, "reasonCode")[0]),
  ];
  return kinds.find((text) => text !== "") ?? "Appointment";
}

export function withWhom({ resource }: RecordItem): string {
  return listAt(resource, "participant")
    .map((participant) => textAt(participant, "actor", "display"))
    .filter((text) => text !== "")
    .slice(0, 2)
    .join(", ");
}

export function medicationName({ resource }: RecordItem): string {
  return (
    conceptText(valueAt(resource, "medicationCodeableConcept")) ||
    textAt(resource, "medicationReference", "display") ||
    "unnamed medication"
  );
}
