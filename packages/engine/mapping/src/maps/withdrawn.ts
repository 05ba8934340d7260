import type { Segment } from "@trestle/hl7v2";
import { segmentOf } from "../datatypes/beside.ts";
import { findRow } from "../datatypes/code.ts";
import type { Condition, Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";

/**
 * OBX-11 takes back what the OBX told, such as D (deleted) or W (sent for the wrong patient).
 *
 * @see HL7 v2.8.2, table 0085
 */
export function isWithdrawn(segment: Segment, scope: Scope): boolean {
  const [status] = segment.field(11).repetitions;
  return status !== undefined && findRow(status, scope, table)?.code === "entered-in-error";
}

/** The same of the OBX that a group holds; of several, all of them. */
export const areWithdrawn: Condition = ({ scope }) =>
  scope.group.derive(areWithdrawn, () => {
    const segments = scope.segments("OBX");
    return segments.length > 0 && segments.every((segment) => isWithdrawn(segment, scope));
  });

/** What an OBX holds, as long as that is not taken back. */
export function unlessWithdrawn(as: Converter): Converter {
  return (part, scope, lookup) =>
    isWithdrawn(segmentOf(part), scope) ? undefined : as(part, scope, lookup);
}

const table = "observation-status";
