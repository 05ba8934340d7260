import type { FhirResource } from "@trestle/fhir";
import { expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

test("a relative of two patients is a RelatedPerson of each", () => {
  const father = "PRT||UC||FTH^Father|7700^BEAM^MAX^^^^^^LKS";
  const ids = ["900001", "900002"].map((number) => idOf("RelatedPerson", number, father));
  expect(new Set(ids).size).toBe(2);
});

test("a diagnosis and an entry of the problem list of one code are two conditions", () => {
  const diagnosis = idOf("Condition", "900001", "DG1|1||I10^Hypertension^I10|||F");
  const problem = idOf("Condition", "900001", "PRB|AD|20260115200000|I10^Hypertension^I10");
  expect(problem).not.toBe(diagnosis);
});

/** The id of the only resource of a type in a message about a patient. */
function idOf(
  type: FhirResource["resourceType"],
  number: string,
  ...segments: readonly string[]
): string | undefined {
  const lines = [
    "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||ADT^A08|1|T|2.8",
    `PID|1||${number}^^^LKS^MR||BEAM^ADA`,
    ...segments,
  ];
  const found = resourcesOf(mapper.map(read(lines.join("\r")), lakeshore).bundle, type);
  expect(found).toHaveLength(1);
  return found[0]?.id;
}
