import type { Problem } from "@trestle/base";
import { escapeText, standardSeparators } from "@trestle/hl7v2";
import type { FieldSource } from "./composed.ts";
import { problems } from "./problems.ts";
import type { Draft } from "./rows/fill.ts";
import { type Piece, type Written, isPiece } from "./rows/written.ts";

/** The text of a message, and of each value where it came from. */
export interface Printed {
  readonly text: string;
  readonly sources: readonly FieldSource[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** What may stand in one text at most, in characters. */
export interface PrintLimits {
  readonly maxTextCharacters: number;
  readonly maxContentCharacters: number;
}

/**
 * Prints segments with the standard separators. Texts are escaped, line breaks become `\.br\`, and
 * a control character becomes a blank with a warning. A text that would read as the HL7 null is
 * written so that it does not.
 *
 * @see HL7 v2.5.1, chapter 2.7
 */
export function printMessage(segments: readonly Draft[], limits: PrintLimits): Printed {
  const printing: Printing = { limits, sources: [], problems: [], warnings: [] };
  const counts = new Map<string, number>();
  const lines = segments.map((segment) => {
    const index = counts.get(segment.name) ?? 0;
    counts.set(segment.name, index + 1);
    const at = index === 0 ? segment.name : `${segment.name}[${index}]`;
    return printSegment(segment, at, printing);
  });
  const { sources, problems: found, warnings } = printing;
  return { text: lines.map((line) => `${line}\r`).join(""), sources, problems: found, warnings };
}

interface Printing {
  readonly limits: PrintLimits;
  readonly sources: FieldSource[];
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

function printSegment(segment: Draft, at: string, printing: Printing): string {
  const isHeader = segment.name === "MSH";
  const fields = [isHeader ? headerStart : segment.name];
  // MSH-1 is the separator that every other segment has between its name and its first field.
  for (let field = isHeader ? 3 : 1; field <= segment.lastField; field += 1) {
    const repetitions = segment.repetitions(field).map((written, index) => {
      const place = index === 0 ? `${at}-${field}` : `${at}-${field}[${index}]`;
      return printWritten(written, { place, marks: [component, subcomponent] }, printing);
    });
    fields.push(repetitions.join(separators.repetition));
  }
  return fields.join(separators.field);
}

interface Position {
  readonly place: string;
  /** What parts the components here, and what parts those inside of them. */
  readonly marks: readonly string[];
}

function printWritten(written: Written, { place, marks }: Position, printing: Printing): string {
  if (isPiece(written)) return printPiece(written, place, printing);
  const [mark, ...inner] = marks;
  const parts = written.components.map((part, index) => {
    if (part === undefined) return "";
    // What is nested deeper than HL7 can say stands for its first piece.
    const at = mark === undefined ? place : `${place}.${index + 1}`;
    return printWritten(part, { place: at, marks: inner }, printing);
  });
  if (mark === undefined) return parts.find((part) => part !== "") ?? "";
  return parts.join(mark).replace(mark === component ? /\^+$/u : /&+$/u, "");
}

function printPiece(piece: Piece, place: string, printing: Printing): string {
  const raw = piece.isContent === true ? piece.text : printText(piece, place, printing);
  const { maxTextCharacters, maxContentCharacters } = printing.limits;
  const limit = piece.isContent === true ? maxContentCharacters : maxTextCharacters;
  if (raw.length > limit) {
    printing.problems.push(problems.textTooLong({ at: place, characters: raw.length, limit }));
  }
  const { path, row, rule } = piece;
  printing.sources.push({
    field: place,
    ...(path !== undefined && { path }),
    ...(row !== undefined && { row }),
    ...(rule !== undefined && { rule }),
  });
  return raw;
}

/** Escaped. Encoded content is not looked at: no character of Base64 is a separator. */
function printText(piece: Piece, place: string, printing: Printing): string {
  const clean = piece.text.replaceAll(/\r\n?/gu, "\n").replaceAll(everyControl, " ");
  if (controls.test(piece.text.replaceAll(/[\r\n]/gu, ""))) {
    printing.warnings.push(problems.controlCharacter(place));
  }
  return clean === '""' ? twoQuotes : escapeText(clean, separators);
}

const separators = standardSeparators;
const { component, subcomponent } = separators;
const headerStart = `MSH${separators.field}${component}${separators.repetition}${separators.escape}${subcomponent}`;

/** `""` alone means “delete” in HL7. */
const twoQuotes = "\\X2222\\";

/** All of C0 but the line feed, DEL, C1, and halves of surrogate pairs. */
const controls = /[\p{Cc}--\n]|\p{Surrogate}/v;
const everyControl = new RegExp(controls.source, "gv");
