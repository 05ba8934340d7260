import { type MessagePart, forEach } from "../rows/define-segment.ts";
import { msh } from "../segments/header.ts";
import { orcOfImmunization, rxa, rxr } from "../segments/immunization.ts";
import { notes } from "../segments/note.ts";
import { pd1, pid } from "../segments/patient.ts";
import { pv1 } from "../segments/visit.ts";
import { allOf } from "./result.ts";

/** @see HL7 v2.5.1, chapter 4.17.1 (VXU^V04) */
export const immunization: readonly MessagePart[] = [
  msh,
  pid,
  pd1,
  pv1,
  forEach("Immunization", allOf("Immunization"), {
    restarts: ["NTE"],
    parts: [orcOfImmunization, rxa, rxr, notes("Immunization.note")],
  }),
];
