import type { Segment } from "@trestle/hl7v2";
import { type Part, isWritten } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** The repetitions of another field of the segment in which a part stands. */
export function fieldBeside(part: Part, number: number): readonly Part[] {
  return segmentOf(part).field(number).repetitions;
}

/** The first repetition of another field of the segment with something in it. */
export function writtenBeside(part: Part, number: number): Part | undefined {
  return fieldBeside(part, number).find(isWritten);
}

/** The segment in which a part stands. */
export function segmentOf(part: Part): Segment {
  if ("segment" in part) return part.segment;
  if ("field" in part) return part.field.segment;
  if ("repetition" in part) return part.repetition.field.segment;
  return part.component.repetition.field.segment;
}

/** Another field of the segment in which a part stands; its first repetition that has a value. */
export function beside(number: number, as: Converter): Converter {
  return (part, scope, lookup) => {
    for (const other of segmentOf(part).field(number).repetitions ?? []) {
      const made = as(other, scope, lookup);
      if (made === undefined) continue;
      if (typeof made === "object" && made !== null) {
        for (const key of Object.keys(made)) scope.draft.trace?.note(made, key, { part: other });
      }
      return made;
    }
    return undefined;
  };
}
