import { xcn } from "../datatypes/actor.ts";
import { code, conceptCode } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { ei } from "../datatypes/identifier.ts";
import { xon } from "../datatypes/place.ts";
import { referenceRange } from "../datatypes/quantity.ts";
import { ts } from "../datatypes/ts.ts";
import { not } from "../rows/conditions.ts";
import { defineSegment } from "../rows/define-segment.ts";
import { hasNoValueBut, valueRows } from "./observation-value.ts";

/**
 * An Observation, or one component of it, which is what `Value` names.
 *
 * @see HL7 v2.5.1, chapter 7.4.2 (OBX)
 */
export const obx = defineSegment("observation", {
  segment: "OBX",
  when: not(hasNoValueBut("component", "hasMember")),
  rows: [
    { to: "OBX-1", counts: true },
    ...valueRows,
    { to: "OBX-3", from: "Value.code", as: cwe, table: "observation-code", unlisted: "pass" },
    { to: "OBX-7", from: "Value.referenceRange", as: referenceRange },
    { to: "OBX-8[]", from: "Value.interpretation", as: conceptCode, table: "abnormal-flag" },
    { to: "OBX-11", from: "Observation.status", as: code, table: "observation-status" },
    {
      to: "OBX-14",
      from: [
        "Observation.effectiveDateTime",
        "Observation.effectiveInstant",
        "Observation.effectivePeriod.start",
      ],
      as: ts,
    },
    { to: "OBX-16[]", from: "Observation.performer", as: xcn },
    { to: "OBX-17[]", from: "Observation.method", as: cwe },
    { to: "OBX-19", from: "Observation.issued", as: ts },
    { to: "OBX-20", from: "Observation.bodySite", as: cwe },
    { to: "OBX-21", from: "Observation.identifier", takes: "first", as: ei("observation") },
    { to: "OBX-23", from: "Observation.performer", as: xon },
  ],
});
