import { annotation as annotationBy } from "../datatypes/annotation.ts";
import { practitioner } from "./practitioner.ts";

/**
 * NTE as a note.
 *
 * @see HL7 v2.8.2, chapter 2.14.10 (NTE)
 */
export const annotation = annotationBy(practitioner);
