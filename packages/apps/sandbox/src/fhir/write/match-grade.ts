import type { Patient } from "@trestle/fhir";
import { plainText } from "../search/match-string.ts";
import type { Filed, FhirStore } from "../store.ts";

/** A patient who is there already. */
export interface Graded {
  readonly filed: Filed;
  readonly grade: "certain" | "possible";
}

/** All patients who are, or may be, the one that is described. */
export function gradedFor(asked: Patient, store: FhirStore): readonly Graded[] {
  const numbers = (asked.identifier ?? []).flatMap(({ value }) => value ?? []);
  const { birthDate } = asked;
  const found = new Map<string, Filed>();
  for (const clues of [{ numbers }, ...(birthDate === undefined ? [] : [{ birthDate }])]) {
    for (const filed of store.patientsLike(clues)) found.set(filed.resource.id, filed);
  }
  return [...found.values()].flatMap((filed) => {
    if (filed.resource.resourceType !== "Patient") return [];
    const grade = gradeOf(asked, filed.resource);
    return grade === "none" ? [] : [{ filed, grade }];
  });
}

/**
 * How surely two patients are one. The same number of another's list, such as a social security
 * number, is certain; so are name, day of birth and sex with address and telephone. Without the last
 * two it is no more than likely.
 */
function gradeOf(asked: Patient, other: Patient): "certain" | "possible" | "none" {
  if (sharesIdentifier(asked, other)) return "certain";
  const isSame = sharesName(asked, other) && asked.birthDate === other.birthDate;
  if (!isSame || asked.birthDate === undefined || asked.gender !== other.gender) return "none";
  return sharesTelecom(asked, other) && sharesAddress(asked, other) ? "certain" : "possible";
}

/** The vendor's own lists are left out: who knows such a number reads the patient by it. */
export function isOwnSystem(system: string): boolean {
  return system.startsWith("urn:oid:1.2.840.114350.") || system.includes("open.epic.com");
}

function sharesIdentifier(asked: Patient, other: Patient): boolean {
  return (asked.identifier ?? []).some(({ system = "", value }) => {
    if (system === "" || value === undefined || isOwnSystem(system)) return false;
    return (
      other.identifier?.some((each) => each.system === system && each.value === value) ?? false
    );
  });
}

function sharesName(asked: Patient, other: Patient): boolean {
  return overlap(namesOf(asked), namesOf(other));
}

function namesOf({ name }: Patient): readonly string[] {
  return (name ?? []).map(({ family = "", given = [] }) =>
    plainText(`${given[0] ?? ""} ${family}`),
  );
}

function sharesTelecom(asked: Patient, other: Patient): boolean {
  const values = ({ telecom }: Patient): readonly string[] =>
    (telecom ?? []).map(({ value = "" }) =>
      value.includes("@") ? value.toLowerCase() : value.replaceAll(/\D/gu, ""),
    );
  return overlap(values(asked), values(other));
}

function sharesAddress(asked: Patient, other: Patient): boolean {
  const values = ({ address }: Patient): readonly string[] =>
    (address ?? []).map(({ line = [], city = "", postalCode = "" }) =>
      plainText(`${line[0] ?? ""} ${city} ${postalCode.slice(0, 5)}`),
    );
  return overlap(values(asked), values(other));
}

function overlap(some: readonly string[], others: readonly string[]): boolean {
  return some.some((each) => each !== "" && others.includes(each));
}
