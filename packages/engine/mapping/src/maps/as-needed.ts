import { fieldBeside } from "../datatypes/beside.ts";
import { findRow } from "../datatypes/code.ts";
import { allOf, anyOf, isIn, lacks } from "../rows/conditions.ts";
import { type Part, textIn } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";

/**
 * True of a pattern or a priority that says so: `PRN`, before a frequency too as in `PRNQ6H`, or
 * what the site's table says is that.
 *
 * @see HL7 v2.5.1, tables 0335 and 0485
 */
export const asNeeded: Converter = (part, scope) => (isPrn(part, scope) ? true : undefined);

/** Where a TQ has its pattern and its priority. */
const tqPlaces = ["RXG-3.6", "RXE-1.6", "ORC-7.6", "RXG-3.2", "RXE-1.2", "ORC-7.2"];

const isInTq1 = isIn("TQ1");

/** Where TQ1 have priorities and say which of them is as needed, a TQ tells of none of the others. */
const isToldByTq: Condition = anyOf(
  lacks("TQ1-9"),
  ({ scope }) => !isPrnAt(["TQ1-3", "TQ1-9"], scope),
);

/**
 * What the part at hand times is as needed: the TQ1 that it stands in says so, or a TQ of the order.
 * A priority alone, such as R, only says how urgent it is. One of several repetitions is enough, for
 * what is given as needed must not be given by the clock.
 */
export const isAsNeeded: Condition = anyOf(
  allOf(isInTq1, ({ part, scope }) => part !== undefined && ofTq1(part, scope, {}) === true),
  allOf(isToldByTq, ({ scope }) => isPrnAt(tqPlaces, scope)),
);

/** Behind the rows that say of what it depends whether it is needed. */
export const asNeededRows: readonly Row<"asNeededBoolean">[] = [
  { to: "asNeededBoolean", from: 0, as: ofTq1, when: allOf(isInTq1, hasNoReason) },
  {
    to: "asNeededBoolean",
    id: "tq",
    from: tqPlaces,
    as: asNeeded,
    when: allOf(isToldByTq, hasNoReason),
  },
];

function ofTq1(...[part, scope]: Parameters<Converter>): unknown {
  const told = [3, 9].flatMap((number) => fieldBeside(part, number));
  return told.some((each) => isPrn(each, scope)) ? true : undefined;
}

function hasNoReason(...[, object]: Parameters<Condition>): boolean {
  return !("asNeededCodeableConcept" in object);
}

function isPrnAt(places: readonly string[], scope: Scope): boolean {
  return places.some((place) => scope.parts(placeOf(place)).some((part) => isPrn(part, scope)));
}

function isPrn(part: Part, scope: Scope): boolean {
  const written = textIn(part, 1);
  if (written === undefined) return false;
  return prn.test(written) || prn.test(findRow(part, scope, "repeat-pattern")?.code ?? "");
}

const prn = /^PRN/iu;
