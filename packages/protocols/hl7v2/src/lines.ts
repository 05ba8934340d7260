import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { type MessageLimits, raising } from "./limits.ts";
import type { Separators } from "./separators.ts";

/** Where the segments of a text stand: `[starts[n], endOfLine(lines, n))`, without what ends them. */
export interface Lines {
  readonly starts: readonly number[];
  /** Absent where each segment ends one character before the next one starts, as nearly always. */
  readonly ends?: readonly number[];
  /** Where the last segment ends. */
  readonly end: number;
  readonly warnings: readonly Problem[];
}

export interface LineRules {
  readonly separators: Separators;
  readonly limits: MessageLimits;
}

/**
 * Finds the segments of a message that begins at `from`. Each ends in CR; CRLF and LF are accepted
 * with a warning. Where CR ends segments, an LF that no segment follows belongs to the field it
 * stands in, with a warning too. Empty lines are passed over; any other line that is no segment is
 * a problem, for nothing may be dropped. Looks at each character a fixed number of times.
 *
 * @see HL7 v2.5.1, chapter 2.5.4: the segment terminator is always CR
 */
export function findLines(text: string, from: number, rules: LineRules): Result<Lines> {
  const usual = text.includes("\n", from) ? undefined : cutAtReturns(text, from, rules);
  return usual === undefined ? cutCarefully(text, from, rules) : succeed(usual);
}

export function endOfLine(lines: Lines, line: number): number {
  if (lines.ends !== undefined) return lines.ends[line] ?? lines.end;
  const next = lines.starts[line + 1];
  return next === undefined ? lines.end : next - 1;
}

/** Whether it begins as a segment: a name, and the field separator behind it or nothing at all. */
export function isSegment(line: string, field: string): boolean {
  return isNamed(line, 0) && (line.length === 3 || line.charAt(3) === field);
}

/** Whether a name of three characters stands there. */
function isNamed(text: string, at: number): boolean {
  return (
    isLetter(text.charCodeAt(at)) &&
    isLetterOrDigit(text.charCodeAt(at + 1)) &&
    isLetterOrDigit(text.charCodeAt(at + 2))
  );
}

/**
 * The way of nearly every message. Undefined where anything is unusual, or too long to be sure
 * without counting: the careful way then says what.
 */
function cutAtReturns(text: string, from: number, { separators, limits }: LineRules) {
  const field = separators.field.charCodeAt(0);
  const longest = Math.min(limits.maxFields, limits.maxParts);
  const starts: number[] = [];
  for (let start = from; start < text.length;) {
    const found = text.indexOf("\r", start);
    const end = found === -1 ? text.length : found;
    if (end - start > longest || !isNamed(text, start)) return undefined;
    if (text.charCodeAt(start + 3) !== field && end - start !== 3) return undefined;
    if (starts.length >= limits.maxSegments) return undefined;
    if (text.charCodeAt(start) === letterM && starts.length > 0 && text.startsWith("MSH", start)) {
      return undefined;
    }
    starts.push(start);
    start = end + 1;
  }
  const end = text.endsWith("\r") ? text.length - 1 : text.length;
  return { starts, end, warnings: none };
}

function cutCarefully(text: string, from: number, rules: LineRules): Result<Lines> {
  const lines = new LineList(text, rules.separators, rules.limits);
  const ends = new EndFinder(text, from);
  for (let start = from; start < text.length;) {
    const end = ends.next(start);
    if (end > start && !lines.add(start, end)) return fail(lines.problem);
    start = ends.following;
  }
  const warnings = [
    ...(ends.hasFeedBetween ? [lineFeeds] : []),
    ...(ends.hasFeedInside ? [lineFeedInside] : []),
  ];
  return succeed({
    starts: lines.starts,
    ends: lines.ends,
    end: lines.ends.at(-1) ?? from,
    warnings,
  });
}

/** Collects lines that are segments, until one is none or there are too many. */
class LineList {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  problem: Problem = noSegments;
  readonly #text: string;
  readonly #separators: Separators;
  readonly #limits: MessageLimits;

  constructor(text: string, separators: Separators, limits: MessageLimits) {
    this.#text = text;
    this.#separators = separators;
    this.#limits = limits;
  }

  /** False where the message cannot be read; `problem` says why. */
  add(start: number, end: number): boolean {
    const found = this.#problemOf(start, end);
    if (found !== undefined) {
      this.problem = found;
      return false;
    }
    this.starts.push(start);
    this.ends.push(end);
    return true;
  }

