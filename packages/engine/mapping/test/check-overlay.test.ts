import { describe, expect, test } from "vitest";
import type { Overlay, RowChange } from "../src/index.ts";
import { checkOverlay } from "../src/overlay/index.ts";

function overlay(maps: Overlay["maps"], segments: Overlay["segments"] = {}): Overlay {
  return { segments, maps };
}

const patient = (...changes: readonly RowChange[]) => overlay({ patient: changes });

const extension = {
  change: "add",
  row: "a",
  extension: "https://a.example",
  value: "valueString",
} as const;

describe("checking an overlay finds", () => {
  test.each([
    {
      what: "a map that is not there",
      maps: { pateint: [] },
      code: "mapping.unknownMap",
      at: ["maps", "pateint"],
    },
    {
      what: "a row that is not there",
      row: { change: "remove", row: "sex" },
      code: "mapping.unknownRow",
      at: ["row"],
    },
    {
      what: "a name that is taken",
      row: { change: "add", row: "ssn", to: "identifier[]", from: "PID-19" },
      code: "mapping.takenRow",
      at: ["row"],
    },
    {
      what: "an element that R4 has not",
      row: { change: "add", row: "a", to: "sex", from: "PID-8" },
      code: "mapping.unknownElement",
      at: ["to"],
    },
    {
      what: "a list written as one value",
      row: { change: "add", row: "a", to: "name", from: "PID-5" },
      code: "mapping.aList",
      at: ["to"],
    },
    {
      what: "one value written as a list",
      row: { change: "add", row: "a", to: "gender[]", from: "PID-8" },
      code: "mapping.noList",
      at: ["to"],
    },
    {
      what: "a place that is none",
      row: { change: "replace", row: "gender", from: "PID8" },
      code: "mapping.badPlace",
      at: ["from"],
    },
    {
      what: "a place that is none in a condition",
      row: { change: "replace", row: "gender", when: { not: { has: ["PID-x"] } } },
      code: "mapping.badPlace",
      at: ["when", "not", "has", 0],
    },
    {
      what: "an own segment that belongs to nobody",
      row: { change: "replace", row: "gender", from: "ZPD-3" },
      code: "mapping.ownSegment",
      at: ["from"],
    },
    {
      what: "a converter that is not there",
      row: { change: "replace", row: "gender", as: "cod" },
      code: "mapping.unknownConverter",
      at: ["as"],
    },
    {
      what: "a type for which there is no converter",
      row: { change: "add", row: "a", to: "link[].other", from: "PID-3" },
      code: "mapping.noConverter",
      at: [],
    },
    {
      what: "an extension's element that is not there",
      row: {
        change: "add",
        row: "a",
        extension: "https://a.example",
        value: "valueText",
        from: "PID-3",
      },
      code: "mapping.unknownValue",
      at: ["value"],
    },
    {
      what: "a row without a target",
      row: { change: "add", row: "a", from: "PID-3" },
      code: "mapping.noTarget",
      at: [],
    },
    {
      what: "a row without a source",
      row: { change: "add", row: "a", to: "gender" },
      code: "mapping.noSource",
      at: [],
    },
    {
      what: "a field that no version of the standard has",
      row: { change: "replace", row: "gender", from: "PID-99" },
      code: "mapping.unknownField",
      at: ["from"],
    },
    {
      what: "a component that the field's type has not",
      row: { change: "replace", row: "gender", firstOf: ["PID-5.2", "PID-7.9"] },
      code: "mapping.unknownComponent",
      at: ["firstOf", 1],
    },
    {
      what: "a segment that no version of the standard has",
      row: { change: "replace", row: "gender", when: { has: ["QQQ-1"] } },
      code: "mapping.unknownSegment",
      at: ["when", "has", 0],
    },
    {
      what: "an extension as the value of what is none",
      row: { ...extension, to: "name[]", from: "PID-5" },
      code: "mapping.notAnExtension",
      at: ["to"],
    },
    {
      what: "an extension as the value of a base row that makes none",
      row: { ...extension, change: "replace", row: "gender" },
      code: "mapping.notAnExtension",
      at: [],
    },
    {
      what: "an extension's element without extension",
      row: { change: "replace", row: "gender", value: "valueString" },
      code: "mapping.noExtension",
      at: ["value"],
    },
    {
      what: "an extension without its element",
      row: { change: "add", row: "a", extension: "https://a.example", from: "PID-3" },
      code: "mapping.unknownValue",
      at: [],
    },
    {
      what: "a converter that makes something else",
      row: { change: "add", row: "a", to: "gender", from: "PID-8", as: "HumanName" },
      code: "mapping.wrongConverter",
      at: ["as"],
    },
    {
      what: "a converter that makes something else than the base row's element holds",
      row: { change: "replace", row: "birthDate", as: "dateTime" },
      code: "mapping.wrongConverter",
      at: ["as"],
    },
    {
      what: "a converter that makes something else than the extension holds",
      row: { ...extension, from: "PID-16", as: "CodeableConcept" },
      code: "mapping.wrongConverter",
      at: ["as"],
    },
    {
      what: "a converter by the name of what every object has",
      row: { change: "replace", row: "gender", as: "constructor" },
      code: "mapping.unknownConverter",
      at: ["as"],
    },
    {
      what: "a constant of another shape",
      row: { change: "add", row: "a", to: "birthDate", is: "15.01.1980" },
      code: "mapping.wrongConstant",
      at: ["is"],
    },
    {
      what: "a constant with a part that its type has not",
      row: { change: "add", row: "a", to: "name[]", is: { family: "X", given: ["Y"], sur: "Z" } },
      code: "mapping.wrongConstant",
      at: ["is", "sur"],
    },
    {
      what: "a constant with a list in place of a value",
      row: { change: "add", row: "a", to: "name[]", is: [{ use: "usual" }, { family: ["X"] }] },
      code: "mapping.wrongConstant",
      at: ["is", 1, "family"],
    },
    {
      what: "a constant of another shape than the extension holds",
      row: { ...extension, is: 7 },
      code: "mapping.wrongConstant",
      at: ["is"],
    },
    {
      what: "a constant that a converter should change",
      row: { change: "replace", row: "gender", is: "F", table: "gender" },
      code: "mapping.constantAsIs",
      at: ["table"],
    },
    {
      what: "a list at the end written as one value",
      row: { change: "add", row: "a", to: "maritalStatus.coding", from: "PID-16" },
      code: "mapping.aList",
      at: ["to"],
    },
    {
      what: "a list inside a list",
      row: { change: "add", row: "a", to: "contact[].telecom[]", from: "PID-13" },
      code: "mapping.listInList",
      at: ["to"],
    },
    {
      what: "a step too many",
      row: { change: "add", row: "a", to: "name[].period.start.day", from: "PID-5" },
      code: "mapping.unknownElement",
      at: ["to"],
    },
    {
      what: "a list of fields without a field",
      row: { change: "replace", row: "gender", firstOf: [] },
      code: "mapping.emptyList",
      at: ["firstOf"],
    },
    {
      what: "a condition without a text to be had",
      row: { change: "replace", row: "gender", when: { any: [{ oneOf: { "PID-8": [] } }] } },
      code: "mapping.emptyList",
      at: ["when", "any", 0, "oneOf", "PID-8"],
    },
    {
      what: "a condition that says nothing",
      row: { change: "replace", row: "gender", when: {} },
      code: "mapping.emptyList",
      at: ["when"],
    },
    {
      what: "two sources in one row",
      row: { change: "replace", row: "gender", from: "PID-8", is: "female" },
      code: "mapping.severalSources",
      at: [],
    },
  ] as const)("$what", ({ code, at, ...given }) => {
    const maps = "maps" in given ? given.maps : { patient: [given.row as RowChange] };
    const path = "maps" in given ? at : ["maps", "patient", 0, ...at];
    expect(checkOverlay(overlay(maps)).problems).toMatchObject([{ code, path }]);
  });

  test.each([
    [
      { change: "remove", row: "gender" },
      { change: "replace", row: "gender", is: "other" },
    ],
    [
      { change: "replace", row: "gender", is: "other" },
      { change: "remove", row: "gender" },
    ],
  ] as const)("a row that is changed twice, %j and %j", (...changes) => {
    expect(checkOverlay(patient(...changes)).problems).toMatchObject([
      { code: "mapping.changedTwice", path: ["maps", "patient", 1, "row"] },
    ]);
  });

  test("nothing wrong in a row of its own that another change would have to change", () => {
    const own = { change: "add", row: "own", to: "gender", is: "other" } as const;
    const again = { change: "remove", row: "gender.own" } as const;
    expect(checkOverlay(patient(own, again)).problems).toMatchObject([
      { code: "mapping.unknownRow" },
    ]);
  });

  test("no fault in what the site's profile says that it sends", () => {
    const changes = patient(
      { change: "replace", row: "gender", from: "PID-99.2" },
      { change: "replace", row: "birthDate", when: { has: ["QQQ-1"] } },
    );
    const profile = {
      segments: { PID: { fields: { "99": { type: "CWE" } } } },
      messages: { "ADT^A08": { segments: { QQQ: { fields: { "1": { type: "ST" } } } } } },
    };
    expect(checkOverlay(changes, profile).problems).toEqual([]);
  });

  test.each(["constructor", "toString", "__proto__"])(
    "no row and no map by the name %s",
    (name) => {
      const row = { change: "replace", row: name, from: "PID-8" } as const;
      const maps = { patient: [row], [name]: [row] };
      expect(checkOverlay(overlay(maps)).problems).toMatchObject([
        { code: "mapping.unknownRow" },
        { code: "mapping.unknownMap" },
      ]);
    },
  );

  test("fields that are left out on purpose and are none", () => {
    const leftOut = (...fields: readonly string[]) =>
      checkOverlay({
        ...overlay({}),
        notMapped: fields.map((field) => ({ field, reason: "Of no use." })),
      }).problems;
    expect(leftOut("ZPD-1", "ZPV-*", "PID-5.2", "OBX-*")).toEqual([]);
    expect(leftOut("PID-99", "QQQ-*", "PID5")).toMatchObject([
      { code: "mapping.unknownField", path: ["notMapped", 0, "field"] },
      { code: "mapping.unknownSegment", path: ["notMapped", 1, "field"] },
      { code: "mapping.badPlace", path: ["notMapped", 2, "field"] },
    ]);
  });

  test("a segment of the standard given to a group", () => {
    expect(checkOverlay(overlay({}, { OBX: "patient" })).problems).toMatchObject([
      { code: "mapping.notOwnSegment", path: ["segments", "OBX"] },
    ]);
  });
});
