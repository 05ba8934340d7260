import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { elementAt, elementNames, isType } from "@trestle/fhir/elements";
import { printElements } from "../definitions/print-elements.ts";
import { readDefinitions } from "../definitions/read-definitions.ts";

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

test("the elements on disk are those of the definitions; npm run definitions writes them", () => {
  const onDisk = readFileSync(new URL("../src/elements.json", import.meta.url), "utf8");
  expect(onDisk).toBe(printElements(readDefinitions()));
});
