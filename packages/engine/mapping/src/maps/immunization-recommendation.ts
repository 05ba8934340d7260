import type {
  CodeableConcept,
  ImmunizationRecommendation,
  ImmunizationRecommendationRecommendation,
} from "@trestle/fhir";
import { segmentOf } from "../datatypes/beside.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dateTime } from "../datatypes/ts.ts";
import { allOf } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Part } from "../rows/part.ts";
import type { Converter, Lookup } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { isVaccine } from "./immunization.ts";
import {
  forecastRoles,
  hasForecast,
  numberAs,
  roleOf,
  toldWith,
} from "./immunization-observation.ts";
import { warnings } from "../warnings.ts";
import { thePatient } from "./subject.ts";

/**
 * The vaccines that are due, from the OBX below an RXA; the newest forecast replaces the earlier.
 *
 * @see CDC guide for immunization messaging 1.5, evaluated history and forecast (Z42)
 */
export const immunizationRecommendation = defineMap<ImmunizationRecommendation>(
  "immunizationRecommendation",
  {
    type: "ImmunizationRecommendation",
    when: allOf(isVaccine, hasForecast),
    keys: [[thePatient, ["ORC-3.1", "ORC-2.1"], ["RXA-5.1"]]],
    repeated: "numbered",
    needs: ["patient", "date", "recommendation"],
    rows: [
      { to: "patient", refersTo: "patient" },
      { to: "date", from: "MSH-7", as: dateTime },
      { to: "authority.display", from: "OBX-5", reach: "below", as: authority },
      { to: "recommendation[]", from: "OBX-5", reach: "below", as: recommendation },
    ],
  },
);

function authority(...[part, scope]: Parameters<Converter>): string | undefined {
  const segment = segmentOf(part);
  if (segment === undefined || roleOf(segment, scope) !== "forecast-authority") return undefined;
  return (cwe(part, scope, {}) as CodeableConcept | undefined)?.text;
}

/** The OBX with the same OBX-4 are about one vaccine. */
function recommendation(...[part, scope]: Parameters<Converter>): unknown {
  const told = toldWith(part, scope, roles);
  if (told === undefined) return undefined;
  const made = recommended(told, scope);
  if (made.vaccineCode === undefined) {
    const facts = { type: "ImmunizationRecommendation", element: "vaccine", at: part.at };
    scope.draft.warn(warnings.incomplete(facts));
    return undefined;
  }
  for (const [key, role] of elements) {
    const source = told.get(role);
    if (source !== undefined && key in made) scope.draft.trace?.note(made, key, { part: source });
  }
  return made;
}

/** What the OBX of one vaccine say, by their roles. */
function recommended(
  told: ReadonlyMap<string, Part>,
  scope: Scope,
): ImmunizationRecommendationRecommendation {
  const conceptOf = (role: string, lookup: Lookup = {}) => {
    const value = told.get(role);
    return value && (cwe(value, scope, lookup) as CodeableConcept | undefined);
  };
  const vaccine = conceptOf("due-vaccine");
  const status = conceptOf("forecast-status", { table: "forecast-status", isPartial: true });
  const reason = conceptOf("forecast-reason");
  const series = conceptOf("series")?.text;
  const [dose, doses] = ["dose-number", "series-doses"].map((role) => told.get(role));
  const dates = datesOf(told, scope);
  return {
    ...(vaccine && { vaccineCode: [vaccine] }),
    forecastStatus: status ?? unknown,
    ...(reason && { forecastReason: [reason] }),
    ...(dates.length > 0 && { dateCriterion: dates }),
    ...(series && { series }),
    ...(dose && numberAs("doseNumber", dose)),
    ...(doses && numberAs("seriesDoses", doses)),
  };
}

function datesOf(told: ReadonlyMap<string, Part>, scope: Scope) {
  return dateCriteria.flatMap(({ role, code, display }) => {
    const part = told.get(role);
    const value = part && dateTime(part, scope, {});
    if (part === undefined || typeof value !== "string") return [];
    const made = { code: { coding: [{ system: "http://loinc.org", code, display }] }, value };
    scope.draft.trace?.note(made, "value", { part });
    return [made];
  });
}

const dateCriteria = [
  { role: "due-date", code: "30980-7", display: "Date vaccine due" },
  { role: "earliest-date", code: "30981-5", display: "Earliest date to give" },
  { role: "latest-date", code: "59777-3", display: "Latest date to give immunization" },
  { role: "overdue-date", code: "59778-1", display: "Date when overdue for immunization" },
];

const roles = [...forecastRoles, "dose-number", "series-doses", "series"];

/** Which OBX gave which element. */
const elements: readonly (readonly [element: string, role: string])[] = [
  ["vaccineCode", "due-vaccine"],
  ["forecastStatus", "forecast-status"],
  ["forecastReason", "forecast-reason"],
  ["series", "series"],
  ["doseNumberPositiveInt", "dose-number"],
  ["doseNumberString", "dose-number"],
  ["seriesDosesPositiveInt", "series-doses"],
  ["seriesDosesString", "series-doses"],
];

const unknown: CodeableConcept = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: "unknown" }],
};
