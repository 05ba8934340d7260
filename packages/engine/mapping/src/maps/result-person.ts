import type { PractitionerRole } from "@trestle/fhir";
import { Repetition } from "@trestle/hl7v2";
import { dateTime } from "../datatypes/ts.ts";
import { xcnLine } from "../datatypes/xpn.ts";
import { build } from "../rows/build.ts";
import { defineMap } from "../rows/define-map.ts";
import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { type Part, inside, textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { location } from "./location.ts";
import { practitioner } from "./practitioner.ts";

/**
 * NDL: who interpreted a result or helped with it. With times or a place it is a PractitionerRole,
 * which has room for them, else the Practitioner. Some senders write an XCN, in which a family name
 * stands where NDL has the start.
 *
 * @see HL7 v2.5.1, chapter 2.A.47 (NDL) and 7.4.1.32 (OBR-32)
 */
export const resultPerson: Converter = (part, scope, lookup) => {
  if (isXcn(part)) return practitioner(part, scope, lookup);
  const hasDetails = details.some((number) => textIn(part, number) !== undefined);
  const role = hasDetails ? build(resultRole, { scope, part }) : undefined;
  return role?.reference ?? practitioner(inside(part, 1), scope, lookup);
};

/** When from, when to, and where. */
const details = [2, 3, 4, 5, 6, 7, 10, 11];

const resultRole = defineMap<PractitionerRole>("resultRole", {
  type: "PractitionerRole",
  keys: [[wholeOf]],
  rows: [
    { to: "practitioner", from: 1, as: practitioner },
    { to: "period.start", from: 2, as: dateTime },
    { to: "period.end", from: 3, as: dateTime },
    { to: "location[]", from: 0, as: placeOfWork },
  ],
  refersWith: [{ to: "display", from: 1, as: xcnLine }],
});

/** A role has no number of its own: who, when and where are all of it. */
function wholeOf({ part }: Reading): KeyValue | undefined {
  return part && { value: part.raw, part };
}

function isXcn(part: Part): boolean {
  const start = textIn(part, 2);
  return start !== undefined && !/^\d/u.test(start);
}

function placeOfWork(...[part, scope, lookup]: Parameters<Converter>): unknown {
  return part instanceof Repetition ? location(new PlaceInNdl(part), scope, lookup) : undefined;
}

/** NDL.4 to NDL.11 as the PL that they are. */
class PlaceInNdl extends Repetition {
  readonly #ndl: Repetition;

  constructor(ndl: Repetition) {
    const { component } = ndl.field.segment.separators;
    // Never the first: what is remembered of a first repetition is remembered by the whole field.
    super(ndl.field, ndl.index + 1, ndl.raw.split(component).slice(3).join(component));
    this.#ndl = ndl;
  }

  override get at(): string {
    return this.#ndl.at;
  }

  override component(number: number) {
    return this.#ndl.component(number + 3);
  }
}
