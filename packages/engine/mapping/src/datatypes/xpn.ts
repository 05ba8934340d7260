import type { HumanName } from "@trestle/fhir";
import { composite } from "../rows/composite.ts";
import { type Part, textIn } from "../rows/part.ts";
import type { Converter, Row } from "../rows/row.ts";
import { code } from "./code.ts";
import { dateTime } from "./ts.ts";

/** XPN: the name of a person. */
export const xpn = composite<HumanName>("XPN", [...nameRows({ family: 1, type: 7, period: 12 })]);

/** XCN: the name in the number and name of a person. */
export const xcnName = composite<HumanName>("XCN", [
  ...nameRows({ family: 2, type: 10, period: 19 }),
]);

/** XPN as one line, for a display. */
export const xpnLine: Converter = (part) => nameLine(part, 1);

/** XCN as one line. */
export const xcnLine: Converter = (part) => nameLine(part, 2);

/** Family name, given names, suffix, prefix and degree stand in this order in both types. */
function nameRows(first: { family: number; type: number; period: number }) {
  const { family, type, period } = first;
  const rows: readonly Row<keyof HumanName>[] = [
    { to: "use", from: type, as: code, table: "name-use" },
    { to: "family", from: family },
    { to: "given[]", from: family + 1 },
    { to: "given[]", id: "further", from: family + 2 },
    { to: "prefix[]", from: family + 4 },
    { to: "suffix[]", from: family + 3 },
    { to: "suffix[]", id: "degree", from: family + 5 },
    { to: "period.start", from: period, as: dateTime },
    { to: "period.end", from: period + 1, as: dateTime },
  ];
  return rows;
}

function nameLine(part: Part, family: number): string | undefined {
  const words = [family + 4, family + 1, family + 2, family, family + 3].map((number) =>
    textIn(part, number),
  );
  return words.filter((word) => word !== undefined).join(" ") || undefined;
}
