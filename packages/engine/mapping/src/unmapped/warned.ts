import { type Component, type Hl7Message, type Repetition, fieldLabel } from "@trestle/hl7v2";
import type { Explained } from "../mapping.ts";
import type { Group } from "../structure/group.ts";
import { type OwnSegments, readGroups } from "../structure/read-groups.ts";

/** Where warnings say that something was wrong, so that what is lost there is lost with a word. */
export interface Warned {
  /** Anything. */
  readonly places: ReadonlySet<string>;
  /** Fields of which all that stands there was left out. */
  readonly refused: ReadonlySet<string>;
  /** Segments of which nothing becomes anything. */
  readonly leftOut: ReadonlySet<string>;
}

/** @param own The segments of a site's own, which the site has put into a group. */
export function warnedIn(
  { warnings }: Explained,
  message: Hl7Message,
  own: OwnSegments | undefined,
): Warned {
  const places = (codes?: ReadonlySet<string>) =>
    new Set(
      warnings.flatMap(({ code, at }) =>
        at !== undefined && (codes === undefined || codes.has(code)) ? [at] : [],
      ),
    );
  const groups = places(wholeGroups);
  const told = groups.size === 0 ? [] : segmentsOf(readGroups(message, own), groups);
  const leftOut = new Set([...places(wholeSegments), ...told]);
  return { places: places(), refused: places(refusing), leftOut };
}

/** The segments of the groups that begin at one of the places. */
function segmentsOf(group: Group, places: ReadonlySet<string>): readonly string[] {
  const own = places.has(group.at) ? group.own.map(({ at }) => at) : [];
  return [...own, ...group.groups.flatMap((inner) => segmentsOf(inner, places))];
}

/** Whether a warning tells of this component: of itself, its field, or all of its segment. */
export function isWarnedOf({ at, number, repetition }: Component, warned: Warned): boolean {
  if (warned.leftOut.has(repetition.field.segment.at)) return true;
  if (warned.places.has(at) || warned.refused.has(repetition.at)) return true;
  return warned.places.has(repetition.at) && (number === 1 || isQuantity(repetition));
}

/** Warnings that the whole of a field was left out. */
const refusing: ReadonlySet<string> = new Set([
  "mapping.badContent",
  "mapping.orderNumbersDiffer",
  "mapping.withdrawn",
]);

/** Warnings that name a segment and mean all of it. */
const wholeSegments: ReadonlySet<string> = new Set([
  "mapping.mergeNotMapped",
  "mapping.noCharge",
  "mapping.orderNotMapped",
]);

/** Warnings that name the first segment of a group and mean all of it. */
const wholeGroups: ReadonlySet<string> = new Set(["mapping.toldAgain"]);

/** A quantity is read as a whole: what is wrong with its unit is wrong with its number. */
function isQuantity({ field }: Repetition): boolean {
  return fieldLabel(field.segment.name, field.number)?.type === "CQ";
}
