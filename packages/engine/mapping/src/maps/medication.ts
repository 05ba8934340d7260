import type { Medication, Ratio } from "@trestle/fhir";
import { writtenBeside } from "../datatypes/beside.ts";
import { cwe } from "../datatypes/cwe.ts";
import { withUnit } from "../datatypes/quantity.ts";
import { supplemented } from "../datatypes/supplemented.ts";
import { decimal } from "../decimal.ts";
import { allOf, anyOf, has, not } from "../rows/conditions.ts";
import { defineMap } from "../rows/define-map.ts";
import { type Part, textOf } from "../rows/part.ts";
import type { Condition, Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { isEncoded, isOwnGroup } from "./dosage.ts";
import { fillerNumber, placerNumber } from "./order.ts";
import { thePatient } from "./subject.ts";

const isOrdered = allOf(not(isEncoded), has("RXO-1"));

/** More is told of the drug than its code. */
export const isDescribed: Condition = anyOf(
  allOf(isEncoded, anyOf(has("RXE-6"), has("RXE-25"))),
  allOf(isOrdered, anyOf(has("RXO-5"), has("RXO-18"))),
  has("RXC-2"),
);

/**
 * A drug of which form, strength or components were told.
 *
 * @see HL7 v2.8.2, chapters 4A.4.1 (RXO), 4A.4.3 (RXC) and 4A.4.4 (RXE)
 */
export const medication = defineMap<Medication>("medication", {
  type: "Medication",
  when: allOf(isDescribed, isOwnGroup),
  keys: [
    [
      [...placerNumber, ...fillerNumber, thePatient],
      ["RXE-2.1", "RXE-2.2", "RXO-1.1", "RXO-1.2"],
    ],
  ],
  repeated: "numbered",
  rows: [
    {
      to: "code",
      id: "encoded",
      from: "RXE-2",
      as: supplemented(31),
      table: "medication",
      isPartial: true,
    },
    { to: "code", from: "RXO-1", as: cwe, table: "medication", isPartial: true },
    { to: "form", id: "encoded", from: "RXE-6", as: cwe },
    { to: "form", from: "RXO-5", as: cwe, when: not(isEncoded) },
    {
      to: "ingredient[].itemCodeableConcept",
      id: "encoded",
      from: "RXE-2",
      as: cwe,
      with: [{ to: "strength", from: "RXE-25", as: strength([25, 26], [33, 34]) }],
      when: has("RXE-25"),
    },
    {
      to: "ingredient[].itemCodeableConcept",
      from: "RXO-1",
      as: cwe,
      with: [{ to: "strength", from: "RXO-18", as: strength([18, 19], [25, 26]) }],
      when: allOf(isOrdered, has("RXO-18")),
    },
    {
      to: "ingredient[]",
      id: "component",
      from: "RXC-2",
      as: ingredient,
      table: "medication",
      isPartial: true,
    },
  ],
  refersWith: [
    { to: "display", id: "encoded", from: ["RXE-2.9", "RXE-2.2", "RXE-2.1"] },
    { to: "display", from: ["RXO-1.9", "RXO-1.2", "RXO-1.1"] },
  ],
});

/**
 * RXC-2 as one of the components of a mixture, and how much of it goes into one preparation. RXC-1
 * is B for the base, such as a fluid, and A for what is added to it.
 */
export function ingredient(...[part, scope, lookup]: Parameters<Converter>): object | undefined {
  const item = supplemented(7)(part, scope, lookup);
  if (item === undefined) return undefined;
  const type = writtenBeside(part, 1);
  const isActive = type === undefined ? undefined : activity.get(textOf(type) ?? "");
  // An amount says how much goes into it; the component's own strength only where there is none.
  const found = strength([3, 4])(part, scope, {}) ?? strength([5, 6], [8, 9])(part, scope, {});
  const made = {
    itemCodeableConcept: item,
    ...(isActive !== undefined && { isActive }),
    ...(found !== undefined && { strength: found }),
  };
  if (type !== undefined) scope.draft.trace?.note(made, "isActive", { part: type });
  return made;
}

const activity: ReadonlyMap<string, boolean> = new Map([
  ["A", true],
  ["B", false],
]);

type Fields = readonly [amount: number, unit: number];

/** An amount in two fields of the segment, in the volume of two others or in one preparation. */
export function strength(of: Fields, per?: Fields): Converter {
  return (part, scope): Ratio | undefined => {
    const numerator = amount(part, scope, of);
    if (numerator === undefined) return undefined;
    const denominator = (per && amount(part, scope, per)) ?? { value: 1 };
    return { numerator, denominator };
  };
}

function amount(part: Part, scope: Scope, [number, unit]: Fields) {
  const written = writtenBeside(part, number);
  const value = written === undefined ? undefined : decimal(textOf(written) ?? "");
  const unitPart = writtenBeside(part, unit);
  if (value === undefined) return undefined;
  const made = withUnit({ value }, unitPart, scope);
  if (written !== undefined) scope.draft.trace?.note(made, "value", { part: written });
  return made;
}
