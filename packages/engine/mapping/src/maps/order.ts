import { eiShape } from "../datatypes/cx.ts";
import { identifier, identifierKey } from "../datatypes/identifier.ts";
import { allOf, anyOf, has, isOneOf, not } from "../rows/conditions.ts";
import type { Reading } from "../rows/fill.ts";
import { type KeyPiece, type KeyValue, compileKey } from "../rows/key.ts";
import { textIn, textOf } from "../rows/part.ts";
import { placeOf } from "../rows/place.ts";
import type { Condition, Converter } from "../rows/row.ts";
import type { Group } from "../structure/group.ts";
import { isVaccineMessage } from "./immunization-observation.ts";
import { type Numbering, isNumberShared } from "./shared-number.ts";

/** EI in ORC-2 and OBR-2: the number of who ordered. */
export const placer = eiShape("PLAC");

/** EI in ORC-3 and OBR-3: the number of who fills the order. */
export const filler = eiShape("FILL");

/** EI in ORC-4: the number under which who ordered keeps several orders. */
export const placerGroup = eiShape("PGN");

/** EI in ORC-38: the number under which the filler keeps several orders. */
export const fillerGroup = eiShape("FGN");

export const placerPlaces = ["ORC-2", "OBR-2"];
export const fillerPlaces = ["ORC-3", "OBR-3"];

/** The placer's number, wherever it stands, as a piece of a key. */
export const placerNumber: readonly KeyPiece[] = placerPlaces.map((at) =>
  identifierKey(at, placer),
);

/** The filler's number, wherever it stands. */
export const fillerNumber: readonly KeyPiece[] = fillerPlaces.map((at) => {
  const key = identifierKey(at, filler);
  return (reading) => {
    const found = key(reading);
    return found?.value.endsWith(`|${noNumber}`) && isVaccineMessage(reading.scope)
      ? undefined
      : found;
  };
});

/**
 * The filler's number of a dose.
 *
 * @see CDC guide for immunization messaging 1.5, ORC-3: 9999 where there is no number to give
 */
export const doseNumber: Converter = (part, scope, lookup) =>
  textIn(part, 1) === noNumber && isVaccineMessage(scope)
    ? undefined
    : fillerIdentifier(part, scope, lookup);

const fillerIdentifier = identifier(filler);
const noNumber = "9999";

/**
 * The order control says that the order is no more. It tells what happens now, so that it counts
 * before ORC-5, which may still tell how the order stood.
 *
 * @see HL7 v2.5.1, table 0119
 */
export const isWithdrawn: Condition = isOneOf("ORC-1", "CA", "OC", "CR", "DC", "OD", "DR");

/** The test of an order whose number the message gives to several tests. */
export function sharedTest(reading: Reading): KeyValue | undefined {
  const { draft, group } = reading.scope;
  const part = reading.scope.part("OBR-4");
  const test = testOf(group);
  // A report says what it is of itself, and may be one of several of an order.
  if (part === undefined || test === undefined || !isOrderMessage(reading, {})) return undefined;
  return isNumberShared(tests, group, draft) ? { value: test, part } : undefined;
}

const tests: Numbering = {
  words: "tests",
  keys: [...placerNumber, ...fillerNumber].map((number) => compileKey([number])),
  what: testOf,
};

function testOf(group: Group): string | undefined {
  const [request] = group.segments("OBR");
  return request && textIn(request.field(4), 1);
}

/** The messages that ask for something. */
const orderFamilies: ReadonlySet<string> = new Set(
  "ORM OML OMG OMS OMP OMD OMN OMI REF".split(" "),
);

/** The message asks for something, so that its observations are answers to questions of the order. */
export const isOrderMessage: Condition = isOneOf("MSH-9.1", ...orderFamilies);

/** The message is about orders, or about what they cost. */
const isOfOrders: Condition = anyOf(isOrderMessage, isOneOf("MSH-9.1", "DFT"));

/** Answers to questions of an order, which stand among the results of some senders. */
export const isAnswer: Condition = anyOf(isOrderMessage, isOneOf("OBX-29", "QST", "SCI"));

/** A chart of measurements under a panel that nobody ordered, and no report. */
function isFlowsheet({ scope }: Reading): boolean {
  const { tables } = scope.draft.site;
  return ["OBR-24", "OBR-4.1", "OBR-4.2"].some((place) => {
    const [part] = scope.parts(placeOf(place));
    const local = part === undefined ? undefined : textOf(part);
    return (
      local !== undefined && tables.find("observation-category", local)?.code === "vital-signs"
    );
  });
}

/** Something that pharmacy fills or gave, or an article: another resource tells of it. */
const isToldElsewhere: Condition = (reading) =>
  ["RXO", "RXE", "RXD", "RXG", "RXA", "RQD"].some((name) => segmentsIn(reading, name) > 0);

/**
 * An order that has a number, or at least was sent as one. Where nothing tells what was ordered,
 * as in a cancellation, only a message that is about orders, or their charges, makes one.
 */
export const isOrder: Condition = allOf(
  anyOf(
    has("OBR-4"),
    has("OBR-2"),
    has("OBR-3"),
    allOf(isOfOrders, anyOf(has("ORC-2"), has("ORC-3")), not(isToldElsewhere)),
  ),
  anyOf(isOrderMessage, has("ORC-2"), has("ORC-3"), has("OBR-2"), has("OBR-3")),
);

function segmentsIn({ scope: { group } }: Reading, name: string): number {
  return group.segments(name).length + group.segmentsBelow(name).length;
}

/** Results below an OBR. */
export const isReport: Condition = allOf(
  has("OBR-4"),
  not(isOrderMessage),
  not((reading) => isFlowsheet(reading) && !reading.scope.part("OBR-3")),
  anyOf(has("OBR-25"), has("OBR-22"), ({ scope }) => scope.group.segmentsBelow("OBX").length > 0),
);
