import { Repetition, type Separators, unescapeText } from "@trestle/hl7v2";
import { type Part, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** ST, IS, ID: the text without outer blanks. */
export const text: Converter = textOf;

/** TX, FT: the whole part, line breaks and separators that nobody escaped included. */
const wholeText = (part: Part): string | undefined => {
  const whole = readWhole(part);
  return whole.trim() === "" ? undefined : whole;
};

/** The text of a part with everything in it. */
export function readWhole(part: Part): string {
  return unescapeText(part.raw, separatorsOf(part));
}

function separatorsOf(part: Part): Separators {
  if ("segment" in part) return part.segment.separators;
  if ("field" in part) return part.field.segment.separators;
  if ("repetition" in part) return part.repetition.field.segment.separators;
  return part.component.repetition.field.segment.separators;
}

/** All repetitions as lines of one text. */
export const lines: Converter = (part) => {
  if (!(part instanceof Repetition)) return wholeText(part);
  if (part.index > 0) return undefined;
  const text = part.field.repetitions.map(readWhole).join("\n");
  return text.trim() === "" ? undefined : text;
};
