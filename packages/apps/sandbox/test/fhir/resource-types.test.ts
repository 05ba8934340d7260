import { describe, expect, test } from "vitest";
import { offeredType, offeredTypes } from "../../src/fhir/capability/resource-types.ts";

describe("2.2 resource types", () => {
  test("are 59, each named once, in the order of their names", () => {
    const names = offeredTypes.map(({ type }) => type);
    expect(names).toHaveLength(59);
    expect(names).toEqual([...new Set(names)].toSorted());
  });

  test("have parameters in the order of their names, none in both groups", () => {
    for (const { native, postFiltered } of offeredTypes) {
      expect(native).toEqual(native.toSorted());
      expect(native.filter((name) => postFiltered.includes(name))).toEqual([]);
    }
  });

  test("need only parameters that they have", () => {
    for (const { native, needs } of offeredTypes) {
      expect(needs.flat().filter((name) => !native.includes(name))).toEqual([]);
    }
  });

  test.each([
    { type: "Observation", interactions: ["create", "read", "update", "search-type"] },
    { type: "DiagnosticReport", interactions: ["read", "update", "search-type"] },
    { type: "Provenance", interactions: ["read"] },
  ])("let a client do with $type what is listed", ({ type, interactions }) => {
    expect(offeredType(type)?.interactions).toEqual(interactions);
  });

  test("do not know what the hospital does not have", () => {
    expect(offeredType("Schedule")).toBeUndefined();
    expect(offeredType("patient")).toBeUndefined();
  });
});
