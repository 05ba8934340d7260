import type { Segment } from "@trestle/hl7v2";
import { findRow } from "../datatypes/code.ts";
import { countOf } from "../datatypes/count.ts";
import { type Part, isWritten, textOf } from "../rows/part.ts";
import type { Condition } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { isWithdrawn } from "./withdrawn.ts";

/**
 * What an OBX below an RXA tells of the vaccine, as the table immunization-observation has it.
 * Nothing where it is withdrawn: then it is a result that was entered in error.
 */
export function roleOf(segment: Segment, scope: Scope): string | undefined {
  if (isWithdrawn(segment, scope)) return undefined;
  const [code] = segment.field(3).repetitions;
  return code && findRow(code, scope, "immunization-observation")?.code;
}

/** The OBX of any of these roles that belong to an RXA. */
function segmentsOf(scope: Scope, roles: readonly string[]): readonly Segment[] {
  return scope.group.segmentsBelow("OBX").filter((segment) => {
    const role = roleOf(segment, scope);
    return role !== undefined && roles.includes(role);
  });
}

/**
 * What the OBX of these roles tell that belong together with an OBX-5, by role; undefined but for
 * the first of them. OBX-4 binds them; where a role comes again, it begins another.
 *
 * @param roles The same list at each call, for what follows from it is made once.
 */
export function toldWith(
  part: Part,
  scope: Scope,
  roles: readonly string[],
): ReadonlyMap<string, Part> | undefined {
  return scope.group.derive(roles, () => toldTogether(scope, roles)).get(part);
}

/** All that is told together, by the first OBX-5 of each. */
function toldTogether(
  scope: Scope,
  roles: readonly string[],
): ReadonlyMap<Part, ReadonlyMap<string, Part>> {
  const byFirst = new Map<Part, ReadonlyMap<string, Part>>();
  const open = new Map<string, Map<string, Part>>();
  for (const segment of segmentsOf(scope, roles)) {
    const role = roleOf(segment, scope) ?? "";
    const [value] = segment.field(5).repetitions;
    const bound = textOf(segment.field(4)) ?? "";
    let told = open.get(bound);
    if (told === undefined || told.has(role)) open.set(bound, (told = new Map<string, Part>()));
    if (value === undefined || !isWritten(value)) continue;
    if (told.size === 0) byFirst.set(value, told);
    told.set(role, value);
  }
  return byFirst;
}

/** A number of a dose, or of doses; what R4 does not count, such as 0, as text. */
export function numberAs(element: string, part: Part): object {
  const number = countOf(part);
  return number ? { [`${element}PositiveInt`]: number } : { [`${element}String`]: textOf(part) };
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
export const hasForecast: Condition = ({ scope }) =>
  scope.group.derive(hasForecast, () => segmentsOf(scope, forecastRoles).length > 0);

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
