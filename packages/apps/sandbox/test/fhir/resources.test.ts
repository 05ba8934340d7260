import { describe, expect, test } from "vitest";
import { offeredTypes } from "../../src/fhir/capability/resource-types.ts";
import type { Filed } from "../../src/fhir/store.ts";
import { charts } from "../support/charts.ts";
import { r4Problems } from "../support/r4.ts";

const few = charts({ patients: 30 });

const types = offeredTypes.map(({ type }) => type);

function every(type: string): readonly Filed[] {
  return [...few.store.all(type)];
}

describe("resources", () => {
  test.each(types)("of type %s are valid R4", (type) => {
    const problems = new Set(every(type).flatMap(({ resource }) => r4Problems(resource)));
    expect([...problems]).toEqual([]);
  });

  test("that are not valid are found out", () => {
    const wrong = { resourceType: "Observation", status: "done", code: {} } as const;
    expect(r4Problems(wrong as never)).not.toEqual([]);
  });

  test.each(filledTypes())("of type %s are there", (type) => {
    expect(every(type).length).toBeGreaterThan(0);
  });

  test("have an id each, and are read by it", () => {
    const ids = new Set<string>();
    for (const type of types) {
      for (const filed of every(type)) {
        const { id } = filed.resource;
        expect(ids.has(id), `${type} ${id}`).toBe(false);
        ids.add(id);
        expect(few.store.read(type, id)).toEqual(filed);
      }
    }
    expect(ids.size).toBeGreaterThan(3000);
  });

  test("refer to what can be read", () => {
    for (const type of types) {
      for (const { resource } of every(type)) {
        for (const [, target = "", id = ""] of references(resource)) {
          expect(few.store.read(target, id), `${type} to ${target}`).toBeDefined();
        }
      }
    }
  });

  test("stand oldest first", () => {
    const [patient] = every("Patient");
    const observed = few.store.ofPatient("Observation", patient?.resource.id ?? "");
    const times = observed.map(({ resource }) =>
      resource.resourceType === "Observation" ? resource.effectiveDateTime : undefined,
    );
    expect(times.length).toBeGreaterThan(10);
    expect(times).toEqual(times.toSorted((one = "", other = "") => (one < other ? -1 : 1)));
  });

  test("have neither a version nor the time of a change", () => {
    const all = types.flatMap((type) => every(type));
    expect(all.filter(({ resource }) => resource.meta !== undefined)).toEqual([]);
  });
});

/** References within the hospital, as type and id. */
function references(resource: unknown): readonly RegExpExecArray[] {
  const text = JSON.stringify(resource);
  return [...text.matchAll(/"(?:reference|url)":"(?<type>[A-Z][A-Za-z]+)\/(?<id>[^"/]+)"/gu)];
}

function filledTypes(): readonly string[] {
  return [
    "AllergyIntolerance",
    "Binary",
    "CarePlan",
    "CareTeam",
    "Communication",
    "Condition",
    "Coverage",
    "Device",
    "DiagnosticReport",
    "DocumentReference",
    "Encounter",
    "FamilyMemberHistory",
    "Flag",
    "Goal",
    "Group",
    "Immunization",
    "List",
    "Location",
    "Medication",
    "MedicationAdministration",
    "MedicationRequest",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "RelatedPerson",
    "ServiceRequest",
    "Specimen",
    "Task",
  ];
}
