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
 * Reads the separators from the first bytes of a message. MSH-2 may be shorter than four
 * characters; what it leaves out cannot occur in the message.
 *
 * @see HL7 v2.5.1, chapter 2.5.4
 */
export function readSeparators(text: string): Result<Separators> {
  if (!text.startsWith("MSH")) return fail(noHeader);
  const field = text.charAt(3);
  if (field === "" || /[\w\s]/u.test(field)) return fail(badSeparators);
  const end = text.indexOf(field, 4);
  const declared = end === -1 ? text.slice(4, 9) : text.slice(4, end);
  if (declared.length === 0 || declared.length > 5 || /[\w\s]/u.test(declared)) {
    return fail(badSeparators);
  }
  const [component = "", repetition = "", escape = "", subcomponent = ""] = declared;
  return succeed({ field, component, repetition, escape, subcomponent });
}

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
