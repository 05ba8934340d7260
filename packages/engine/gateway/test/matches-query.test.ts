import type { Observation } from "@trestle/fhir";
import { expect, test } from "vitest";
import { matchesQuery } from "../src/matches-query.ts";

const laboratory: Observation = {
  resourceType: "Observation",
  status: "final",
  code: { text: "Potassium" },
  category: [{ coding: [{ system: "http://a.example", code: "laboratory" }] }],
};

test.each([
  { name: "category", values: ["laboratory"], matches: true },
  { name: "category", values: ["http://a.example|laboratory"], matches: true },
  { name: "category", values: ["vital-signs", "laboratory"], matches: true },
  { name: "category", values: ["http://b.example|laboratory"], matches: false },
  { name: "category", values: ["vital-signs"], matches: false },
  { name: "status", values: ["final"], matches: true },
  { name: "based-on", values: ["ServiceRequest/1"], matches: false },
])("$name of $values: $matches", ({ name, values, matches }) => {
  expect(matchesQuery(laboratory, [{ name, values }])).toBe(matches);
});
