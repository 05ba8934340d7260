import type { Medication } from "@trestle/fhir";
import { codedReference } from "../datatypes/coded-reference.ts";
import { cwe } from "../datatypes/cwe.ts";
import { supplemented } from "../datatypes/supplemented.ts";
import { dateTime } from "../datatypes/ts.ts";
import { allOf, anyOf, has } from "../rows/conditions.ts";
import { type ResourceMap, defineMap } from "../rows/define-map.ts";
import type { Key } from "../rows/key.ts";
import type { Condition } from "../rows/row.ts";
import { ingredient, strength } from "./medication.ts";

/** Where a segment tells of the very drug that is dispensed or given, and not of the one ordered. */
export interface DrugFields {
  readonly segment: "RXA" | "RXD" | "RXG";
  readonly code: number;
  /** The same drug in other systems of codes. */
  readonly codes?: number;
  readonly form: number;
  readonly strength: readonly [amount: number, unit: number];
  readonly volume: readonly [amount: number, unit: number];
  readonly lot: number;
  readonly expires: number;
  readonly maker: number;
  /** Where the segment tells of a drug at all; everywhere where left out. */
  readonly when?: Condition;
  /** RXC below the segment are components of this drug. */
  readonly hasComponents: boolean;
}

/** More is told of the drug than its code. */
export function isDescribedIn(fields: DrugFields): Condition {
  const { segment, form, strength: of, lot, expires, maker, hasComponents } = fields;
  const told = [form, of[0], lot, expires, maker].map((number) => has(`${segment}-${number}`));
  const isDescribed = anyOf(...told, ...(hasComponents ? [has("RXC-2")] : []));
  const isDrug = fields.when === undefined ? [] : [fields.when];
  return allOf(...isDrug, has(`${segment}-${fields.code}`), isDescribed);
}

/**
 * The drug of one dose or one dispensation, with its form, strength, lot and components.
 *
 * @param key What tells the dose or the dispensation from others.
 * @see HL7 v2.8.2, chapters 4A.4.3 (RXC), 4A.4.5 (RXD), 4A.4.6 (RXG) and 4A.4.7 (RXA)
 */
export function handledDrug(name: string, fields: DrugFields, key: Key): ResourceMap {
  const at = (number: number) => `${fields.segment}-${number}`;
  const code = at(fields.code);
  const as = fields.codes === undefined ? cwe : supplemented(fields.codes);
  return defineMap<Medication>(name, {
    type: "Medication",
    when: isDescribedIn(fields),
    keys: [[...key, [`${code}.1`, `${code}.2`]]],
    repeated: "numbered",
    rows: [
      { to: "code", from: code, as, table: "medication", isPartial: true },
      { to: "manufacturer", from: at(fields.maker), as: codedReference },
      { to: "form", from: at(fields.form), as: cwe },
      {
        to: "ingredient[].itemCodeableConcept",
        from: code,
        as: cwe,
        with: [
          {
            to: "strength",
            from: at(fields.strength[0]),
            as: strength(fields.strength, fields.volume),
          },
        ],
        when: has(at(fields.strength[0])),
      },
      ...(fields.hasComponents ? [components] : []),
      { to: "batch.lotNumber", from: at(fields.lot) },
      { to: "batch.expirationDate", from: at(fields.expires), as: dateTime },
    ],
    refersWith: [{ to: "display", from: [`${code}.9`, `${code}.2`, `${code}.1`] }],
  });
}

const components = {
  to: "ingredient[]",
  id: "component",
  from: "RXC-2",
  as: ingredient,
  table: "medication",
  isPartial: true,
} as const;
