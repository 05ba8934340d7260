import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { Segment } from "./segment.ts";
import { type Separators, readSeparators } from "./separators.ts";

/** A parsed message. Nothing below the segments is looked at before someone asks for it. */
export class Hl7Message {
  readonly separators: Separators;
  /** MSH, which is all that whoever takes messages in has to know. */
  readonly header: Segment;
  /** What was tolerated on the way in, such as line feeds between segments. */
  readonly warnings: readonly Problem[];
  readonly #lines: readonly string[];
  readonly #byName = new Map<string, readonly Segment[]>();
  #segments: readonly Segment[] | undefined;

  /** @param lines One for each segment, MSH first. */
  constructor(separators: Separators, lines: readonly string[], warnings: readonly Problem[]) {
    this.separators = separators;
    this.header = new Segment({ name: "MSH", index: 0, raw: lines[0] ?? "", separators });
    this.warnings = warnings;
    this.#lines = lines;
  }

  get segments(): readonly Segment[] {
    this.#segments ??= this.#cut();
    return this.#segments;
  }

  /** The message type and trigger, such as `ADT^A08`; only the type where no trigger is given. */
  get type(): string {
    const field = this.header.field(9);
    const family = field.component(1).text ?? "";
    const trigger = field.component(2).text;
    return trigger === undefined ? family : `${family}^${trigger}`;
  }

  /** MSH-10; empty where the sender gave none. */
  get controlId(): string {
    return this.header.field(10).text ?? "";
  }

  /** MSH-12, such as `2.5.1`; empty where the sender gave none. */
  get version(): string {
    return this.header.field(12).text ?? "";
  }

  /** Every segment of that name, in order. */
  all(name: string): readonly Segment[] {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const found = this.segments.filter((segment) => segment.name === name);
    this.#byName.set(name, found);
    return found;
  }

  first(name: string): Segment | undefined {
    return this.all(name)[0];
  }

  /**
   * Reads by name: `PID-5`, `PID-3[1].4`, `OBX[2]-5.1.2`. Segments and repetitions count from 0,
   * fields, components and subcomponents from 1; a point may stand for the hyphen.
   *
   * @returns The text without escapes, or undefined where nothing is written.
   */
  get(path: string): string | undefined {
    const parts = pathShape.exec(path)?.groups;
    if (parts === undefined) return undefined;
    const segment = this.all(parts["segment"] ?? "")[Number(parts["index"] ?? 0)];
    const field = segment?.field(Number(parts["field"]));
    const repetition = field?.repetitions[Number(parts["repetition"] ?? 0)];
    const component = repetition?.component(Number(parts["component"] ?? 1));
    if (parts["subcomponent"] === undefined) return component?.text;
    return component?.subcomponent(Number(parts["subcomponent"])).text;
  }

  #cut(): readonly Segment[] {
    const counts = new Map<string, number>();
    return this.#lines.map((raw, line) => {
      if (line === 0) return this.header;
      const name = raw.slice(0, 3);
      const index = counts.get(name) ?? 0;
      counts.set(name, index + 1);
      return new Segment({ name, index, raw, separators: this.separators });
    });
  }
}

/**
 * Parses one message. Segments should end in CR; CRLF and LF are accepted with a warning. Where CR
 * ends segments, an LF that no segment follows belongs to the field it stands in, with a warning
 * too. A byte order mark and empty lines are passed over; other lines that are not segments are a
 * problem, for nothing may be dropped.
 *
 * @see HL7 v2.5.1, chapter 2.5.4: the segment terminator is always CR
 */
export function parseMessage(text: string): Result<Hl7Message> {
  const body = text.startsWith("\u{FEFF}") ? text.slice(1) : text;
  const separators = readSeparators(body);
  if (!separators.ok) return separators;
  const { lines, warnings } = cut(body);
  const segments: string[] = [];
  for (const line of lines) {
    if (line === "") continue;
    if (!isSegment(line, separators.value)) return fail(notASegment(segments.length + 1));
    if (segments.length > 0 && line.startsWith("MSH")) return fail(severalHeaders);
    segments.push(line);
  }
  return succeed(new Hl7Message(separators.value, segments, warnings));
}

const pathShape =
  /^(?<segment>[A-Z][A-Z0-9]{2})(?:\[(?<index>\d+)\])?[-.](?<field>[1-9]\d*)(?:\[(?<repetition>\d+)\])?(?:\.(?<component>[1-9]\d*)(?:\.(?<subcomponent>[1-9]\d*))?)?$/u;

interface Cut {
  readonly lines: readonly string[];
  readonly warnings: readonly Problem[];
}

function cut(body: string): Cut {
  if (!body.includes("\n")) return { lines: body.split("\r"), warnings: [] };
  const ends = /\r(?!\n)/u.test(body) ? endsBesideReturns(body.charAt(3)) : /\r?\n/gu;
  const lines = body.split(ends);
  const isInside = lines.some((line) => line.includes("\n"));
  const isBetween = [...body.matchAll(ends)].some(([end]) => end.includes("\n"));
  return {
    lines,
    warnings: [...(isBetween ? [lineFeeds] : []), ...(isInside ? [lineFeedInside] : [])],
  };
}

function endsBesideReturns(field: string): RegExp {
  return new RegExp(`\\r\\n?|\\n+$|\\n(?=[A-Z][A-Z0-9]{2}${RegExp.escape(field)})`, "gu");
}

function isSegment(line: string, { field }: Separators): boolean {
  if (line.length > 3 && line.charAt(3) !== field) return false;
  return isLetter(line, 0) && isLetterOrDigit(line, 1) && isLetterOrDigit(line, 2);
}

function isLetter(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return code >= 0x41 && code <= 0x5a;
}

function isLetterOrDigit(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  return isLetter(line, at) || (code >= 0x30 && code <= 0x39);
}

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
