import type { ContactPoint } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { all, any, has, lacks, not } from "../rows/conditions.ts";
import { textIn } from "../rows/part.ts";
import type { Condition, Converter, Row } from "../rows/row.ts";
import { code } from "./code.ts";
import { extension } from "./extension.ts";
import { wholeNumber } from "./quantity.ts";
import { text } from "./text.ts";
import { dateTime } from "./ts.ts";

/** What a number is for where XTN.2 does not say; the field decides. */
export function xtn(use: "home" | "work"): Converter {
  return composite<ContactPoint>("XTN", [
    { to: "system", from: 3, as: code, table: "contact-system" },
    { to: "system", id: "byUse", from: 2, as: code, table: "contact-system", isPartial: true },
    { to: "system", id: "byAddress", is: "email", when: all(has(4), lacks(1)) },
    { to: "system", id: "otherwise", is: "phone" },
    { to: "value", id: "address", from: [4, 1], when: isAddress },
    { to: "value", from: [1, 12] },
    { to: "value", id: "digits", from: 0, as: digits },
    { to: "value", id: "last", from: 4 },
    { to: "use", id: "byEquipment", from: 3, as: code, table: "contact-use", isPartial: true },
    { to: "use", from: 2, as: code, table: "contact-use" },
    { to: "use", id: "byField", is: use, when: all(lacks(2), any(has(1), has(7), has(12))) },
    { to: "rank", from: 18, as: wholeNumber },
    { to: "period.start", from: 13, as: dateTime },
    { to: "period.end", from: 14, as: dateTime },
    piece("country", 5),
    piece("area", 6),
    { ...piece("local", 7), when: not(isAddress) },
    piece("extension", 8),
  ]);
}

/** A piece of a number that the sender told apart. */
function piece(name: string, from: number): Row<"extension"> {
  const url = `http://hl7.org/fhir/StructureDefinition/contactpoint-${name}`;
  return { to: "extension[]", id: name, from, as: extension(url, "valueString", text) };
}

/** XTN.4 is the address, and not a number. */
const isAddress: Condition = ({ part }) =>
  part !== undefined &&
  /^(?:net|internet|x\.400)$/iu.test(textIn(part, 2) ?? textIn(part, 3) ?? "");

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
