import type { ContactPoint } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { allOf, anyOf, has, lacks, not } from "../rows/conditions.ts";
import { textIn } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { code } from "./code.ts";
import { extension } from "./extension.ts";
import { wholeNumber } from "./quantity.ts";
import { text } from "./text.ts";
import { dateTime } from "./ts.ts";

/** XTN.4 is the address, and not a number. */
const isAddress: Condition = ({ part }) =>
  part !== undefined &&
  /^(?:net|internet|x\.400)$/iu.test(textIn(part, 2) ?? textIn(part, 3) ?? "");

/** What a number is for where XTN.2 does not say; the field decides. */
export function xtn(use: "home" | "work"): Converter {
  const point = contactPoint(use);
  return (part, scope, lookup) => {
    const made = point(part, scope, lookup);
    const others = [otherNumber, besideAddress, besideNumber].map((other) =>
      other(part, scope, lookup),
    );
    const all = [made, ...others].filter((each) => each !== undefined);
    return all.length > 1 ? all : made;
  };
}

/** One contact point, where FHIR takes no more: number or address, as XTN.2 and XTN.3 say. */
export function contactPoint(use: "home" | "work"): Converter {
  return composite<ContactPoint>("XTN", [
    { to: "system", from: 3, as: code, table: "contact-system" },
    { to: "system", id: "byUse", from: 2, as: code, table: "contact-system", isPartial: true },
    { to: "system", id: "byAddress", is: "email", when: allOf(has(4), lacks(1)) },
    { to: "system", id: "otherwise", is: "phone" },
    { to: "value", id: "address", from: [4, 1], when: isAddress },
    { to: "value", from: [1, 12] },
    { to: "value", id: "digits", from: 0, as: digits },
    { to: "value", id: "last", from: 4 },
    { to: "use", id: "byEquipment", from: 3, as: code, table: "contact-use", isPartial: true },
    { to: "use", from: 2, as: code, table: "contact-use" },
    { to: "use", id: "byField", is: use, when: allOf(lacks(2), anyOf(has(1), has(7), has(12))) },
    { to: "rank", from: 18, as: wholeNumber },
    { to: "period.start", from: 13, as: dateTime },
    { to: "period.end", from: 14, as: dateTime },
    piece("country", 5),
    piece("area", 6),
    { ...piece("local", 7), when: not(isAddress) },
    piece("extension", 8),
  ]);
}

/** XTN.12 where it is another number than XTN.1, and not the same in another form. */
const otherNumber: Converter = (part) => {
  const [first, second] = [1, 12].map((number) => textIn(part, number));
  if (first === undefined || second === undefined) return undefined;
  const isSame = first === second || isSameNumber(digitsIn(first), digitsIn(second));
  return isSame ? undefined : ({ system: "phone", value: second } satisfies ContactPoint);
};

/** One may leave out the codes of country and area; what is shorter is only an extension. */
function isSameNumber(one: string, other: string): boolean {
  if (one === other) return one !== "";
  const [long, short] = one.length < other.length ? [other, one] : [one, other];
  return short.length >= shortestNumber && long.endsWith(short);
}

const shortestNumber = 7;

/** XTN.1 or XTN.12 where XTN.4 is what XTN.2 or XTN.3 speak of. */
const besideAddress = composite<ContactPoint>("XTN.1", [
  { to: "system", is: "phone", when: allOf(isAddress, has(4), anyOf(has(1), has(12))) },
  { to: "value", from: [1, 12], when: allOf(isAddress, has(4)) },
]);

const isNumber = allOf(not(isAddress), anyOf(has(1), has(7), has(12)));

/** XTN.4 where the number is what they speak of. */
const besideNumber = composite<ContactPoint>("XTN.4", [
  { to: "system", is: "email", when: allOf(isNumber, has(4)) },
  { to: "value", from: 4, when: isNumber },
]);

function digitsIn(text: string): string {
  return text.replaceAll(/\D+/gu, "");
}

/** A piece of a number that the sender told apart. */
function piece(name: string, from: number): Row<"extension"> {
  const url = `http://hl7.org/fhir/StructureDefinition/contactpoint-${name}`;
  return { to: "extension[]", id: name, from, as: extension(url, "valueString", text) };
}

/** Country, area, local number and extension, where only those are filled. */
const digits: Converter = (part) => {
  const [country, area, local, extension] = [5, 6, 7, 8].map((number) => textIn(part, number));
  if (local === undefined) return undefined;
  const number = [
    country === undefined ? undefined : `+${country}`,
    area,
    local,
    extension && `x${extension}`,
  ];
  return number.filter((piece) => piece !== undefined).join(" ");
};
