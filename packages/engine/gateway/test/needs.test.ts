import { describe, expect, test } from "vitest";
import { allowedReads, allowedSearches } from "../src/needs.ts";

const search = (scopes: readonly string[], type: string, query: string) =>
  allowedSearches(
    { scopes, elements: {} },
    { type, permission: "s", parameters: [...new URLSearchParams(query)] },
  ).map(({ parameters }) => parameters.map(([name, value]) => `${name}=${value}`).join("&"));

describe("what scopes allow of a search", () => {
  test.each([
    { scopes: ["system/Patient.rs"], type: "Patient", query: "family=Beam" },
    { scopes: ["system/*.s"], type: "Patient", query: "family=Beam" },
    { scopes: ["system/Patient.read"], type: "Patient", query: "" },
    {
      scopes: ["system/Observation.s?category=laboratory", "system/Observation.s"],
      type: "Observation",
      query: "patient=1",
    },
  ])("is all of it: $scopes for $type?$query", ({ scopes, type, query }) => {
    expect(search(scopes, type, query)).toEqual([query]);
  });

  test.each([
    { scopes: [], type: "Patient", query: "" },
    { scopes: ["system/Patient.r"], type: "Patient", query: "" },
    { scopes: ["patient/Patient.rs", "user/Patient.rs"], type: "Patient", query: "" },
    { scopes: ["system/Observation.rs"], type: "Patient", query: "" },
    {
      scopes: ["system/Observation.s?category=laboratory"],
      type: "Observation",
      query: "patient=1&category=vital-signs",
    },
    {
      scopes: ["system/Observation.s?category=laboratory"],
      type: "Observation",
      query: "patient=1&category=laboratory,vital-signs",
    },
    {
      scopes: ["system/Observation.s?category=http://a.example|laboratory"],
      type: "Observation",
      query: "category=http://b.example|laboratory",
    },
  ])("is nothing: $scopes for $type?$query", ({ scopes, type, query }) => {
    expect(search(scopes, type, query)).toEqual([]);
  });

  test("is a search for each part that a scope allows", () => {
    const scopes = [
      "system/Observation.s?category=laboratory",
      "system/Observation.s?category=vital-signs",
    ];
    expect(search(scopes, "Observation", "patient=1")).toEqual([
      "patient=1&category=laboratory",
      "patient=1&category=vital-signs",
    ]);
  });

  test("is what was asked for where it asks for such a part itself", () => {
    const scopes = ["system/Observation.s?category=laboratory"];
    const asked = "patient=1&category=http://a.example|laboratory";
    expect(search(scopes, "Observation", asked)).toEqual([asked]);
  });
});

test("a read under granular scopes must match one of their queries", () => {
  const read = (scopes: readonly string[]) =>
    allowedReads(
      { scopes, elements: {} },
      { type: "Observation", permission: "r", parameters: [] },
    );
  expect(read(["system/Observation.r"])).toBeUndefined();
  expect(read(["system/Patient.r"])).toEqual([]);
  expect(read(["system/Observation.r?category=laboratory"])).toEqual([
    [{ name: "category", values: ["laboratory"] }],
  ]);
});
