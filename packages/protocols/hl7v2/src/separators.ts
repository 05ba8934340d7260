import { type Result, fail, succeed } from "@trestle/base";

/** The characters a message declares in MSH-1 and MSH-2. */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
  /** Stands at the end of a value that was cut; only where MSH-2 declares it, since v2.7. */
  readonly truncation?: string;
}

/** What nearly every sender uses. */
export const standardSeparators: Separators = {
  field: "|",
  component: "^",
  repetition: "~",
  escape: "\\",
  subcomponent: "&",
};

/**
 * Reads the separators from the first line of a message, or of a batch or file header. MSH-2 may be
 * shorter than five characters; what it leaves out cannot occur in the message. Each is a printable
 * ASCII character of its own that is no letter, no digit and not `"`, which stands for the null.
 *
 * @see HL7 v2.5.1, chapter 2.5.4; v2.7, chapter 2.5.5.2 for the truncation character
 */
export function readSeparators(text: string, from = 0): Result<Separators> {
  if (text.startsWith(standardStart, from)) return succeed(standardSeparators);
  if (!isHeader(text.slice(from, from + 3))) return fail(noHeader);
  const field = text.charAt(from + 3);
  const [line = ""] = text.slice(from + 4, from + 4 + longestDeclaration).split(/[\r\n]/u);
  const end = line.indexOf(field);
  const declared = end === -1 ? line : line.slice(0, end);
  const marks = [field, ...declared.split("")];
  const isUsable = declared !== "" && declared.length <= mostMarks && marks.every(isMark);
  if (!isUsable || new Set(marks).size < marks.length) return fail(badSeparators);
  const [component = "", repetition = "", escape = "", subcomponent = "", truncation] = declared;
  const five = { field, component, repetition, escape, subcomponent };
  return succeed(truncation === undefined ? five : { ...five, truncation });
}

/** MSH-2, or BHS-2 and FHS-2, as it declares these separators. */
export function declaration(separators: Separators): string {
  const { component, repetition, escape, subcomponent, truncation = "" } = separators;
  return `${component}${repetition}${escape}${subcomponent}${truncation}`;
}

/** Segments whose first two fields declare separators, and are not to be cut by them. */
export function isHeader(name: string): boolean {
  return name === "MSH" || name === "FHS" || name === "BHS";
}

function isMark(character: string): boolean {
  return /^[!#-/:-@[-`{-~]$/u.test(character);
}

/** How nearly every message begins. */
const standardStart = "MSH|^~\\&|";

/** Component, repetition, escape, subcomponent, truncation. */
const mostMarks = 5;

/** All of MSH-2 and the separator behind it. */
const longestDeclaration = mostMarks + 1;

const noHeader = {
  code: "hl7v2.noHeader",
  text: "The message does not begin with an MSH segment.",
  hint: "Check that the sender speaks HL7 v2 and that no other bytes precede MSH.",
};

const badSeparators = {
  code: "hl7v2.badSeparators",
  text: "MSH-1 and MSH-2 do not declare usable separators.",
  hint: "Ask the sender to begin with MSH|^~\\&| or its own separators in that order.",
  at: "MSH-2",
};
