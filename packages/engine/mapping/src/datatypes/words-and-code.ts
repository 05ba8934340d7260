import { type Part, textIn } from "../rows/part.ts";

/** A coded field as one text, where FHIR has no room for a code: its words, and which code they are. */
export function wordsAndCode(part: Part): string | undefined {
  const [code, words, system] = [1, 2, 3].map((number) => textIn(part, number));
  if (code === undefined || words === undefined) return words ?? code;
  return `${words} (${[system, code].filter((each) => each !== undefined).join(" ")})`;
}
