import type { HumanName } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { allOf, has, lacks, without } from "../rows/conditions.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { asToken, code } from "./code.ts";
import { codedId } from "./coded-id.ts";
import { dr } from "./dr.ts";
import { extension } from "./extension.ts";
import { dateTime } from "./ts.ts";

/** A type for which FHIR has no use, such as that of a birth name, as it was sent. */
const sentUse = extension(
  "http://hl7.org/fhir/StructureDefinition/alternate-codes",
  "valueCodeableConcept",
  codedId("0200"),
);

const assemblyOrder = extension(
  "http://hl7.org/fhir/StructureDefinition/humanname-assembly-order",
  "valueCode",
  asToken,
);

/** XPN: the name of a person. */
export const xpn = composite<HumanName>("XPN", [
  ...nameRows({ family: 1, type: 7, range: 10, order: 11, period: 12, title: 14 }),
]);

/** XPN where there may be several names: the name and what the person is called. */
export const xpnWithCallName: Converter = (part, scope, lookup) => {
  const name = xpn(part, scope, lookup);
  const called = callName(part, scope, lookup);
  return called === undefined ? name : [name, called].filter((each) => each !== undefined);
};

const callName = composite<HumanName>("XPN.15", [
  { to: "use", is: "nickname", when: has(15) },
  { to: "given[]", from: 15 },
]);

/** XCN: the name in the number and name of a person. */
export const xcnName = composite<HumanName>("XCN", [
  ...nameRows({ family: 2, type: 10, range: 17, order: 18, period: 19, title: 21 }),
]);

/** CNN: the name inside of one component; it has none of what XCN says behind the degree. */
export const cnnName = composite<HumanName>("CNN", [...wordRows(2)]);

/** XPN as one line, for a display. */
export const xpnLine: Converter = (part) => nameLine(part, 1);

/** XCN as one line. */
export const xcnLine: Converter = (part) => nameLine(part, 2);

/** Which component is what. */
interface NamePlaces {
  readonly family: number;
  readonly type: number;
  /** When the name was in use, in one; `period` says the same in two. */
  readonly range: number;
  /** Which part of the name is spoken first. */
  readonly order: number;
  readonly period: number;
  /** A professional suffix. */
  readonly title: number;
}

function nameRows({ family, type, range, order, period, title }: NamePlaces) {
  const rows: readonly Row<keyof HumanName>[] = [
    { to: "use", from: type, as: code, table: "name-use" },
    { to: "_use.extension[]", from: type, as: sentUse, when: without("use") },
    ...wordRows(family),
    { to: "suffix[]", id: "title", from: title },
    { to: "period", from: range, as: dr, when: allOf(lacks(period), lacks(period + 1)) },
    { to: "period.start", from: period, as: dateTime },
    { to: "period.end", from: period + 1, as: dateTime },
    { to: "extension[]", from: order, as: assemblyOrder },
  ];
  return rows;
}

/** Family name, given names, suffix, prefix and degree stand in this order in all three types. */
function wordRows(family: number): readonly Row<keyof HumanName>[] {
  return [
    { to: "family", from: family },
    { to: "given[]", from: family + 1 },
    { to: "given[]", id: "further", from: family + 2 },
    { to: "prefix[]", from: family + 4 },
    { to: "suffix[]", from: family + 3 },
    { to: "suffix[]", id: "degree", from: family + 5 },
  ];
}

function nameLine(part: Part, family: number): string | undefined {
  const words = [family + 4, family + 1, family + 2, family, family + 3].map((number) =>
    textIn(part, number),
  );
  return words.filter((word) => word !== undefined).join(" ") || undefined;
}
