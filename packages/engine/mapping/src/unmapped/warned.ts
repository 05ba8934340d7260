import { type Component, type Repetition, fieldLabel } from "@trestle/hl7v2";
import type { Explained } from "../mapping.ts";

/** Where warnings say that something was wrong, so that what is lost there is lost with a word. */
export interface Warned {
  /** Anything. */
  readonly places: ReadonlySet<string>;
  /** Fields of which all that stands there was left out. */
  readonly refused: ReadonlySet<string>;
  /** Segments of which nothing becomes anything. */
  readonly leftOut: ReadonlySet<string>;
}

export function warnedIn({ warnings }: Explained): Warned {
  const places = (codes?: ReadonlySet<string>) =>
    new Set(
      warnings.flatMap(({ code, at }) =>
        at !== undefined && (codes === undefined || codes.has(code)) ? [at] : [],
      ),
    );
  return { places: places(), refused: places(refusing), leftOut: places(wholeSegments) };
}

/** Whether a warning tells of this component: of itself, its field, or all of its segment. */
export function isWarnedOf({ at, number, repetition }: Component, warned: Warned): boolean {
  if (warned.leftOut.has(repetition.field.segment.at)) return true;
  if (warned.places.has(at) || warned.refused.has(repetition.at)) return true;
  return warned.places.has(repetition.at) && (number === 1 || isQuantity(repetition));
}

/** Warnings that the whole of a field was left out. */
const refusing: ReadonlySet<string> = new Set(["mapping.badContent", "mapping.withdrawn"]);

/** Warnings that name a segment and mean all of it. */
const wholeSegments: ReadonlySet<string> = new Set(["mapping.mergeNotMapped", "mapping.noCharge"]);

/** A quantity is read as a whole: what is wrong with its unit is wrong with its number. */
function isQuantity({ field }: Repetition): boolean {
  return fieldLabel(field.segment.name, field.number)?.type === "CQ";
}
