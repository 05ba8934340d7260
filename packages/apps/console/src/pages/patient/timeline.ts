import type { RecordItem } from "@trestle/api/contract";
import { conceptText, listAt, quantityText, textAt, valueAt } from "./fhir.ts";
import {
  type Fact,
  appointmentText,
  medicationName,
  newestFirst,
  ofType,
  withWhom,
} from "./record.ts";

/** What a timeline shows, in the order of its filter. */
export const kinds = [
  "encounter",
  "appointment",
  "note",
  "result",
  "medication",
  "vaccine",
  "order",
] as const;
export type Kind = (typeof kinds)[number];

export interface Event extends Fact {
  readonly kind: Kind;
  /** The text of a note; empty where there is none. */
  readonly text: string;
}

/** Everything that happened, newest first. */
export function eventsOf(items: readonly RecordItem[]): readonly Event[] {
  const told = ordersTold(items);
  return items.toSorted(newestFirst).flatMap((item) => {
    if (item.happenedAt === "" && told.has(item.id)) return [];
    const read = readers[item.resourceType];
    return read === undefined ? [] : [{ item, text: "", ...read(item) }];
  });
}

/** Orders that a report names: where such an order has no time of its own, the report tells it. */
function ordersTold(items: readonly RecordItem[]): ReadonlySet<string> {
  return new Set(
    ofType(items, "DiagnosticReport").flatMap(({ resource }) =>
      listAt(resource, "basedOn").map((order) =>
        textAt(order, "reference").replace(/^.*[:/]/u, ""),
      ),
    ),
  );
}

type Read = (item: RecordItem) => Omit<Event, "item" | "text"> & { readonly text?: string };

const readers: Readonly<Record<string, Read>> = {
  Encounter: ({ resource }) => ({
    kind: "encounter",
    what: [
      textAt(resource, "class", "display") || textAt(resource, "class", "code") || "Visit",
      conceptText(listAt(resource, "type")[0]),
    ]
      .filter((text) => text !== "")
      .join(", "),
    detail: joined(
      textAt(resource, "location", 0, "location", "display"),
      textAt(resource, "status"),
      textAt(resource, "period", "end") === ""
        ? ""
        : `until ${textAt(resource, "period", "end").slice(0, 10)}`,
    ),
  }),
  Appointment: (item) => ({
    kind: "appointment",
    what: appointmentText(item),
    detail: joined(textAt(item.resource, "status"), withWhom(item)),
  }),
  DocumentReference: ({ resource }) => ({
    kind: "note",
    what: conceptText(valueAt(resource, "type")) || "Document",
    detail: joined(
      textAt(resource, "author", 0, "display"),
      textAt(resource, "docStatus") || textAt(resource, "status"),
    ),
    text: attachedText(valueAt(resource, "content", 0, "attachment")),
  }),
  DiagnosticReport: ({ resource }) => ({
    kind: "result",
    what: conceptText(valueAt(resource, "code")) || "Report",
    detail: textAt(resource, "status"),
  }),
  MedicationAdministration: (item) => ({
    kind: "medication",
    what: medicationName(item),
    detail: joined(
      quantityText(valueAt(item.resource, "dosage", "dose")),
      conceptText(valueAt(item.resource, "dosage", "route")),
      textAt(item.resource, "status"),
    ),
  }),
  MedicationDispense: (item) => ({
    kind: "medication",
    what: medicationName(item),
    detail: joined(
      "dispensed",
      quantityText(valueAt(item.resource, "quantity")),
      textAt(item.resource, "status"),
    ),
  }),
  Immunization: ({ resource }) => ({
    kind: "vaccine",
    what: conceptText(valueAt(resource, "vaccineCode")) || "Vaccine",
    detail: joined(
      textAt(resource, "status"),
      conceptText(valueAt(resource, "statusReason")),
      conceptText(valueAt(resource, "reportOrigin")),
    ),
  }),
  ServiceRequest: ({ resource }) => ({
    kind: "order",
    what: conceptText(valueAt(resource, "code")) || "Order",
    detail: textAt(resource, "status"),
  }),
  SupplyRequest: ({ resource }) => ({
    kind: "order",
    what: conceptText(valueAt(resource, "itemCodeableConcept")) || "Supply",
    detail: joined(quantityText(valueAt(resource, "quantity")), textAt(resource, "status")),
  }),
  MedicationRequest: (item) => ({
    kind: "order",
    what: medicationName(item),
    detail: joined(
      textAt(item.resource, "dosageInstruction", 0, "text"),
      textAt(item.resource, "status"),
    ),
  }),
};

function joined(...texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" · ");
}

/** Plain text of an attachment; empty where it is of another kind, or masked. */
function attachedText(attachment: unknown): string {
  if (!textAt(attachment, "contentType").startsWith("text/")) return "";
  try {
    const bytes = Uint8Array.from(atob(textAt(attachment, "data")), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
}
