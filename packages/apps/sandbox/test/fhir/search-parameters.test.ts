import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { printSearchParameters } from "../../definitions/print-search-parameters.ts";
import { readSearchParameters } from "../../definitions/read-search-parameters.ts";
import { offeredTypes } from "../../src/fhir/capability/resource-types.ts";

const file = new URL("../../src/fhir/search/parameters.json", import.meta.url);

test("the parameters on disk are those of the definitions; npm run definitions writes them", () => {
  expect(readFileSync(file, "utf8")).toBe(printSearchParameters(readSearchParameters()));
});

test("every parameter that is offered is known, but those that say nothing about a resource", () => {
  const known = readSearchParameters();
  const unknown = offeredTypes.flatMap(({ type, native, postFiltered }) =>
    [...native, ...postFiltered]
      .filter((name) => known[type]?.[name] === undefined)
      .map((name) => `${type} ${name}`),
  );
  expect(unknown).toEqual([
    "Appointment onlyscannable",
    "Encounter onlyscannable",
    "Patient doc-type",
    "ServiceRequest onlyscannable",
  ]);
});
