import { reveal } from "@trestle/base";
import type { FhirResource } from "@trestle/fhir";
import { describe, expect, test } from "vitest";
import { createMapper } from "../src/index.ts";
import { read } from "./cases.ts";
import { lakeshore } from "./lakeshore.ts";
import { r4Problems } from "./r4.ts";
import { resourcesOf } from "./resources.ts";

const mapper = createMapper();

describe("the financial class of a visit", () => {
  const visit = "PV1|1|I|W1^101^A^LKS||||||||||||||||80000001^^^LKS^VN|COM";
  const types = (...numbers: readonly string[]) =>
    resourcesIn(
      "Coverage",
      visit,
      ...numbers.map((number, index) => `IN1|${number}|P${index}|I${index}|TEST INSURER`),
    ).map(({ type }) => type?.text ?? type?.coding?.[0]?.code);

  test("is that of who pays first", () => {
    expect(types("1", "2")).toEqual(["COM", undefined]);
    expect(types("2", "1")).toEqual([undefined, "COM"]);
  });

  test("is that of the insurance that stands first where nothing counts them", () => {
    expect(types("", "")).toEqual(["COM", undefined]);
  });
});

test("what one costs is not what the charge costs", () => {
  const charge = "FT1|1|T1||20260301||CG|27130^Hip^C4|||3";
  const [whole] = resourcesIn("ChargeItem", `${charge}|36.00&USD|12.00&USD`);
  expect(JSON.stringify(whole?.priceOverride)).toBe(`{"value":36.00,"currency":"USD"}`);
  const [unit] = resourcesIn("ChargeItem", `${charge}||12.00&USD`);
  expect(unit?.priceOverride).toBeUndefined();
  expect(unit?.extension?.[0]?.extension).toMatchObject([{ valueCode: "base" }, { url: "amount" }]);
});

test("each transaction of HL7 table 0017 is a charge, a credit, or no charge", () => {
  const statusOf = (type: string) =>
    resourcesIn("ChargeItem", `FT1|1|T1||20260301||${type}|27130^Hip^C4`).map(
      ({ status }) => status,
    );
  expect(statusOf("CG")).toEqual(["billable"]);
  expect(statusOf("CD")).toEqual(["aborted"]);
  expect(["PY", "AJ", "CO"].flatMap(statusOf)).toEqual([]);
});

function resourcesIn<Type extends FhirResource["resourceType"]>(
  type: Type,
  ...segments: readonly string[]
) {
  const lines = [
    "MSH|^~\\&|HIS|LKS|TRESTLE|TRESTLE|20260301100000||DFT^P03|1|T|2.5.1",
    "PID|1||900001^^^LKS^MR||BEAM^ADA",
    ...segments,
  ];
  const { bundle } = mapper.map(read(lines.join("\r")), lakeshore);
  expect(r4Problems(reveal(bundle))).toEqual([]);
  return resourcesOf(bundle, type);
}
