import type { Medication } from "@trestle/fhir";
import { codedReference } from "../datatypes/coded-reference.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dateTime } from "../datatypes/ts.ts";
import { any, has } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { ofGive } from "./give-key.ts";
import { ingredient, strength } from "./medication.ts";

/** More is told of the drug than its code. */
export const isDescribedGive = any(...["RXG-8", "RXG-17", "RXG-19", "RXC-2"].map(has));

/**
 * The drug of one give, of which form, strength, lot or components are told.
 *
 * @see HL7 v2.8.2, chapters 4A.4.6 (RXG) and 4A.4.3 (RXC)
 */
export const givenMedication = defineMap<Medication>("givenMedication", {
  type: "Medication",
  when: isDescribedGive,
  keys: [[...ofGive, ["RXG-4.1", "RXG-4.2"]]],
  repeated: "numbered",
  rows: [
    { to: "code", from: "RXG-4", as: cwe, table: "medication", isPartial: true },
    { to: "manufacturer", from: "RXG-21", as: codedReference },
    { to: "form", from: "RXG-8", as: cwe },
    {
      to: "ingredient[].itemCodeableConcept",
      from: "RXG-4",
      as: cwe,
      with: [{ to: "strength", from: "RXG-17", as: strength([17, 18], [23, 24]) }],
      when: has("RXG-17"),
    },
    {
      to: "ingredient[]",
      id: "component",
      from: "RXC-2",
      as: ingredient,
      table: "medication",
      isPartial: true,
    },
    { to: "batch.lotNumber", from: "RXG-19" },
    { to: "batch.expirationDate", from: "RXG-20", as: dateTime },
  ],
  refersWith: [{ to: "display", from: ["RXG-4.9", "RXG-4.2", "RXG-4.1"] }],
});
