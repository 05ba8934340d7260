import type { Finding, Level } from "./findings.ts";

/** Every kind of finding. Texts name parts of the standard, and never what a message holds. */
export type Kind = keyof typeof kinds;

/**
 * The finding of a kind at a place.
 *
 * @param subject What the text is about: the name of a segment, a field, a group or a table.
 */
export function finding(kind: Kind, at: string, { subject = "", level }: Details = {}): Finding {
  const { text, hint, level: usual } = kinds[kind];
  return {
    level: level ?? usual,
    code: `hl7v2.${kind}`,
    at,
    text: text.replace("@", () => subject),
    hint,
  };
}

interface Details {
  readonly subject?: string;
  readonly level?: Level;
}

interface Wording {
  readonly level: Level;
  /** `@` stands for the subject. */
  readonly text: string;
  readonly hint: string;
}

const kinds = {
  unknownVersion: {
    level: "warning",
    text: "The standard has no version of that name.",
    hint: "Checked as 2.5.1. Ask the sender's owner to write the version, such as 2.5.1, into MSH-12.",
  },
  unknownStructure: {
    level: "warning",
    text: "The standard has no message structure for this type.",
    hint: "Only the segments were checked, each for itself. See whether MSH-9 is as agreed.",
  },
  missingSegment: {
    level: "error",
    text: "@ is missing behind this segment.",
    hint: "Ask the sender's owner for it, or make it optional in the site's profile.",
  },
  segmentOutOfOrder: {
    level: "warning",
    text: "@ stands behind segments that should follow it.",
    hint: "It was read all the same. Ask the sender's owner to keep the order of the standard.",
  },
  segmentRepeated: {
    level: "warning",
    text: "@ stands there more often than it may.",
    hint: "See which of them counts. Ask the sender's owner to send one.",
  },
  unexpectedSegment: {
    level: "warning",
    text: "The structure of this message has no place for @ here.",
    hint: "It was kept. Name it in the site's profile where the site means it.",
  },
  unknownSegment: {
    level: "warning",
    text: "No version of the standard has a segment of that name.",
    hint: "A site's own segments begin with Z. See whether a line break split a field.",
  },
  ownSegment: {
    level: "note",
    text: "A segment of the site's own, which nobody has described.",
    hint: "Describe its fields in the site's profile, and they are checked too.",
  },
  missingField: {
    level: "error",
    text: "@ is required and empty.",
    hint: "Ask the sender's owner to fill it, or make it optional in the site's profile.",
  },
  missingComponent: {
    level: "warning",
    text: "@ is a required component and empty.",
    hint: "Ask the sender's owner to fill it.",
  },
  valueWithoutType: {
    level: "error",
    text: "There is a value, but no data type that says how to read it.",
    hint: "Ask the sender's owner to fill @.",
  },
  unusedField: {
    level: "warning",
    text: "The site's profile says that @ is not used, and it is filled.",
    hint: "Ask the site what it means by it now, and change the profile or the sender.",
  },
  formerField: {
    level: "note",
    text: "@ was withdrawn, or is kept for older versions only.",
    hint: "It was read all the same. Receivers of this version may pass it over.",
  },
  laterField: {
    level: "note",
    text: "@ belongs to a later version than MSH-12 says.",
    hint: "It was read as the later version has it.",
  },
  unknownField: {
    level: "note",
    text: "No version of the standard has a field of this number.",
    hint: "Describe it in the site's profile where the site means it.",
  },
  unknownComponent: {
    level: "note",
    text: "@ has more parts than its data type knows.",
    hint: "A separator in the text that is not escaped is the usual reason.",
  },
  tooManyRepetitions: {
    level: "warning",
    text: "@ stands there more often than it may.",
    hint: "Receivers take the first. Allow more in the site's profile where the site means them.",
  },
  tooLong: {
    level: "note",
    text: "@ is longer than the standard foresees.",
    hint: "It was read in full. A receiver may cut it; see what length the two sides agreed on.",
  },
  notANumber: {
    level: "error",
    text: "@ is not a number.",
    hint: "Digits, one decimal point and a sign are allowed. In OBX-5, SN holds values such as <5.",
  },
  notASequence: {
    level: "error",
    text: "@ is not a whole number from 0.",
    hint: "Ask the sender's owner to count 1, 2, 3 here.",
  },
  notADate: {
    level: "error",
    text: "@ is not a date that exists.",
    hint: "The standard writes YYYY, YYYYMM or YYYYMMDD.",
  },
  dateWithTime: {
    level: "warning",
    text: "@ is a date, and has a time of day too.",
    hint: "The time is of no meaning here. Ask the sender's owner for YYYYMMDD.",
  },
  notATime: {
    level: "error",
    text: "@ is not a time of day.",
    hint: "The standard writes HH, HHMM or HHMMSS, then perhaps +ZZZZ.",
  },
  notATimestamp: {
    level: "error",
    text: "@ is not a date and time that exist.",
    hint: "The standard writes YYYYMMDDHHMMSS, cut off where it is not known, then perhaps +ZZZZ.",
  },
  unknownCode: {
    level: "warning",
    text: "The code is not in table @.",
    hint: "Allow it in the site's profile and map it in the site's code tables, if the site means it.",
  },
} as const satisfies Readonly<Record<string, Wording>>;
