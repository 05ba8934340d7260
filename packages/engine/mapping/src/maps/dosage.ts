import type { Dosage, DosageDoseAndRate, Quantity, Ratio } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { beside, segmentOf } from "../datatypes/beside.ts";
import { cq } from "../datatypes/cq.ts";
import { cwe, textConcept } from "../datatypes/cwe.ts";
import { quantity } from "../datatypes/quantity.ts";
import { tq1Timing, tqTiming } from "../datatypes/timing.ts";
import { composite } from "../rows/composite.ts";
import { allOf, has, isIn, lacks, not, without } from "../rows/conditions.ts";
import { textIn } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { asNeededRows, isAsNeeded } from "./as-needed.ts";

/** What pharmacy made of an order counts before what was ordered. */
export const isEncoded: Condition = ({ scope }) => scope.segments("RXE").length > 0;

/** RXE stands in a group of its own, with the order around it; without one the order has RXO. */
export const isOwnGroup: Condition = ({ scope: { group } }) =>
  group.name === "encoded" || !group.groups.some(({ name }) => name === "encoded");

const isInTq1 = isIn("TQ1");

const isOrderedDose = allOf(not(isEncoded), has("RXO-2"));

const ordered = {
  coding: [
    {
      system: "http://terminology.hl7.org/CodeSystem/dose-rate-type",
      code: "ordered",
      display: "Ordered",
    },
  ],
};

/** How much at a time and how fast: RXE where pharmacy wrote one, else RXO, else TQ1. */
const doseAndRate = composite<DosageDoseAndRate>("doseAndRate", [
  { to: "type", is: ordered, when: isOrderedDose },
  {
    to: "doseRange.low",
    id: "encoded",
    from: "RXE-3",
    as: quantity("RXE-5"),
    when: allOf(isEncoded, has("RXE-4")),
  },
  {
    to: "doseRange.high",
    id: "encoded",
    from: "RXE-4",
    as: quantity("RXE-5"),
    when: isEncoded,
  },
  {
    to: "doseRange.low",
    from: "RXO-2",
    as: quantity("RXO-4"),
    when: allOf(isOrderedDose, has("RXO-3")),
  },
  { to: "doseRange.high", from: "RXO-3", as: quantity("RXO-4"), when: isOrderedDose },
  {
    to: "doseQuantity",
    id: "encoded",
    from: "RXE-3",
    as: quantity("RXE-5"),
    when: without("dose"),
  },
  {
    to: "doseQuantity",
    from: "RXO-2",
    as: quantity("RXO-4"),
    when: allOf(isOrderedDose, without("dose")),
  },
  { to: "doseQuantity", id: "tq", from: "ORC-7.1", as: cq, when: without("dose") },
  { to: "rateQuantity", id: "encoded", from: "RXE-23", as: quantity("RXE-24") },
  { to: "rateQuantity", from: "RXO-21", as: quantity("RXO-22"), when: not(isEncoded) },
]);

/** Where the segments of an order or of a give say how it is to be taken. */
interface DosageFields {
  readonly text: readonly string[];
  /** Fields that are a TQ. */
  readonly tq: readonly string[];
  readonly amounts: readonly Row<"doseAndRate">[];
}

/**
 * A dosage as RXR, TQ1 and these fields tell it. Read with a part of a TQ1 at hand it is the dosage
 * of that TQ1; else of the whole segment.
 */
