import type { CodeableConcept, Observation } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { bloodPressure, pressureShape } from "../datatypes/blood-pressure.ts";
import { findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dr } from "../datatypes/dr.ts";
import { valueTypeOf } from "../datatypes/ed.ts";
import { measurement } from "../datatypes/quantity.ts";
import { nr, snQuantity, snRange, snRatio, snText } from "../datatypes/sn.ts";
import { lines } from "../datatypes/text.ts";
import { dateTime, time } from "../datatypes/ts.ts";
import { all, any, has, isOneOf, lacks, without } from "../rows/conditions.ts";
import type { Reading } from "../rows/fill.ts";
import type { Converter, Row } from "../rows/row.ts";
import { warnings } from "../warnings.ts";

const noValue = all(without("value"), without("component"));
const isText = isOneOf("OBX-2", "ST", "TX", "FT");
const isMeasured = any(isOneOf("OBX-2", "NM"), all(isText, has("OBX-6")), lacks("OBX-2"));
const isCoded = isOneOf("OBX-2", "CE", "CWE", "CNE", "CF", "IS", "ID");
const isMoment = isOneOf("OBX-2", "DT", "DTM", "TS");
const isStructured = isOneOf("OBX-2", "SN");

/** What OBX-2 may be for a value that is kept as text without a word. */
const texts: ReadonlySet<string> = new Set(["ST", "TX", "FT"]);

const unknown: CodeableConcept = {
  coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code: "unknown" }],
};

/**
 * OBX-5 goes to the element that suits OBX-2. What does not fit its type, or is of a type that is
 * not known, is kept as text.
 */
export const valueRows: readonly Row<keyof Observation>[] = [
  { to: "component[]", id: "bloodPressure", from: "OBX-5", as: bloodPressure, when: isPressure },
  { to: "valueQuantity", from: "OBX-5", as: quantity, when: all(isMeasured, noValue) },
  { to: "valueCodeableConcept", from: "OBX-5", as: cwe, when: isCoded },
  { to: "valueDateTime", from: "OBX-5", as: dateTime, when: isMoment },
  { to: "valueTime", from: "OBX-5", as: time, when: isOneOf("OBX-2", "TM") },
  { to: "valuePeriod", from: "OBX-5", as: dr, when: isOneOf("OBX-2", "DR") },
  { to: "valueRange", from: "OBX-5", as: nr, when: isOneOf("OBX-2", "NR") },
  { to: "valueQuantity", id: "sn", from: "OBX-5", as: snQuantity, when: isStructured },
  { to: "valueRange", id: "sn", from: "OBX-5", as: snRange, when: isStructured },
  { to: "valueRatio", id: "sn", from: "OBX-5", as: snRatio, when: isStructured },
  { to: "valueString", id: "sn", from: "OBX-5", as: snText, when: all(isStructured, noValue) },
  { to: "valueString", from: "OBX-5", as: asText, when: noValue },
  { to: "dataAbsentReason", is: unknown, when: noValue },
];

/** `118/76` under a code that means a blood pressure panel. */
function isPressure({ scope }: Reading): boolean {
  const value = scope.text("OBX-5");
  if (value === undefined || !value.includes("/") || !pressureShape.test(value)) return false;
  const part = scope.part("OBX-3");
  if (part === undefined) return false;
  return (
    scope.text("OBX-3.1") === panel || findRow(part, scope, "observation-code")?.code === panel
  );
}

/** One number; several repetitions are no quantity. */
function quantity(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const isOne = part instanceof Repetition && part.field.repetitions.length === 1;
  return isOne ? measured(part, scope, lookup) : undefined;
}

const measured = measurement("OBX-6");

/** All repetitions as one text, with a warning where OBX-2 announced something else. */
function asText(...[part, scope, lookup]: Parameters<Converter>): unknown {
  const type = valueTypeOf(part) ?? "";
  if (type === "NM") scope.draft.warn(warnings.badNumber(part.at));
  else if (!texts.has(type)) scope.draft.warn(warnings.unknownValueType(scope.group.at + "-2"));
  return lines(part, scope, lookup);
}

/** The LOINC code of a blood pressure panel. */
const panel = "85354-9";
