import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { elementAt, elementNames, isType } from "@trestle/fhir/elements";
import { modifiersOf } from "@trestle/fhir/modifiers";
import { searchedElements } from "@trestle/fhir/searched-elements";
import { files } from "../definitions/files.ts";
import { printByType } from "../definitions/print-by-type.ts";

describe("what stands at a path", () => {
  test.each([
    { type: "Patient", path: "birthDate", is: { type: "date", isList: false } },
    { type: "Patient", path: "name", is: { type: "HumanName", isList: true } },
    { type: "Patient", path: "name.given", is: { type: "string", isList: true } },
    { type: "Patient", path: "contact.name.family", is: { type: "string", isList: false } },
    { type: "Patient", path: "extension.valueString", is: { type: "string", isList: false } },
    { type: "Patient", path: "id", is: { type: "string", isList: false } },
    { type: "Observation", path: "valueQuantity.value", is: { type: "decimal", isList: false } },
    {
      type: "Observation",
      path: "component.referenceRange.low.unit",
      is: { type: "string", isList: false },
    },
    { type: "Patient", path: "birthday", is: undefined },
    { type: "Patient", path: "name.toString", is: undefined },
    { type: "Patient", path: "birthDate.year", is: undefined },
    { type: "Observation", path: "value", is: undefined },
    { type: "Pateint", path: "id", is: undefined },
  ])("$path of $type", ({ type, path, is }) => {
    expect(elementAt(type, path)).toEqual(is);
  });
});

test("a type's elements can be listed", () => {
  expect(elementNames("Patient")).toContain("multipleBirthInteger");
  expect([isType("Patient"), isType("HumanName"), isType("Pateint")]).toEqual([true, true, false]);
});

test("elements that change the meaning of others are known, a choice by its name", () => {
  expect(modifiersOf("Patient")).toEqual(["active", "deceased", "link"]);
  expect(modifiersOf("MedicationRequest")).toEqual(["status", "intent", "doNotPerform"]);
  expect(modifiersOf("Slot")).toEqual([]);
});

test("what a search parameter looks into is known", () => {
  expect(searchedElements("Patient", "email")).toEqual(["telecom"]);
  expect(searchedElements("Observation", "combo-value-quantity")).toEqual(["value", "component"]);
  expect(searchedElements("Patient", "_lastUpdated")).toEqual(["meta"]);
  expect(searchedElements("Patient", "toString")).toBeUndefined();
  expect(searchedElements("Pateint", "email")).toBeUndefined();
});

test.each(Object.entries(files))(
  "%s on disk is as the definitions have it; npm run definitions writes it",
  (file, read) => {
    const onDisk = readFileSync(new URL(`../src/${file}`, import.meta.url), "utf8");
    expect(onDisk).toBe(printByType(read()));
  },
);
