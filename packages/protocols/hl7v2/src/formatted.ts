import { meaningOf, tokens } from "./escapes.ts";
import type { Separators } from "./separators.ts";

/** A piece of formatted text: text, or a command for whoever lays it out. */
export type Formatted =
  | { readonly is: "text"; readonly text: string; readonly isHighlighted: boolean }
  /** `\.br\`, and `\.sp\` with lines left empty behind it; `\.ce\` centres the line that follows. */
  | { readonly is: "break"; readonly emptyLines: number; readonly isCentred: boolean }
  /** `\.sk\`: blanks. */
  | { readonly is: "blanks"; readonly count: number }
  /** `\.in\` for all lines that follow, `\.ti\` for the next; `by` may be negative. */
  | { readonly is: "indent"; readonly by: number; readonly isForOneLine: boolean }
  /** `\.fi\` and `\.nf\`: whether words flow from line to line. */
  | { readonly is: "wrapping"; readonly isOn: boolean }
  /** `\C2842\`, `\M242842\`: the escape sequence of ISO 2022, in hexadecimal. */
  | { readonly is: "characterSet"; readonly escape: string; readonly isMultiByte: boolean }
  /** Of a site (`\Z…\`), or of nobody; kept as it was written. */
  | { readonly is: "unknown"; readonly raw: string };

/**
 * Reads the text of an FT field, or any other with highlighting. Nothing is lost: what is no known
 * sequence is text, or `unknown`.
 *
 * @see HL7 v2.5.1, chapters 2.7.2 to 2.7.6
 */
export function readFormattedText(raw: string, separators: Separators): readonly Formatted[] {
  const pieces: Formatted[] = [];
  let isHighlighted = false;
  let text = "";
  const flush = () => {
    if (text !== "") pieces.push({ is: "text", text, isHighlighted });
    text = "";
  };
  for (const { sequence, written } of tokens(raw, separators.escape)) {
    const command = sequence === undefined ? undefined : commandOf(sequence, written);
    if (command !== undefined || sequence === "H" || sequence === "N") flush();
    if (sequence === "H" || sequence === "N") isHighlighted = sequence === "H";
    else if (command !== undefined) pieces.push(command);
    else if (sequence === undefined) text += written;
    else text += meaningOf(sequence, separators) ?? written;
  }
  flush();
  return pieces;
}

/**
 * Formatted text as plain lines: indented, with its empty lines and blanks, without highlighting.
 * Commands that plain text cannot follow (centring, wrapping) only end lines; unknown sequences stay
 * as they were written. An indent, a skip or a run of empty lines is at most 100.
 */
export function plainText(pieces: readonly Formatted[]): string {
  const page = new Page();
  for (const piece of pieces) {
    if (piece.is === "text") page.write(piece.text);
    else if (piece.is === "blanks") page.write(" ".repeat(atMost(piece.count)));
    else if (piece.is === "break") page.breakLine(1 + atMost(piece.emptyLines));
    else if (piece.is === "indent") page.indent(piece.by, piece.isForOneLine);
    else if (piece.is === "unknown") page.write(piece.raw);
  }
  return page.text;
}

class Page {
  text = "";
  #indent = 0;
  #nextIndent: number | undefined;
  #isAtStart = true;

  write(text: string): void {
    if (this.#isAtStart) this.text += " ".repeat(atMost(this.#nextIndent ?? this.#indent));
    if (this.#isAtStart) this.#nextIndent = undefined;
    this.#isAtStart = false;
    this.text += text;
  }

  breakLine(count: number): void {
    this.text += "\n".repeat(count);
    this.#isAtStart = true;
  }

  indent(by: number, isForOneLine: boolean): void {
    if (isForOneLine) this.#nextIndent = this.#indent + by;
    else this.#indent = by;
  }
}

function commandOf(sequence: string, written: string): Formatted | undefined {
  if (sequence.startsWith("Z")) return { is: "unknown", raw: written };
  if (/^[CM]/u.test(sequence)) {
    return { is: "characterSet", escape: sequence.slice(1), isMultiByte: sequence.startsWith("M") };
  }
  const { name, number = "" } = commandShape.exec(sequence)?.groups ?? {};
  if (name === undefined) return undefined;
  const count = number === "" ? undefined : Number(number);
  return layoutOf(name, count) ?? { is: "unknown", raw: written };
}

function layoutOf(name: string, count: number | undefined): Formatted | undefined {
  switch (name) {
    case "br":
    case "ce":
      return { is: "break", emptyLines: 0, isCentred: name === "ce" };
    case "sp":
      return { is: "break", emptyLines: Math.max((count ?? 1) - 1, 0), isCentred: false };
    case "sk":
      return { is: "blanks", count: count ?? 1 };
    case "in":
    case "ti":
      return { is: "indent", by: count ?? 0, isForOneLine: name === "ti" };
    case "fi":
    case "nf":
      return { is: "wrapping", isOn: name === "fi" };
    default:
      return undefined;
  }
}

function atMost(count: number): number {
  return Math.min(Math.max(count, 0), longestSkip);
}

const commandShape = /^\.(?<name>[a-z]{2})(?<number>[+-]?\d*)$/u;
const longestSkip = 100;
