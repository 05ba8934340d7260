import type { Segment } from "@trestle/hl7v2";
import { findRow } from "../datatypes/code.ts";
import { textOf } from "../rows/part.ts";
import type { Condition } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";

/** What an OBX below an RXA tells of the vaccine, as the table immunization-observation has it. */
export function roleOf(segment: Segment, scope: Scope): string | undefined {
  const [code] = segment.field(3).repetitions;
  return code && findRow(code, scope, "immunization-observation")?.code;
}

/** The OBX of a role, or of any of several, that belong to an RXA. */
export function segmentsOf(scope: Scope, ...roles: readonly string[]): readonly Segment[] {
  return scope.group.segmentsBelow("OBX").filter((segment) => {
    const role = roleOf(segment, scope);
    return role !== undefined && roles.includes(role);
  });
}

/** OBX-4, which binds the OBX about one statement or one dose together. */
export function subIdOf(segment: Segment): string {
  return textOf(segment.field(4)) ?? "";
}

/** Such an OBX goes into the Immunization or the ImmunizationRecommendation and is no result. */
export const isToldByVaccine: Condition = ({ scope }) => {
  if (scope.group.around?.name !== "administration" || scope.segments("RXA").length === 0)
    return false;
  if (!isVaccineMessage(scope)) return false;
  const [segment] = scope.segments("OBX");
  const role = segment && roleOf(segment, scope);
  return role !== undefined && role !== "reaction";
};

/** Whether the OBX below an RXA forecast vaccines. */
export const hasForecast: Condition = ({ scope }) => segmentsOf(scope, ...forecastRoles).length > 0;

/** The roles of OBX that tell of one vaccine to come; those with one OBX-4 belong together. */
export const forecastRoles = [
  "due-vaccine",
  "due-date",
  "earliest-date",
  "latest-date",
  "overdue-date",
  "forecast-status",
  "forecast-reason",
];

/** Whether RXA tells of vaccines in this message. */
export function isVaccineMessage(scope: Scope): boolean {
  return vaccineMessages.has(scope.text("MSH-9.1") ?? "");
}

const vaccineMessages: ReadonlySet<string> = new Set(["VXU", "VXR", "VXX", "RSP"]);
