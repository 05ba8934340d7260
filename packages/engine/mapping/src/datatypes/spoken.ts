import type { Repetition, Segment } from "@trestle/hl7v2";
import { isWritten, textOf } from "../rows/part.ts";

/** All that some repetitions say, as it would be read aloud; empty where they say nothing. */
export function spoken(repetitions: readonly Repetition[]): string {
  return repetitions
    .flatMap(piecesOf)
    .filter((text) => text !== undefined)
    .join(" ");
}

/** All fields of a segment from one on. */
export function spokenFrom(segment: Segment, first: number): string {
  const numbers = Array.from({ length: Math.max(0, segment.fieldCount - first + 1) });
  const fields = numbers.map((_each, index) => spoken(segment.field(first + index).repetitions));
  return fields.filter((text) => text !== "").join(", ");
}

function piecesOf(repetition: Repetition): readonly (string | undefined)[] {
  const components = Array.from({ length: repetition.componentCount }, (_each, index) =>
    repetition.component(index + 1),
  );
  return components
    .filter(isWritten)
    .flatMap((component) =>
      Array.from({ length: component.subcomponentCount }, (_each, index) =>
        textOf(component.subcomponent(index + 1)),
      ),
    );
}
