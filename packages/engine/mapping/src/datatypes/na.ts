import type { SampledData } from "@trestle/fhir";
import { decimal } from "../decimal.ts";
import { Repetition } from "@trestle/hl7v2";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import { unitOf } from "./quantity.ts";

/**
 * NA: one row of numbers, or several as the repetitions of the field. How far apart they were
 * taken is not told; FHIR wants a period, and 0 says that there is none.
 *
 * @see HL7 v2.8.2, chapter 2.A.46 (NA)
 */
export const na: Converter = (part, scope) => {
  if (!(part instanceof Repetition) || part.index > 0) return undefined;
  const rows = part.field.repetitions.map(numbersIn);
  const [first] = rows;
  const isEven = rows.every((row) => row.length === first?.length && !row.includes(undefined));
  if (first === undefined || first.length === 0 || !isEven) return undefined;
  const made: SampledData = {
    origin: { value: 0, ...unitOf(scope.part("OBX-6"), scope) },
    period: 0,
    dimensions: rows.length,
    data: first.flatMap((_, index) => rows.map((row) => row[index])).join(" "),
  };
  return made;
};

/** The numbers as written. */
function numbersIn(repetition: Repetition): readonly (string | undefined)[] {
  return Array.from({ length: repetition.componentCount }, (_, index) => {
    const text = textIn(repetition, index + 1);
    return text === undefined || decimal(text) === undefined ? undefined : text;
  });
}
