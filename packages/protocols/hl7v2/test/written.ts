import * as fc from "fast-check";
import { type Hl7Message, type Separators, escapeText, parseMessage } from "../src/index.ts";

/** The message, where the text is one. */
export function parsed(text: string): Hl7Message {
  const result = parseMessage(text);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

/** MSH with its first nine fields, for messages where only the rest matters. */
export function headed(rest: string): string {
  return `MSH|^~\\&|LAB|TH|HUB|TH|20260115||ORU^R01|1|P|2.5.1\r${rest}`;
}

/** Five characters that no separator rule forbids, each another. */
export const anySeparators: fc.Arbitrary<Separators> = fc
  .uniqueArray(fc.constantFrom(..."!#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".split("")), {
    minLength: 5,
    maxLength: 5,
  })
  .map(([field = "", component = "", repetition = "", escape = "", subcomponent = ""]) => ({
    field,
    component,
    repetition,
    escape,
    subcomponent,
  }));

/** Text of any characters, with many of those that mean something in a message. */
export const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(...'|^~\\&\r\n.HNFSTREX0D"'.split(""), "\\F\\", "\\X41\\", "\\.br\\"),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

/** Fields of repetitions of components of subcomponents. */
export type Parts = readonly (readonly (readonly (readonly string[])[])[])[];

/** What a segment may hold; the empty text everywhere as likely as any other. */
export const anyParts: fc.Arbitrary<Parts> = listOf(
  listOf(listOf(listOf(fc.oneof(fc.constant(""), anyText)))),
);

/** A whole message: a header, and one `ZZZ` that holds the parts. */
export function writeMessage(parts: Parts, separators: Separators): string {
  const { field, component, repetition, escape, subcomponent } = separators;
  const fields = parts.map((repetitions) =>
    repetitions
      .map((components) =>
        components
          .map((texts) => texts.map((text) => escapeText(text, separators)).join(subcomponent))
          .join(component),
      )
      .join(repetition),
  );
  const marks = `${component}${repetition}${escape}${subcomponent}`;
  return `${["MSH", marks, "LAB"].join(field)}\r${["ZZZ", ...fields].join(field)}\r`;
}

function listOf<Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> {
  return fc.array(item, { minLength: 1, maxLength: 3 });
}
