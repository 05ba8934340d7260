const required = { need: "required", minFill: 0.8 } as const;
const loinc = "http://loinc.org";

/**
 * What the application of this proof needs, as integration.yaml says it.
 *
 * @param writes Types of which it writes a code besides.
 */
export function needsOf(writes: readonly string[]) {
  const written = writes.map((resource) => ({
    type: "fhir",
    resource,
    path: "code",
    access: "write",
    need: "required",
  }));
  return { ...needs, data: [...needs.data, ...written] };
}

const needs = {
  title: "Application of the proof",
  scopes: [
    "system/Patient.rs",
    "system/Encounter.rs",
    "system/Condition.rs",
    "system/Observation.rs",
    "system/VisionPrescription.rs",
    "system/Group.rs",
  ],
  elements: {},
  data: [
    { type: "fhir", resource: "Patient", path: "birthDate", ...required },
    { type: "fhir", resource: "Encounter", path: "period", ...required },
    {
      type: "fhir",
      resource: "Condition",
      path: "code",
      systems: ["http://snomed.info/sct"],
      ...required,
    },
    {
      type: "fhir",
      resource: "Observation",
      among: "category=laboratory",
      path: "code",
      ...required,
      maxAgeDays: 400,
    },
    {
      type: "fhir",
      resource: "Observation",
      among: "category=vital-signs",
      path: "code",
      systems: [loinc],
      table: "observation-code",
      ...required,
    },
    {
      type: "fhir",
      resource: "Observation",
      among: "category=vital-signs",
      path: "value.ofType(Quantity)",
      ...required,
      minFill: 0.5,
    },
    {
      type: "fhir",
      resource: "Observation",
      among: "category=vital-signs",
      path: "encounter",
      ...required,
    },
    { type: "hl7", message: "ADT", field: "PID-7", ...required },
    { type: "hl7", message: "ADT", field: "PID-13.1", ...required, need: "useful" },
  ],
};
