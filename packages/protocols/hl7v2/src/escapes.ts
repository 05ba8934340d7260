import type { Separators } from "./separators.ts";

/**
 * Replaces escape sequences by what they stand for: the separators (`\F\ \S\ \T\ \R\ \E\`, and
 * `\P\` where MSH-2 declares a truncation character), bytes in hexadecimal (`\X0D\`), line breaks
 * (`\.br\`), and nothing for highlighting (`\H\ \N\`). The bytes of one sequence are UTF-8 where they
 * can be, and windows-1252 otherwise. A sequence that is not known here stays as it was written, and
 * so does an escape character that begins none, so that nothing is lost. `readFormattedText` knows
 * the commands of formatted text too.
 *
 * @see HL7 v2.5.1, chapter 2.7; v2.7, chapter 2.7.1 for the truncation character
 */
export function unescapeText(raw: string, separators: Separators): string {
  if (separators.escape === "" || !raw.includes(separators.escape)) return raw;
  let text = "";
  for (const { sequence, written } of tokens(raw, separators.escape)) {
    text += sequence === undefined ? written : (meaningOf(sequence, separators) ?? written);
  }
  return text;
}

/**
 * Writes text so that no separator or line break in it is taken for structure. Where MSH-2 declares
 * no escape character there is no way to write those: each becomes a space.
 */
export function escapeText(text: string, separators: Separators): string {
  const from = firstToEscape(text, separators);
  if (from === text.length) return text;
  let raw = text.slice(0, from);
  for (const character of text.slice(from)) raw += escapeOf(character, separators) ?? character;
  return raw;
}

/** A stretch of raw text: an escape sequence, or text that stands for itself. */
export interface Token {
  readonly written: string;
  /** What stands between the two escape characters. */
  readonly sequence?: string;
}

/** Cuts raw text into text and escape sequences. */
export function tokens(raw: string, mark: string): readonly Token[] {
  const found: Token[] = [];
  let from = 0;
  for (;;) {
    const start = mark === "" ? -1 : raw.indexOf(mark, from);
    const end = start === -1 ? -1 : raw.indexOf(mark, start + 1);
    if (end === -1) break;
    if (start > from) found.push({ written: raw.slice(from, start) });
    const sequence = raw.slice(start + 1, end);
    // Someone's plain backslash must not swallow the beginning of the next sequence.
    from = isSequence(sequence) ? end + 1 : start + 1;
    const written = raw.slice(start, from);
    found.push(from === end + 1 ? { written, sequence } : { written });
  }
  if (from < raw.length) found.push({ written: raw.slice(from) });
  return found;
}

/** What a sequence stands for in plain text; undefined where that is not known. */
export function meaningOf(sequence: string, separators: Separators): string | undefined {
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
    case "P":
      return separators.truncation;
    case ".br":
      return "\n";
    case "H":
    case "N":
      return "";
    default:
      return hexadecimal(sequence);
  }
}

/** The forms that the standard has; Z is for those that a site makes up. */
function isSequence(text: string): boolean {
  return sequenceShape.test(text);
}

function hexadecimal(sequence: string): string | undefined {
  if (!hexadecimalShape.test(sequence)) return undefined;
  const bytes = Buffer.from(sequence.slice(1), "hex");
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Most text needs no escaping, and is looked at once. */
function firstToEscape(text: string, separators: Separators): number {
  const field = separators.field.charCodeAt(0);
  const component = separators.component.charCodeAt(0);
  const repetition = separators.repetition.charCodeAt(0);
  const escape = separators.escape.charCodeAt(0);
  const subcomponent = separators.subcomponent.charCodeAt(0);
  const truncation = (separators.truncation ?? "").charCodeAt(0);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === field || code === component || code === repetition || code === escape) return at;
    if (code === subcomponent || code === truncation || code === 0x0d || code === 0x0a) return at;
  }
  return text.length;
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
    case separators.truncation:
      return "P";
    case "\r":
      return "X0D";
    case "\n":
      return Object.values(separators).includes(".") ? "X0A" : ".br";
    default:
      return undefined;
  }
}

const sequenceShape = /^(?:[EFHNPRST]|[CMX][0-9A-Fa-f]+|Z\w*|\.[a-z]{2}[+-]?\d*)$/u;
const hexadecimalShape = /^X(?:[0-9A-Fa-f]{2})+$/u;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder("windows-1252");
