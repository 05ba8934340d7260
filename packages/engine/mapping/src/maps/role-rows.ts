import { cwe } from "../datatypes/cwe.ts";
import { dateTime } from "../datatypes/ts.ts";
import type { Row } from "../rows/row.ts";

/** Where the person stands in the segments that name someone in a role: a group holds ROL or PRT. */
export const person = ["ROL-4", "PRT-5"];

/** As what: the row for any element that holds a role. */
export const roleCodeRow: Omit<Row, "to"> = {
  from: ["ROL-3", "PRT-4"],
  as: cwe,
  table: "provider-role",
  isPartial: true,
};

/** From when to when. */
export const rolePeriod: readonly Row<"period">[] = [
  { to: "period.start", from: ["ROL-5", "PRT-11"], as: dateTime },
  { to: "period.end", from: ["ROL-6", "PRT-12"], as: dateTime },
];
