import { type Result, fail, succeed } from "@trestle/base";

/** The five characters a message declares in MSH-1 and MSH-2. */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
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
 * Reads the separators from the first line of a message. MSH-2 may be shorter than four
 * characters; what it leaves out cannot occur in the message. A fifth, the truncation character of
 * later versions, is passed over. Each is a printable ASCII character of its own that is no letter,
 * no digit and not `"`, which stands for the null.
 *
 * @see HL7 v2.5.1, chapter 2.5.4
 */
export function readSeparators(text: string): Result<Separators> {
  if (text.startsWith(standardStart)) return succeed(standardSeparators);
  if (!text.startsWith("MSH")) return fail(noHeader);
  const field = text.charAt(3);
  const [line = ""] = text.slice(4, 4 + longestDeclaration).split(/[\r\n]/u);
  const end = line.indexOf(field);
  const declared = end === -1 ? line : line.slice(0, end);
  const marks = [field, ...declared.split("")];
  const isUsable = declared !== "" && declared.length <= mostMarks && marks.every(isMark);
  if (!isUsable || new Set(marks).size < marks.length) return fail(badSeparators);
  const [component = "", repetition = "", escape = "", subcomponent = ""] = declared;
  return succeed({ field, component, repetition, escape, subcomponent });
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
