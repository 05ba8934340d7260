import type { Bundle } from "@trestle/fhir";
import { expect, test } from "vitest";
import { printBundle, printResources } from "../src/result.ts";

const bundle: Bundle = {
  resourceType: "Bundle",
  type: "collection",
  entry: [
    { fullUrl: "urn:uuid:1", resource: { resourceType: "Patient", id: "1" } },
    { fullUrl: "urn:uuid:2", resource: { resourceType: "Organization", id: "2" } },
  ],
};

test("a bundle says the same, whatever of it was printed before", () => {
  const [first] = bundle.entry ?? [];
  const whole = JSON.stringify(bundle);
  for (const entry of [[], first === undefined ? [] : [first], bundle.entry ?? []]) {
    const printed = printResources({ ...bundle, entry: [...entry] });
    expect(printBundle(bundle, printed)).toBe(whole);
  }
});
