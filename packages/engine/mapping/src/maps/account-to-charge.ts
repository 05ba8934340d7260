import { cxShape } from "../datatypes/cx.ts";
import { identifier } from "../datatypes/identifier.ts";
import type { Row } from "../rows/row.ts";

/** BLG-3: the account to which an order is charged, by its number; for what an order refers to. */
export const accountToCharge: Omit<Row, "to"> = {
  id: "accountToCharge",
  from: "BLG-3",
  as: identifier(cxShape("AN")),
  with: [{ to: "type", is: "Account" }],
};
