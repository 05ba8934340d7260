import { cwe } from "../datatypes/cwe.ts";
import { unit } from "../datatypes/quantity.ts";
import { isRate, rateUnit, snQuantity, snRange, snRatio } from "../datatypes/sn.ts";
import { text, yesNo } from "../datatypes/text.ts";
import { dr, tm, ts } from "../datatypes/ts.ts";
import { allOf, anyOf, has, not } from "../rows/conditions.ts";
import { type Node, isObject } from "../rows/node.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { problems } from "../problems.ts";

const compared = has("Value.valueQuantity.comparator");
const isModern: Condition = ({ sight }) => sight.composing.isModern;
const isLong = matches("Value.valueString", (value) => value.length > longestSt);
const hasLines = matches("Value.valueString", (value) => /[\r\n]/u.test(value));
const isDay = matches("Value.valueDateTime", (value) => value.length <= "YYYY-MM-DD".length);

/**
 * Each kind of value with the type in OBX-2 that holds it. A value of a kind that is not here keeps
 * the message from leaving: a result without its value would be worse than none.
 *
 * @see HL7 v2.5.1, table 0125
 */
export const valueRows: readonly Row[] = [
  { to: "OBX-2", id: "pressure", is: "ST", when: isPressure },
  { to: "OBX-5", id: "pressure", from: "Observation", as: pressure, when: isPressure },
  {
    to: "OBX-6",
    id: "pressure",
    from: "Observation.component.valueQuantity",
    takes: "first",
    as: unit,
    table: "units",
    when: isPressure,
  },
  ...value("compared", "valueQuantity", { type: "SN", as: snQuantity, when: compared }),
  ...value("number", "valueQuantity", { type: "NM", as: numberOf, when: not(compared) }),
  ...value("count", "valueInteger", { type: "NM", as: text }),
  ...value("conceptBefore25", "valueCodeableConcept", { type: "CE", as: cwe, when: not(isModern) }),
  ...value("concept", "valueCodeableConcept", { type: "CWE", as: cwe, when: isModern }),
  ...value("lines", "valueString", { type: "FT", as: text, when: hasLines }),
  ...value("long", "valueString", { type: "TX", as: text, when: allOf(isLong, not(hasLines)) }),
  ...value("text", "valueString", { type: "ST", as: text, when: not(anyOf(isLong, hasLines)) }),
  ...value("yesNo", "valueBoolean", { type: "ID", as: yesNo }),
  ...value("day", "valueDateTime", { type: "DT", as: ts, when: isDay }),
  ...value("moment", "valueDateTime", { type: "TS", as: ts, when: not(isDay) }),
  ...value("time", "valueTime", { type: "TM", as: tm }),
  ...value("period", "valuePeriod", { type: "DR", as: dr }),
  ...value("range", "valueRange", { type: "SN", as: snRange }),
  ...value("rate", "valueRatio.numerator", { type: "NM", as: numberOf, when: isRate }),
  ...value("ratio", "valueRatio", { type: "SN", as: snRatio, when: not(isRate) }),
  { to: "OBX-5", id: "none", from: "Observation.status", as: noValue, when: hasNothing },
  { to: "OBX-5", id: "notCarried", from: "Value.valueSampledData", as: notCarried },
  { to: "OBX-6", id: "rate", from: "Value.valueRatio", as: rateUnit, when: isRate },
  {
    to: "OBX-6",
    from: [
      "Value.valueQuantity",
      "Value.valueRange.low",
      "Value.valueRange.high",
      "Value.valueRatio.numerator",
    ],
    takes: "first",
    as: unit,
    table: "units",
  },
];

/** OBX-2 and OBX-5 for a kind of value. */
function value(
  id: string,
  element: string,
  { type, as, when }: { type: string; as: Converter; when?: Condition },
): readonly Row[] {
  const from = `Value.${element}`;
  const applies = when === undefined ? has(from) : allOf(has(from), when);
  return [
    { to: "OBX-2", id, is: type, when: applies },
    { to: "OBX-5", id, from, as, when: applies },
  ];
}

