import { reveal } from "@trestle/base";
import type { CodeableConcept } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { r4Problems } from "./r4.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

describe("an entry of the problem list", () => {
  const problem = (action: string, { ended = "", status = "" }) =>
    conditionIn(
      `PRB|${action}|20260115200000|I10^Hypertension^I10|PL-501^LKS|||20260115||${ended}||||${status}`,
    );

  test.each([{}, { status: "Active" }, { ended: "20260110", status: "Resolved" }])(
    "that is deleted was entered in error, and has no clinical status",
    (facts) => {
      const made = problem("DE", facts);
      expect(codeOf(made?.verificationStatus)).toBe("entered-in-error");
      expect(made?.clinicalStatus).toBeUndefined();
    },
  );

  test.each([
    { ended: "20260110", status: "", expected: "resolved", end: "2026-01-10" },
    { ended: "20260110", status: "Inactive", expected: "inactive", end: "2026-01-10" },
    { ended: "20260110", status: "Active", expected: "active", end: undefined },
  ])("ends only where its status allows it: $status", ({ expected, end, ...facts }) => {
    const made = problem("UP", facts);
    expect(codeOf(made?.clinicalStatus)).toBe(expected);
    expect(made?.abatementDateTime).toBe(end);
  });
});

test("a diagnosis on admission and at the end is one condition in two uses of the visit", () => {
  const { bundle } = map([
    "PV1|1|I|W1^101^A^LKS||||||||||||||||80000001^^^LKS^VN",
    "DG1|1||I10^Hypertension^I10|||A|||||||||2",
    "DG1|2||I10^Hypertension^I10|||F|||||||||1",
  ]);
  expect(r4Problems(reveal(bundle))).toEqual([]);
  const [condition, ...others] = resourcesOf(bundle, "Condition");
  expect(others).toEqual([]);
  const uses = resourcesOf(bundle, "Encounter")[0]?.diagnosis ?? [];
  expect(uses.map(({ condition: { reference } }) => reference)).toEqual(
    Array.from({ length: 2 }, () => `urn:uuid:${condition?.id ?? ""}`),
  );
  expect(uses.map(({ use, rank }) => [codeOf(use), rank])).toEqual([
    ["AD", 2],
    ["DD", 1],
  ]);
});

function codeOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.[0]?.code;
}

function conditionIn(...segments: readonly string[]) {
  const { bundle } = map(segments);
  expect(r4Problems(reveal(bundle))).toEqual([]);
  return resourcesOf(bundle, "Condition")[0];
}

function map(segments: readonly string[]) {
  const lines = [
    "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^A08|1|T|2.5.1",
    "PID|1||900001^^^LKS^MR||BEAM^ADA",
    ...segments,
  ];
  return mapper.map(read(lines.join("\r")), lakeshore);
}
