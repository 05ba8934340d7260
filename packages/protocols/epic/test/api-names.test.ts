import { describe, expect, test } from "vitest";
import {
  allowsApi,
  apiNames,
  apisFor,
  interactionsOf,
  parseApiName,
  printApiName,
  resourceTypes,
  scopesOfApis,
} from "../src/index.ts";

describe("names of APIs", () => {
  test("2.2 resource types: there are 59", () => {
    expect(resourceTypes.length).toBe(59);
    expect(interactionsOf("Patient")).toEqual(["Create", "Read", "Search"]);
    expect(interactionsOf("Subscription")).toEqual([]);
    expect(interactionsOf("constructor")).toEqual([]);
  });

  test("come back as they were after they were taken apart", () => {
    for (const name of apiNames) {
      const parsed = parseApiName(name);
      expect(parsed && printApiName(parsed)).toBe(name);
    }
    expect(new Set(apiNames).size).toBe(apiNames.length);
  });

  test.each([
    {
      text: "Condition.Search (Problems) (R4)",
      type: "Condition",
      operation: "Search",
      subType: "Problems",
      version: "R4",
    },
    {
      text: "Encounter.Read (R4)",
      type: "Encounter",
      operation: "Read",
      subType: "",
      version: "R4",
    },
    {
      text: "Patient.$match (R4)",
      type: "Patient",
      operation: "$match",
      subType: "",
      version: "R4",
    },
    {
      text: "ServiceRequest.Search",
      type: "ServiceRequest",
      operation: "Search",
      subType: "",
      version: "R4",
    },
    {
      text: "Appointment.$find (STU3)",
      type: "Appointment",
      operation: "$find",
      subType: "",
      version: "STU3",
    },
    {
      text: "DocumentReference.Read (IRF-PAI) (R4)",
      type: "DocumentReference",
      operation: "Read",
      subType: "IRF-PAI",
      version: "R4",
    },
  ])("2.3 API name: $text has its parts", ({ text, ...parts }) => {
    expect(parseApiName(text)).toEqual(parts);
  });

  test.each(["", "patient/Observation.read", "Observation", "observation.Read (R4)"])(
    "are not %j",
    (text) => {
      expect(parseApiName(text)).toBeUndefined();
    },
  );
});

describe("what a name allows", () => {
  test("is its part of the type, and the whole type where it names no part", () => {
    const problems = { type: "Condition", operation: "Search", subType: "Problems" };
    expect(apisFor(problems)).toEqual(["Condition.Search (Problems) (R4)"]);
    expect(allowsApi(["Condition.Search (Genomics) (R4)"], problems)).toBe(false);
    expect(allowsApi(["Condition.Search (R4)"], problems)).toBe(true);
    expect(allowsApi(["Condition.Read (Problems) (R4)"], problems)).toBe(false);
    expect(allowsApi(["Condition.Search (Problems) (STU3)"], problems)).toBe(false);
  });

  test("is any part where the use names none", () => {
    const use = { type: "Condition", operation: "Search" };
    expect(allowsApi(["Condition.Search (Genomics) (R4)"], use)).toBe(true);
    expect(apisFor(use).length).toBe(11);
  });

  test("is the same whether vital signs have their long word or their short one", () => {
    const use = { type: "Observation", operation: "Create", subType: "Vitals" };
    expect(apisFor(use)).toEqual(["Observation.Create (Vital Signs) (R4)"]);
  });
});

describe("scopes that follow from APIs", () => {
  const apis = [
    "Condition.Read (Problems) (R4)",
    "Condition.Search (Problems) (R4)",
    "Observation.Create (Vital Signs) (R4)",
    "Provenance.Read (R4)",
    "Patient.$match (R4)",
    "Appointment.$find (STU3)",
  ];
  const category =
    "category=http://hl7.org/fhir/us/core/CodeSystem/condition-category|problem-list-item";

  test("1.8 v1 scopes: read and write", () => {
    expect(scopesOfApis(apis, { level: "user", spelling: "v1" })).toEqual([
      "user/Condition.read",
      "user/Observation.write",
      "user/Provenance.read",
    ]);
  });

  test("1.8 v2 scopes: one letter each, granular ones beside the bare one", () => {
    expect(scopesOfApis(apis, { level: "system", spelling: "v2" })).toEqual([
      "system/Condition.r",
      `system/Condition.r?${category}`,
      "system/Condition.s",
      `system/Condition.s?${category}`,
      "system/Observation.c",
      "system/Provenance.r",
    ]);
  });

  test("1.8 scopes before v2: names of APIs", () => {
    expect(scopesOfApis(apis, { level: "patient", spelling: "names" })).toEqual([
      "Condition.read",
      "Condition.search",
      "Observation.create",
      "Provenance.read",
    ]);
  });
});