/** The value at hand is the observation itself, a blood pressure. */
function isPressure({ sight }: Parameters<Condition>[0]): boolean {
  const observation = sight.named("Observation");
  return sight.named("Value") === observation && isBloodPressure(observation);
}

/**
 * Systolic and diastolic pressure, whole numbers, and nothing else, such as an interpretation of
 * one of them: one text such as `118/76`.
 */
export function isBloodPressure(observation: Node | undefined): boolean {
  return observation !== undefined && pressuresOf(observation) !== undefined;
}

function pressure(...[observation]: Parameters<Converter>): ReturnType<Converter> {
  const found = pressuresOf(observation);
  if (found === undefined) return undefined;
  for (const component of observation.children("component")) component.use();
  return {
    text: found.join("/"),
    path: `${observation.path}.component`,
    rule: "systolic/diastolic",
  };
}

function pressuresOf(observation: Node): readonly string[] | undefined {
  const components = observation.children("component");
  const isPanel = hasCode(observation, panel);
  const found = [systolic, diastolic].flatMap((wanted) => {
    const component = components.find((each) => hasCode(each, wanted));
    const digits = component?.child("valueQuantity")?.peek("value") ?? "";
    const isMercury = component?.child("valueQuantity")?.peek("code") === "mm[Hg]";
    const isBare = component !== undefined && holdsOnly(component, "id", "code", "valueQuantity");
    const isExact = component?.child("valueQuantity")?.peek("comparator") === undefined;
    return isMercury && isBare && isExact && /^\d{1,3}$/u.test(digits) ? [digits] : [];
  });
  return isPanel && components.length === 2 && found.length === 2 ? found : undefined;
}

function holdsOnly({ value: own }: Node, ...names: readonly string[]): boolean {
  return isObject(own) && Object.keys(own).every((name) => names.includes(name));
}

function hasCode(node: Node, wanted: string): boolean {
  return node.along(["code", "coding"]).some((each) => each.peek("code") === wanted);
}

/** Whether only these elements say what was observed. */
export function hasNoValueBut(...elements: readonly string[]): Condition {
  return (reading) => {
    const own = reading.sight.named("Value");
    const { value: found } = own ?? {};
    const names = typeof found === "object" && found !== null ? Object.keys(found) : [];
    const hasValue = names.some((name) => name.startsWith("value"));
    return !hasValue && elements.some((element) => names.includes(element)) && !isPressure(reading);
  };
}

function numberOf(...[quantity, sight]: Parameters<Converter>): ReturnType<Converter> {
  const [found] = quantity.children("value");
  if (found?.glance !== undefined) return { text: found.text ?? "", path: found.path };
  sight.composing.refuse(problems.valueNotCarried(quantity.path));
  return undefined;
}

/** Only what was not done, or is to come, may say nothing without a reason. */
function noValue(...[status, sight]: Parameters<Converter>): ReturnType<Converter> {
  if (!silent.has(status.glance ?? "")) sight.composing.refuse(problems.noValue(status.path));
  return undefined;
}

function hasNothing({ sight }: Parameters<Condition>[0]): boolean {
  const { value: own } = sight.named("Value") ?? {};
  const names = typeof own === "object" && own !== null ? Object.keys(own) : [];
  return !names.some((name) => /^(?:value|dataAbsentReason|component)/u.test(name));
}

function notCarried(...[node, sight]: Parameters<Converter>): ReturnType<Converter> {
  sight.composing.refuse(problems.valueNotCarried(node.path));
  return undefined;
}

function matches(way: string, holds: (value: string) => boolean): Condition {
  return ({ sight }) => holds(sight.glance(way) ?? "");
}

const [panel, systolic, diastolic] = ["85354-9", "8480-6", "8462-4"] as const;

const silent: ReadonlySet<string> = new Set([
  "registered",
  "cancelled",
  "entered-in-error",
  "unknown",
]);

/** ST is for short texts. */
const longestSt = 199;
