import type { Condition, Observation } from "@trestle/fhir";
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
  { name: "status:not", values: ["preliminary"], matches: false },
  { name: "made-up", values: ["final"], matches: false },
  { name: "based-on", values: ["ServiceRequest/1"], matches: false },
])("$name of $values: $matches", ({ name, values, matches }) => {
  expect(matchesQuery(laboratory, [{ name, values }])).toBe(matches);
});

test("a parameter is looked for in the element that it is about, whatever its name", () => {
  const over = { coding: [{ code: "resolved" }] };
  const condition: Condition = { resourceType: "Condition", subject: {}, clinicalStatus: over };
  const query = (value: string) => [{ name: "clinical-status", values: [value] }];
  expect(matchesQuery(condition, query("resolved"))).toBe(true);
  expect(matchesQuery(condition, query("active"))).toBe(false);
});
