import { phi, reveal } from "@trestle/base";
import type { Bundle } from "@trestle/fhir";
import { expect, test } from "vitest";
import { prepareChange } from "../src/index.ts";

const ward = { resourceType: "Location", id: "ward", name: "TEST WARD" } as const;
const bundle: Bundle = {
  resourceType: "Bundle",
  type: "collection",
  entry: [
    { fullUrl: "urn:uuid:one", resource: { resourceType: "Patient", id: "one" } },
    { fullUrl: "urn:uuid:ward", resource: ward },
  ],
};
const change = { site: "lakeshore", receivedAt: 0, bundle: phi(bundle) };

test("what was printed before gives the same change, however often it recurs", () => {
  const resources = (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
  const printed = new Map(
    resources.map((resource) => {
      const recurs = resource === ward;
      return [resource, { text: JSON.stringify(resource), recurs }];
    }),
  );
  for (const position of [1, 2]) {
    const told = { ...change, position };
    expect(reveal(prepareChange({ ...told, printed }))).toEqual(reveal(prepareChange(told)));
  }
});
