import type { Observation } from "@trestle/fhir";
import { expect, test } from "vitest";
import { charts } from "../support/charts.ts";

test("observations have units as people write them, with their codes of UCUM", () => {
  const { store } = charts({ patients: 30 });
  const all = [...store.all("Observation")].map(({ resource }) => resource as Observation);
  const units = new Map(
    all.flatMap(({ valueQuantity }) =>
      valueQuantity?.code === undefined ? [] : [[valueQuantity.unit, valueQuantity.code]],
    ),
  );
  const other = [...units].filter(([unit, code]) => unit !== code);
  expect(Object.fromEntries(other)).toEqual({ bpm: "/min", degC: "Cel", "uIU/mL": "u[IU]/mL" });
  expect(units.size).toBeGreaterThan(8);
});
