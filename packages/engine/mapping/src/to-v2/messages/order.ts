import { type MessagePart, forEach } from "../rows/define-segment.ts";
import { msh } from "../segments/header.ts";
import { notes } from "../segments/note.ts";
import { obx } from "../segments/observation.ts";
import { dg1, obrOfOrder, orcOfOrder } from "../segments/order.ts";
import { pid } from "../segments/patient.ts";
import { pv1 } from "../segments/visit.ts";
import { allOf } from "./result.ts";

/** @see HL7 v2.5.1, chapter 4.4.1 (ORM^O01) */
export const order: readonly MessagePart[] = [
  msh,
  pid,
  pv1,
  forEach("ServiceRequest", allOf("ServiceRequest"), {
    restarts: ["NTE", "DG1", "OBX"],
    parts: [
      orcOfOrder,
      obrOfOrder,
      notes("ServiceRequest.note"),
      forEach("Condition", "ServiceRequest.reasonReference", { parts: [dg1] }),
      forEach("Observation", "ServiceRequest.supportingInfo", {
        parts: [forEach("Value", "Observation", { parts: [obx] })],
      }),
    ],
  }),
];
