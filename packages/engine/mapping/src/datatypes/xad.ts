import type { Address } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { allOf, isIn, lacks } from "../rows/conditions.ts";
import { type Part, inside, textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { code } from "./code.ts";
import { dr } from "./dr.ts";
import { extension } from "./extension.ts";
import { text } from "./text.ts";
import { dateTime } from "./ts.ts";

/** SAD: street, street name and number, which may stand apart or all in the first. */
const street: Converter = (part) => {
  const words = [1, 3, 2].map((number) => textIn(part, number));
  return words.filter((word) => word !== undefined).join(" ") || undefined;
};

const standard = "http://hl7.org/fhir/StructureDefinition";

/** A kind of home for which FHIR has no use of its own. */
const exactUse = extension(`${standard}/iso21090-AD-use`, "valueCode", code);
const censusTract = extension(`${standard}/iso21090-ADXP-censusTract`, "valueString", text);

/** XAD.9: the county, which since version 2.7 is a code and its text. */
export function county(address: Part): string | undefined {
  return countyName(inside(address, 9));
}

function countyName(part: Part): string | undefined {
  return textIn(part, 2) ?? textOf(part);
}

/** XAD: an address. PID-12 names the county where PID-11.9 does not. */
export const xad = composite<Address>("XAD", [
  { to: "use", from: 7, as: code, table: "address-use" },
  { to: "type", from: 7, as: code, table: "address-type", isPartial: true },
  { to: "line[]", from: 1, as: street },
  { to: "line[]", id: "further", from: 2 },
  { to: "line[]", id: "addressee", from: 19 },
  { to: "city", from: 3 },
  { to: "district", from: 9, as: countyName },
  { to: "district", id: "county", from: "PID-12", when: isIn("PID-11") },
  { to: "state", from: 4 },
  { to: "postalCode", from: 5 },
  { to: "country", from: 6 },
  { to: "period", from: 12, as: dr, when: allOf(lacks(13), lacks(14)) },
  { to: "period.start", from: 13, as: dateTime },
  { to: "period.end", from: 14, as: dateTime },
  {
    to: "extension[]",
    id: "use",
    from: 7,
    as: exactUse,
    table: "address-exact-use",
    isPartial: true,
  },
  { to: "extension[]", id: "censusTract", from: 10, as: censusTract },
]);