  #problemOf(start: number, end: number): Problem | undefined {
    const count = this.starts.length;
    const text = this.#text;
    if (!isSegment(text.slice(start, end), this.#separators.field)) return notASegment(count + 1);
    if (count > 0 && text.startsWith("MSH", start)) return severalHeaders;
    if (count >= this.#limits.maxSegments) return tooManySegments(this.#limits);
    const rules = { separators: this.#separators, limits: this.#limits };
    const broken = brokenLimit(text.slice(start, end), rules);
    return broken === undefined ? undefined : tooMany[broken](this.#limits, count + 1);
  }
}

/** The limit that a segment breaks. */
export function brokenLimit(
  segment: string,
  { separators, limits }: LineRules,
): "maxFields" | "maxParts" | undefined {
  const { maxFields, maxParts } = limits;
  // A segment that is shorter than that cannot hold so many.
  if (segment.length <= maxFields && segment.length <= maxParts) return undefined;
  const fields = occurrences(segment, separators.field, maxFields + 1);
  if (fields > maxFields) return "maxFields";
  let parts = fields;
  for (const mark of [separators.repetition, separators.component, separators.subcomponent]) {
    parts += occurrences(segment, mark, maxParts + 1 - parts);
  }
  return parts > maxParts ? "maxParts" : undefined;
}

/** How often the mark stands in the text; at most `most`. */
export function occurrences(text: string, mark: string, most: number): number {
  if (mark === "") return 0;
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1 && count < most; at = text.indexOf(mark, at + 1)) {
    count += 1;
  }
  return count;
}

/** Finds where segments end in a text that holds line feeds. */
class EndFinder {
  /** Behind what ends the segment that was found last. */
  following = 0;
  hasFeedBetween = false;
  hasFeedInside = false;
  readonly #text: string;
  readonly #field: string;
  /** A CR without LF: CR alone ends segments, and an LF may stand in a field. */
  readonly #hasLoneReturn: boolean;
  #return = -1;
  #feed = -1;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#field = text.charAt(from + 3);
    this.#hasLoneReturn = hasLoneReturn(text, from);
  }

  /** The end of the segment that begins at `start`; its terminator reaches to `following`. */
  next(start: number): number {
    const text = this.#text;
    for (let from = start; ;) {
      const end = this.#nextBreak(from);
      if (end === text.length || text.charCodeAt(end) === carriageReturn) return this.#close(end);
      const behind = behindFeeds(text, end);
      if (!this.#hasLoneReturn || this.#isEnd(behind)) {
        this.hasFeedBetween = true;
        this.following = behind;
        return end;
      }
      this.hasFeedInside = true;
      from = behind;
    }
  }

  #close(end: number): number {
    const isPair = this.#text.charCodeAt(end + 1) === lineFeed;
    if (isPair) this.hasFeedBetween = true;
    this.following = end + (isPair ? 2 : 1);
    return end;
  }

  #isEnd(behind: number): boolean {
    const text = this.#text;
    if (behind === text.length) return true;
    return isNamed(text, behind) && text.charAt(behind + 3) === this.#field;
  }

  #nextBreak(from: number): number {
    const text = this.#text;
    if (this.#return < from) this.#return = found(text.indexOf("\r", from), text);
    if (this.#feed < from) this.#feed = found(text.indexOf("\n", from), text);
    return Math.min(this.#return, this.#feed);
  }
}

function found(at: number, text: string): number {
  return at === -1 ? text.length : at;
}

function behindFeeds(text: string, feed: number): number {
  let behind = feed + 1;
  while (text.charCodeAt(behind) === lineFeed) behind += 1;
  return behind;
}

function hasLoneReturn(text: string, from: number): boolean {
  for (let at = text.indexOf("\r", from); at !== -1; at = text.indexOf("\r", at + 1)) {
    if (text.charCodeAt(at + 1) !== lineFeed) return true;
  }
  return false;
}

function isLetter(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39);
}

const none: readonly Problem[] = [];
const letterM = 0x4d;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

const noSegments: Problem = {
  code: "hl7v2.noHeader",
  text: "There is no segment.",
  hint: "Check that the sender speaks HL7 v2.",
};

const lineFeeds: Problem = {
  code: "hl7v2.lineFeeds",
  text: "Segments end in LF or CRLF; the standard asks for CR.",
  hint: "Accepted. Ask the sender's owner to end segments with CR.",
};

const lineFeedInside: Problem = {
  code: "hl7v2.lineFeedInside",
  text: "A field holds a line feed that is not escaped.",
  hint: "Kept as it is. Ask the sender's owner to write line breaks as \\.br\\.",
};

const severalHeaders: Problem = {
  code: "hl7v2.severalHeaders",
  text: "More than one MSH segment stands in one frame.",
  hint: "Ask the sender to put each message into a frame of its own.",
  at: "MSH[1]",
};

function notASegment(number: number): Problem {
  return {
    code: "hl7v2.notASegment",
    text: `Line ${number} does not begin with a segment name and a field separator.`,
    hint: "Usually a line break inside a field: ask the sender to escape it as \\.br\\.",
    at: `line ${number}`,
  };
}

function tooManySegments(limits: MessageLimits): Problem {
  return {
    code: "hl7v2.tooManySegments",
    text: `The message has more than ${limits.maxSegments} segments.`,
    hint: `${raising("maxSegments", limits)}, or ask the sender to split the message.`,
  };
}

function tooManyFields(limits: MessageLimits, number: number): Problem {
  return {
    code: "hl7v2.tooManyFields",
    text: `Line ${number} has more than ${limits.maxFields} fields.`,
    hint: `${raising("maxFields", limits)} if the sender really means it.`,
    at: `line ${number}`,
  };
}

function tooManyParts(limits: MessageLimits, number: number): Problem {
  return {
    code: "hl7v2.tooManyParts",
    text: `Line ${number} has more than ${limits.maxParts} fields, repetitions, components and subcomponents.`,
    hint: `${raising("maxParts", limits)} if the sender really means it, or ask it to escape separators in text.`,
    at: `line ${number}`,
  };
}

const tooMany = { maxFields: tooManyFields, maxParts: tooManyParts };
