import { type MessagePart, forEach } from "../rows/define-segment.ts";
import { ft1 } from "../segments/charge.ts";
import { evn, msh } from "../segments/header.ts";
import { pid } from "../segments/patient.ts";
import { pv1 } from "../segments/visit.ts";
import { allOf } from "./result.ts";

/** @see HL7 v2.5.1, chapter 6.4.3 (DFT^P03) */
export const charge: readonly MessagePart[] = [
  msh,
  evn,
  pid,
  pv1,
  forEach("ChargeItem", allOf("ChargeItem"), {
    also: { ServiceRequest: "ChargeItem.service" },
    parts: [ft1],
  }),
];
