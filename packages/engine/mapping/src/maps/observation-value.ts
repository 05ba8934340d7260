import type { CodeableConcept, Observation, ObservationComponent } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { bloodPressure, pressureShape } from "../datatypes/blood-pressure.ts";
import { findRow } from "../datatypes/code.ts";
import { cwe } from "../datatypes/cwe.ts";
import { dr } from "../datatypes/dr.ts";
import { na } from "../datatypes/na.ts";
import { valueTypeOf } from "../datatypes/ed.ts";
import { measurement } from "../datatypes/quantity.ts";
import { nr, snQuantity, snRange, snRatio, snText } from "../datatypes/sn.ts";
import { lines } from "../datatypes/text.ts";
import { dateTime, time } from "../datatypes/ts.ts";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has, isOneOf, lacks, without } from "../rows/conditions.ts";
import type { Reading } from "../rows/fill.ts";
import { textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { testCode } from "./test-code.ts";
import { warnings } from "../warnings.ts";

const noValue = allOf(without("value"), without("component"));
const isText = isOneOf("OBX-2", "ST", "TX", "FT");
const isMeasured = anyOf(isOneOf("OBX-2", "NM"), allOf(isText, has("OBX-6")), lacks("OBX-2"));
const isCoded = isOneOf("OBX-2", "CE", "CWE", "CNE", "CF", "IS", "ID");
const isArray = isOneOf("OBX-2", "NA");

/** FHIR has room for one value; several of a text are its lines, several of anything else parts. */
const isSeveral: Condition = allOf(
  ({ scope }) => scope.parts(placeOf("OBX-5")).length > 1,
  anyOf(isCoded, isOneOf("OBX-2", "NM", "SN", "DT", "DTM", "TS", "TM", "DR", "NR")),
);
const isMoment = isOneOf("OBX-2", "DT", "DTM", "TS");
const isStructured = isOneOf("OBX-2", "SN");

/** What OBX-2 may be for a value that is kept as text without a word. */
const texts: ReadonlySet<string> = new Set(["ST", "TX", "FT"]);

type ValueKey = Extract<keyof Observation & keyof ObservationComponent, string>;

/** One of several values, under the code of the whole. */
const repetition = composite<ObservationComponent>("OBX-5", [
  { to: "valueQuantity", from: 0, as: measurement("OBX-6"), when: isOneOf("OBX-2", "NM") },
  ...typedRows(0, without("value")),
  { to: "valueString", from: 0, when: without("value") },
  { to: "code", from: "OBX-3", as: testCode, table: "observation-code", isPartial: true },
]);

/**
 * OBX-5 goes to the element that suits OBX-2. What does not fit its type, or is of a type that is
 * not known, is kept as text.
 */
export const valueRows: readonly Row<keyof Observation>[] = [
  { to: "component[]", id: "bloodPressure", from: "OBX-5", as: bloodPressure, when: isPressure },
  { to: "component[]", id: "repetition", from: "OBX-5", as: repetition, when: isSeveral },
  { to: "valueQuantity", from: "OBX-5", as: quantity, when: allOf(isMeasured, noValue) },
  ...typedRows("OBX-5", noValue),
  { to: "valueSampledData", from: "OBX-5", as: na, when: isArray },
  { to: "valueString", id: "vr", from: "OBX-5", as: range, when: isOneOf("OBX-2", "VR") },
  {
    to: "dataAbsentReason",
    id: "notAsked",
    is: absent("not-asked"),
    when: allOf(noValue, isOneOf("OBX-11", "N")),
  },
  {
    to: "dataAbsentReason",
    id: "cannotBeObtained",
    is: absent("not-performed"),
    when: allOf(noValue, isOneOf("OBX-11", "X")),
  },
  { to: "valueString", from: "OBX-5", as: asText, when: noValue },
  { to: "dataAbsentReason", is: absent("unknown"), when: noValue },
];

/** The rows of types that are no text; in a repetition they read the part at hand. */
function typedRows(from: string | number, when: Condition): readonly Row<ValueKey>[] {
  return [
    { to: "valueCodeableConcept", from, as: cwe, when: allOf(isCoded, when) },
    { to: "valueDateTime", from, as: dateTime, when: allOf(isMoment, when) },
    { to: "valueTime", from, as: time, when: allOf(isOneOf("OBX-2", "TM"), when) },
    { to: "valuePeriod", from, as: dr, when: allOf(isOneOf("OBX-2", "DR"), when) },
    { to: "valueRange", from, as: nr, when: allOf(isOneOf("OBX-2", "NR"), when) },
    { to: "valueQuantity", id: "sn", from, as: snQuantity, when: allOf(isStructured, when) },
    { to: "valueRange", id: "sn", from, as: snRange, when: allOf(isStructured, when) },
    { to: "valueRatio", id: "sn", from, as: snRatio, when: allOf(isStructured, when) },
    { to: "valueString", id: "sn", from, as: snText, when: allOf(isStructured, noValue, when) },
  ];
}

/** VR: low and high as text. */
function range(...[part]: Parameters<Converter>): string | undefined {
  const ends = [1, 2].map((number) => textIn(part, number));
  return ends.filter((end) => end !== undefined).join("-") || undefined;
}

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

/** Why there is no value. */
function absent(code: string): CodeableConcept {
  return {
    coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code }],
  };
}

/** The LOINC code of a blood pressure panel. */
const panel = "85354-9";