export function dosageRows({ text, tq, amounts }: DosageFields): readonly Row<keyof Dosage>[] {
  // When a TQ holds, such as "if it hurts".
  const tqCondition = tq.map((field) => `${field}.7`);
  return [
    { to: "text", from: text, as: words },
    {
      to: "additionalInstruction[]",
      id: "instruction",
      from: 0,
      as: beside(11, textConcept),
      when: isInTq1,
    },
    {
      to: "additionalInstruction[]",
      id: "condition",
      from: 0,
      as: beside(10, textConcept),
      when: allOf(isInTq1, not(isAsNeeded)),
    },
    {
      to: "additionalInstruction[]",
      id: "tqCondition",
      from: tqCondition,
      as: textConcept,
      when: allOf(lacks("TQ1-10"), not(isAsNeeded)),
    },
    { to: "additionalInstruction[]", from: "RXR-5", as: cwe },
    { to: "timing", from: 0, as: tq1Timing, when: isInTq1 },
    { to: "timing", id: "tq", from: tq, as: tqTiming, when: lacks("TQ1-3") },
    {
      to: "asNeededCodeableConcept",
      from: 0,
      as: beside(10, textConcept),
      when: allOf(isInTq1, isAsNeeded),
    },
    {
      to: "asNeededCodeableConcept",
      id: "tq",
      from: tqCondition,
      as: textConcept,
      when: allOf(lacks("TQ1-10"), isAsNeeded),
    },
    ...asNeededRows,
    { to: "site", from: "RXR-2", as: cwe },
    { to: "route", from: "RXR-1", as: cwe, table: "route", isPartial: true },
    { to: "method", from: "RXR-4", as: cwe, table: "administration-method", isPartial: true },
    ...amounts,
    {
      to: "doseAndRate[].doseQuantity",
      id: "timed",
      from: 0,
      as: beside(2, cq),
      when: allOf(isInTq1, without("doseAndRate")),
    },
  ];
}

const dosage = composite<Dosage>("dosage", [
  ...dosageRows({
    text: ["RXE-7", "RXO-7", "ORC-7.8"],
    tq: ["RXE-1", "ORC-7"],
    amounts: [
      {
        to: "doseAndRate[]",
        from: ["RXE-3", "RXO-2", "ORC-7.1", "RXE-23", "RXO-21"],
        as: once(doseAndRate),
      },
    ],
  }),
  { to: "maxDosePerPeriod", from: ["RXE-19", "RXO-23"], as: perDay },
]);

export const dosages = dosagesFrom(dosage, [
  "RXE-7",
  "RXE-3",
  "RXE-1",
  "RXO-7",
  "RXO-2",
  "RXR-1",
  "ORC-7",
]);

/** A dosage for each TQ1; where there is none, one of what the other segments say. */
export function dosagesFrom(
  as: Converter,
  others: readonly string[],
): readonly Row<"dosageInstruction">[] {
  return [
    {
      to: "dosageInstruction[]",
      from: [3, 7, 2, 9, 11, 8, 6, 4, 10, 13, 14].map((number) => `TQ1-${number}`),
      as: once(as),
    },
    {
      to: "dosageInstruction[]",
      id: "untimed",
      from: others,
      as: firstOf(as),
      when: without("dosageInstruction"),
    },
  ];
}

/** Once for each segment, however often its field repeats. */
export function once(as: Converter): Converter {
  return (part, scope, lookup) =>
    part instanceof Repetition && part.index > 0 ? undefined : as(part, scope, lookup);
}

/** Once, however many segments of that name there are. */
function firstOf(as: Converter): Converter {
  return (part, scope, lookup) => {
    const segment = segmentOf(part);
    const isFirst = segment !== undefined && scope.segments(segment.name)[0] === segment;
    return isFirst ? once(as)(part, scope, lookup) : undefined;
  };
}

/** CWE as people read it: its text, else its code; all repetitions as lines. */
function words(...[part]: Parameters<Converter>): string | undefined {
  if (!(part instanceof Repetition)) return textIn(part, 1);
  if (part.index > 0) return undefined;
  const found = part.field.repetitions.map((each) => textIn(each, 2) ?? textIn(each, 1));
  return found.filter((each) => each !== undefined).join("\n") || undefined;
}

/** CQ as the most that may be given in one day. */
export function perDay(...[part, scope, lookup]: Parameters<Converter>): Ratio | undefined {
  const numerator = cq(part, scope, lookup) as Quantity | undefined;
  if (numerator === undefined) return undefined;
  const day = { value: 1, unit: "day", system: "http://unitsofmeasure.org", code: "d" };
  return { numerator, denominator: day };
}
