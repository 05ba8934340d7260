import type { Patient } from "@trestle/fhir";
import type { HubItem, HubRecord } from "./hub-record.ts";
import { escaped, pageOf } from "./html.ts";

/** What is known at the end of a launch. */
export interface Launched {
  /** As the hospital has the patient over FHIR. */
  readonly patient: Patient;
  /** What the hub heard; undefined where it has not heard of the patient yet. */
  readonly record: HubRecord | undefined;
}

/** The unified record of the patient in whose chart the application was opened. */
export function recordPage({ patient, record }: Launched): string {
  const facts = [patient.gender, patient.birthDate && `born ${patient.birthDate}`];
  const line = facts.filter((fact) => fact !== undefined && fact !== "").join(" · ");
  return pageOf(
    nameOf(patient),
    `<p>${escaped(line)}</p>${record === undefined ? notHeardOf : sectionsOf(record)}`,
  );
}

function sectionsOf({ items, page }: HubRecord): string {
  const sections = kinds.flatMap(({ type, title }) => {
    const own = items.filter(({ resource }) => resource["resourceType"] === type);
    return own.length === 0 ? [] : [sectionOf(title, own)];
  });
  return `<p>${items.length} things heard from this hospital. <a href="${escaped(page)}" target="_blank" rel="noopener">Where each came from</a></p>${sections.join("")}`;
}

function sectionOf(title: string, items: readonly HubItem[]): string {
  const shown = items.slice(0, mostShown);
  const rest = items.length - shown.length;
  const more = rest === 0 ? "" : `<li><small>and ${rest} more</small></li>`;
  return `<h2>${escaped(title)}</h2><ul>${shown.map(lineOf).join("")}${more}</ul>`;
}

function lineOf({ resource, heardAt, messageId }: HubItem): string {
  const what = [wordsOf(resource), valueOf(resource), textIn(resource["status"])];
  const said = what.filter((part) => part !== "").join(" · ");
  return `<li>${escaped(said)} <small>heard ${escaped(heardAt)}, message ${escaped(messageId)}</small></li>`;
}

/** What it is called: of a code the words, else the code. */
function wordsOf(resource: Readonly<Record<string, unknown>>): string {
  for (const name of ["code", "medicationCodeableConcept", "type", "class", "serviceType"]) {
    const words = conceptText([resource[name]].flat()[0]);
    if (words !== "") return words;
  }
  return textIn(resource["resourceType"]);
}

function conceptText(value: unknown): string {
  const { text, display, coding } = objectOf(value);
  if (typeof text === "string") return text;
  if (typeof display === "string") return display;
  const first = objectOf(Array.isArray(coding) ? coding[0] : undefined);
  return textIn(first["display"]) || textIn(first["code"]);
}

function valueOf(resource: Readonly<Record<string, unknown>>): string {
  const { value, unit } = objectOf(resource["valueQuantity"]);
  if (typeof value === "number") return `${value} ${textIn(unit)}`.trim();
  return textIn(resource["valueString"]);
}

function nameOf({ name = [] }: Patient): string {
  const [{ text, family = "", given = [] } = {}] = name;
  return text ?? ([family, given.join(" ")].filter((part) => part !== "").join(", ") || "Patient");
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const kinds = [
  { type: "Condition", title: "Problems and diagnoses" },
  { type: "AllergyIntolerance", title: "Allergies" },
  { type: "MedicationAdministration", title: "Medications given" },
  { type: "Encounter", title: "Visits" },
  { type: "Appointment", title: "Appointments" },
  { type: "Observation", title: "Results" },
  { type: "DocumentReference", title: "Notes" },
] as const;

const mostShown = 12;

const notHeardOf =
  "<p>The hub has not heard of this patient yet: no message about them came in. What is above is what the hospital answers over FHIR.</p>";
