import { expect, test } from "vitest";
import type { FhirResource } from "../src/index.ts";
import { readFhirPath } from "../src/path.ts";

const result = {
  resourceType: "Observation",
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "4548-4" }] },
  valueQuantity: { value: 6.1, unit: "%", code: "%" },
  effectiveDateTime: "2026-01-15",
} as FhirResource;

test.each([
  ["status", "status", [{ type: "code", value: "final" }]],
  ["value.ofType(Quantity).code", "value", [{ type: "code", value: "%" }]],
  ["valueQuantity.unit", "value", [{ type: "string", value: "%" }]],
  ["Observation.effective", "effective", [{ type: "dateTime", value: "2026-01-15" }]],
  [
    "code.coding.where(system = 'http://loinc.org').code",
    "code",
    [{ type: "code", value: "4548-4" }],
  ],
  ["bodySite", "bodySite", []],
  ["(value | dataAbsentReason).exists()", "", [{ type: "Boolean", value: true }]],
])(
  "%s begins with the element “%s” and gives its values with their types",
  (text, element, values) => {
    const path = readFhirPath("Observation", text);
    expect(path.ok && path.value.element).toBe(element);
    expect(path.ok && path.value.valuesIn(result)).toEqual(values);
  },
);

test.each([
  ["code..x", "fhir.pathNotReadable"],
  ["code.nosuch()", "fhir.pathNotReadable"],
  ["", "fhir.pathNotReadable"],
  ["kode", "fhir.noSuchElement"],
  ["code.koding", "fhir.noSuchElement"],
  ["value.ofType(Quantity).kode", "fhir.noSuchElement"],
  ["referenceRange.low.kode", "fhir.noSuchElement"],
])("“%s” is refused as %s", (text, code) => {
  const path = readFhirPath("Observation", text);
  expect(path.ok ? undefined : path.problem.code).toBe(code);
});
