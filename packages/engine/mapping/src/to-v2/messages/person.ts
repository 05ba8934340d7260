import { type MessagePart, forEach } from "../rows/define-segment.ts";
import type { Node } from "../rows/node.ts";
import type { Sight } from "../rows/sight.ts";
import { evn, msh } from "../segments/header.ts";
import { nk1, pd1, pid } from "../segments/patient.ts";
import { pv1OfPerson, pv2 } from "../segments/visit.ts";
import { allOf } from "./result.ts";

/** @see HL7 v2.5.1, chapter 3.3.31 (ADT^A31) */
export const person: readonly MessagePart[] = [
  msh,
  evn,
  pid,
  pd1,
  forEach("Relative", relatives, { parts: [nk1] }),
  pv1OfPerson,
  pv2,
];

function relatives(sight: Sight): readonly Node[] {
  return [...allOf("RelatedPerson")(sight), ...sight.nodes("Patient.contact")];
}
