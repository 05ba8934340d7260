import { expect, test } from "vitest";
import { epicAccessNames } from "../src/access-names.ts";

test.each([
  ["Observation", "laboratory", ["Observation.Search (Labs) (R4)"]],
  ["Observation", "vital-signs", ["Observation.Search (Vitals) (R4)"]],
  [
    "Condition",
    "http://hl7.org/fhir/us/core/CodeSystem/condition-category|problem-list-item",
    ["Condition.Search (Problems) (R4)"],
  ],
  ["Patient", undefined, ["Patient.Search (Demographics) (R4)"]],
  ["Encounter", "unknown", ["Encounter.Search (R4)"]],
  ["Nothing", undefined, []],
])("a search of %s in %s is granted by %j", (type, category, names) => {
  expect(epicAccessNames.toSearch(type, category)).toEqual(names);
});

test.each([
  [
    "Client not authorized for Procedure - Outside Record. Search results …",
    ["Procedure.Search (Outside Record) (R4)"],
  ],
  [
    "User not authorized for Observation - Labs. Search results …",
    ["Observation.Search (Labs) (R4)"],
  ],
  ["Client not authorized for Encounter. Search results …", ["Encounter.Search (R4)"]],
  ["Client not authorized for Observation - Ada Beam. Search results …", []],
  ["something else", []],
])("by “%s” is missing %j", (words, names) => {
  expect(epicAccessNames.missingBy(words)).toEqual(names);
});
