import { describe, expect, test } from "vitest";
import { systemAt, systemSuffixes } from "../src/index.ts";

describe("2.8 identifier systems", () => {
  test.each([
    { environment: "hosted", system: "urn:oid:1.2.840.114350.1.13.0.1.7.5.737384.14" },
    { environment: "production", system: "urn:oid:1.2.840.114350.1.13.0.2.7.5.737384.14" },
    { environment: "nonproduction", system: "urn:oid:1.2.840.114350.1.13.0.3.7.5.737384.14" },
  ] as const)("name the $environment environment", ({ environment, system }) => {
    expect(systemAt({ customerId: 0, environment }, "recordNumber")).toBe(system);
  });

  test("name the customer", () => {
    expect(systemAt({ customerId: 412, environment: "production" }, "encounter")).toBe(
      "urn:oid:1.2.840.114350.1.13.412.2.7.3.698084.8",
    );
  });

  test("are one for each kind of number", () => {
    const suffixes = Object.values(systemSuffixes);
    expect(new Set(suffixes).size).toBe(suffixes.length);
  });
});
