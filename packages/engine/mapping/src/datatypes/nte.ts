import type { Annotation } from "@trestle/fhir";
import type { Converter } from "../rows/row.ts";
import { lines } from "./text.ts";

/** NTE-3: one note, however often the field repeats; its repetitions are lines. */
export const note: Converter = (part, scope, lookup) => {
  const text = lines(part, scope, lookup);
  if (typeof text !== "string") return undefined;
  const made: Annotation = { text };
  return made;
};
