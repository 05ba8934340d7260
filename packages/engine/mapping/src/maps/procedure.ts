import type { CodeableConcept, Procedure } from "@trestle/fhir";
import { cwe } from "../datatypes/cwe.ts";
import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { dateTime, momentOf, printMoment } from "../datatypes/ts.ts";
import { has, isOneOf, without } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import { textOf } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { location } from "./location.ts";
import { modifiedCode } from "./modified-code.ts";
import { practitioner } from "./practitioner.ts";
import { roleCodeRow } from "./role-rows.ts";
import { hasBetterText, theEncounter, thePatient } from "./subject.ts";

const number = eiShape("procedure");

/** @see HL7 v2.8.2, chapter 6.5.4 (PR1) */
export const procedure = defineMap<Procedure>("procedure", {
  type: "Procedure",
  keys: [
    // HL7 v2.8.2, chapter 6.5.4.19: unique among the procedures of one encounter.
    [thePatient, [theEncounter], identifierKey("PR1-19", number)],
    [thePatient, [theEncounter], ["PR1-3.1", "PR1-3.2", "PR1-4"], ["PR1-5"]],
  ],
  needs: ["code", "subject"],
  rows: [
    { to: "identifier[]", from: "PR1-19", as: identifier(number) },
    { to: "partOf[].identifier", from: "PR1-25", as: identifier(number) },
    { to: "status", id: "deleted", is: "entered-in-error", when: isOneOf("PR1-20", "D") },
    { to: "status", is: "completed", when: has("PR1-5") },
    { to: "status", id: "otherwise", is: "unknown" },
    { to: "category", from: "PR1-6", as: cwe, table: "procedure-category", isPartial: true },
    { to: "code", from: "PR1-3", as: procedureCode },
    { to: "code.coding[]", id: "modified", from: "PR1-16", as: modifiedCode("PR1-3") },
    { to: "code.text", from: "PR1-4" },
    { to: "subject", refersTo: "patient" },
    { to: "encounter", refersTo: "encounter" },
    { to: "performedPeriod.start", from: "PR1-5", as: dateTime, when: hasDuration },
    { to: "performedPeriod.end", from: "PR1-7", as: endAfterMinutes, when: hasDuration },
    { to: "performedDateTime", from: "PR1-5", as: dateTime, when: without("performed") },
    performer("anesthesiologist", "PR1-8", { code: "88189002", display: "Anesthesiologist" }),
    performer("surgeon", "PR1-11", { code: "304292004", display: "Surgeon" }),
    performer("practitioner", "PR1-12"),
    { to: "location", from: "PR1-23", as: location },
    { to: "reasonCode[]", from: "PR1-15", as: cwe },
  ],
  closing: [
    {
      to: "performer[].actor",
      id: "role",
      refersTo: "procedurePerson",
      with: [{ to: "function", ...roleCodeRow }],
    },
  ],
});

function performer(
  id: string,
  from: string,
  coding?: { code: string; display: string },
): Row<"performer"> {
  const system = "http://snomed.info/sct";
  const as: readonly Row[] = coding
    ? [{ to: "function", is: { coding: [{ system, ...coding }] } }]
    : [];
  return { to: "performer[].actor", id, from, as: practitioner, with: as };
}

/** PR1-7 in minutes, after a start that has a time of day. */
function hasDuration({ scope }: Reading): boolean {
  return /^\d{10}/u.test(scope.text("PR1-5") ?? "") && minutes(scope.text("PR1-7")) !== undefined;
}

function endAfterMinutes(...[part, scope]: Parameters<Converter>): unknown {
  const length = minutes(textOf(part));
  const begin = scope.part("PR1-5");
  const start = begin && momentOf(begin, scope);
  return start && length ? printMoment(start + length * 60_000, scope) : undefined;
}

function minutes(written: string | undefined): number | undefined {
  return written !== undefined && /^[1-9]\d{0,4}$/u.test(written) ? Number(written) : undefined;
}

/** PR1-4 is the text where PR1-3 has none of its own. */
function procedureCode(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const made = cwe(part, scope, lookup) as CodeableConcept | undefined;
  if (made !== undefined && hasBetterText(part, scope, "PR1-4")) delete made.text;
  return made;
}
