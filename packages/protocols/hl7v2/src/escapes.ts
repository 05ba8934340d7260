import type { Separators } from "./separators.ts";

/**
 * Replaces escape sequences by what they stand for: the separators (`\F\ \S\ \T\ \R\ \E\`),
 * bytes in hexadecimal (`\X0D\`), line breaks (`\.br\`), and nothing for highlighting (`\H\ \N\`).
 * The bytes of one sequence are UTF-8 where they can be, and windows-1252 otherwise. A sequence that
 * is not known here stays as it was written, and so does an escape character that begins none, so
 * that nothing is lost.
 *
 * @see HL7 v2.5.1, chapter 2.7
 */
export function unescapeText(raw: string, separators: Separators): string {
  const mark = separators.escape;
  if (mark === "" || !raw.includes(mark)) return raw;
  let text = "";
  let from = 0;
  while (from < raw.length) {
    const start = raw.indexOf(mark, from);
    const end = start === -1 ? -1 : raw.indexOf(mark, start + 1);
    if (end === -1) return text + raw.slice(from);
    const sequence = raw.slice(start + 1, end);
    // Someone's plain backslash must not swallow the beginning of the next sequence.
    const next = isSequence(sequence) ? end + 1 : start + 1;
    text += raw.slice(from, start) + (meaningOf(sequence, separators) ?? raw.slice(start, next));
    from = next;
  }
  return text;
}

/**
 * Writes text so that no separator or line break in it is taken for structure. Where MSH-2 declares
 * no escape character there is no way to write those: each becomes a space.
 */
export function escapeText(text: string, separators: Separators): string {
  let raw = "";
  for (const character of text) raw += escapeOf(character, separators) ?? character;
  return raw;
}

/** The forms that the standard has; Z is for those that a site makes up. */
function isSequence(text: string): boolean {
  return /^(?:[EFHNRST]|[CMX][0-9A-Fa-f]+|Z\w*|\.[a-z]{2}[+-]?\d*)$/u.test(text);
}

function meaningOf(sequence: string, separators: Separators): string | undefined {
  switch (sequence) {
    case "F":
      return separators.field;
    case "S":
      return separators.component;
    case "T":
      return separators.subcomponent;
    case "R":
      return separators.repetition;
    case "E":
      return separators.escape;
    case ".br":
      return "\n";
    case "H":
    case "N":
      return "";
    default:
      return hexadecimal(sequence);
  }
}

function hexadecimal(sequence: string): string | undefined {
  if (!/^X(?:[0-9A-Fa-f]{2})+$/u.test(sequence)) return undefined;
  const bytes = Buffer.from(sequence.slice(1), "hex");
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

function escapeOf(character: string, separators: Separators): string | undefined {
  const mark = separators.escape;
  const sequence = sequenceOf(character, separators);
  if (sequence === undefined) return undefined;
  return mark === "" ? " " : `${mark}${sequence}${mark}`;
}

function sequenceOf(character: string, separators: Separators): string | undefined {
  switch (character) {
    case separators.field:
      return "F";
    case separators.component:
      return "S";
    case separators.subcomponent:
      return "T";
    case separators.repetition:
      return "R";
    case separators.escape:
      return "E";
    case "\r":
      return "X0D";
    case "\n":
      return Object.values(separators).includes(".") ? "X0A" : ".br";
    default:
      return undefined;
  }
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");
