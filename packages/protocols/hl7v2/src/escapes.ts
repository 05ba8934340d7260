import type { Separators } from "./separators.ts";

/**
 * Replaces escape sequences by what they stand for: the separators (`\F\ \S\ \T\ \R\ \E\`),
 * bytes in hexadecimal (`\X0D\`) and line breaks (`\.br\`). A sequence that is not known stays as
 * it was written, so that nothing is lost.
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
    const meaning = meaningOf(raw.slice(start + 1, end), separators);
    text += raw.slice(from, start) + (meaning ?? raw.slice(start, end + 1));
    from = end + 1;
  }
  return text;
}

/** Writes text so that no separator or line break in it is taken for structure. */
export function escapeText(text: string, separators: Separators): string {
  let raw = "";
  for (const character of text) raw += escapeOf(character, separators) ?? character;
  return raw;
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
  return Buffer.from(sequence.slice(1), "hex").toString("latin1");
}

function escapeOf(character: string, separators: Separators): string | undefined {
  const mark = separators.escape;
  switch (character) {
    case separators.field:
      return `${mark}F${mark}`;
    case separators.component:
      return `${mark}S${mark}`;
    case separators.subcomponent:
      return `${mark}T${mark}`;
    case separators.repetition:
      return `${mark}R${mark}`;
    case mark:
      return `${mark}E${mark}`;
    case "\r":
      return `${mark}X0D${mark}`;
    case "\n":
      return `${mark}.br${mark}`;
    default:
      return undefined;
  }
}
