import { Repetition } from "@trestle/hl7v2";
import type { Period, Timing, TimingRepeat } from "@trestle/fhir";
import { type Part, inside, isWritten, textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { Scope } from "../rows/scope.ts";
import { segmentOf } from "./beside.ts";
import { countOf } from "./count.ts";
import { cwe } from "./cwe.ts";
import { repeatOf } from "./repeat-pattern.ts";
import { type Span, durationOf, millisecondsOf, oldSpanOf, spanOf } from "./time-unit.ts";
import { spoken } from "./spoken.ts";
import { dateTime, momentOf, printMoment, time } from "./ts.ts";

/**
 * TQ1, of which any field may be given: how often and how long, with the pattern as a code.
 *
 * @see HL7 v2.8.2, chapter 4.5.4 (TQ1)
 */
export const tq1Timing: Converter = (part, scope) => tq1From(part, scope, undefined);

/** The same of a service: where TQ1 says nothing of the start, OBR-6 does. */
export const tq1OfService: Converter = (part, scope) => tq1From(part, scope, scope.part("OBR-6"));

function tq1From(part: Part, scope: Scope, start: Part | undefined): Timing | undefined {
  const segment = segmentOf(part);
  if (segment === undefined) return undefined;
  const at = (number: number) => segment.field(number).repetitions.find(isWritten);
  return timingOf(scope, {
    pattern: at(3),
    times: segment.field(4).repetitions.filter(isWritten),
    relative: at(5),
    lasts: at(6),
    spanOf,
    start: at(7) ?? start,
    end: at(8),
    eachLasts: at(13),
    total: at(14),
  });
}

/**
 * TQ, as ORC-7, OBR-27 and RXE-1 have it.
 *
 * @see HL7 v2.5.1, chapter 2.A.81 (TQ)
 */
export const tqTiming: Converter = (part, scope) => {
  const at = (number: number) =>
    textIn(part, number) === undefined ? undefined : inside(part, number);
  const pattern = at(2);
  return timingOf(scope, {
    pattern,
    times: pattern === undefined ? [] : timesOf(inside(pattern, 2)),
    relative: undefined,
    lasts: at(3),
    spanOf: oldSpanOf,
    start: at(4),
    end: at(5),
    eachLasts: undefined,
    total: at(12),
  });
};

interface TimingParts {
  readonly pattern: Part | undefined;
  readonly times: readonly Part[];
  /** How long before or after the event of the pattern. */
  readonly relative: Part | undefined;
  readonly lasts: Part | undefined;
  /** How it is written how long. */
  readonly spanOf: (part: Part, scope: Scope) => Span | undefined;
  readonly start: Part | undefined;
  readonly end: Part | undefined;
  readonly eachLasts: Part | undefined;
  readonly total: Part | undefined;
}

function timingOf(scope: Scope, parts: TimingParts): Timing | undefined {
  const { pattern } = parts;
  const repeat = repeatIn(scope, parts);
  const lookup = { table: "repeat-pattern", isPartial: true };
  const known = pattern && (cwe(inside(pattern, 1), scope, lookup) as Timing["code"]);
  const code = withWords(known, untold(scope, parts, repeat));
  const made: Timing = { ...(Object.keys(repeat).length > 0 && { repeat }), ...(code && { code }) };
  if (pattern !== undefined) scope.draft.trace?.note(made, "code", { part: pattern });
  return Object.keys(made).length === 0 ? undefined : made;
}

/** Words stand behind those of the pattern. */
function withWords(code: Timing["code"], words: readonly string[]): Timing["code"] {
  if (words.length === 0) return code;
  const [coding] = code?.coding ?? [];
  const own = code?.text ?? coding?.display ?? coding?.code ?? [];
  return { ...code, text: [own, words].flat().join("; ") };
}

/**
 * What the repeat could not hold beside what it does: times of day beside an event, a distance from
 * it that is not in whole minutes, a length beside both ends or without a unit of time.
 *
 * @see FHIR R4, Timing, the rules tim-9 and tim-10
 */
function untold(scope: Scope, parts: TimingParts, repeat: Repeat): readonly string[] {
  const { times, relative, lasts } = parts;
  const isOffset = relative !== undefined && isOffsetOf(relative, scope, repeat);
  return [
    ...(repeat.timeOfDay === undefined ? times.map((part) => `at ${spokenPart(part)}`) : []),
    ...(relative === undefined || isOffset ? [] : [`distance ${spokenPart(relative)}`]),
    ...(lasts === undefined || isBound(scope, parts, lasts) ? [] : [`for ${spokenPart(lasts)}`]),
  ];
}

/** It gave an end, or is as long as both ends are apart. */
function isBound(scope: Scope, { start, end, spanOf: read }: TimingParts, lasts: Part): boolean {
  const span = read(lasts, scope);
  if (span === undefined || start === undefined || end === undefined) return span !== undefined;
  const [from, until] = [start, end].map((part) => momentOf(part, scope) ?? Number.NaN);
  return (until ?? 0) - (from ?? 0) === millisecondsOf(span);
}

function isOffsetOf(relative: Part, scope: Scope, { offset }: Repeat): boolean {
  const span = spanOf(relative, scope);
  return span !== undefined && (millisecondsOf(span) ?? -1) === (offset ?? -2) * 60_000;
}

function spokenPart(part: Part): string {
  return part instanceof Repetition ? spoken([part]) : (textOf(part) ?? "");
}

function repeatIn(scope: Scope, parts: TimingParts): Repeat {
  const { pattern, total } = parts;
  const [bounds, count, each] = [boundsOf(scope, parts), countIn(parts), eachOf(scope, parts)];
  const often = pattern === undefined ? {} : repeatOf(pattern, scope);
  const offset = often.when === undefined ? {} : offsetIn(scope, parts, often);
  const times = often.when === undefined ? parts.times.flatMap((part) => clock(part, scope)) : [];
  const timeOfDay = times.length > 0 ? { timeOfDay: times } : {};
  const repeat: Repeat = { ...bounds, ...count, ...each, ...often, ...offset, ...timeOfDay };
  const note = (piece: object, part: Part | undefined) => {
    if (part === undefined) return;
    for (const key of Object.keys(piece)) scope.draft.trace?.note(repeat, key, { part });
  };
  note(bounds, parts.start ?? parts.end ?? parts.lasts);
  note(count, total);
  note(each, parts.eachLasts);
  note(often, pattern);
  note(offset, parts.relative);
  note(timeOfDay, parts.times[0]);
  return repeat;
}

type Repeat = Partial<TimingRepeat>;

/** TQ1-5 in whole minutes, where the pattern tells no offset of its own. */
function offsetIn(scope: Scope, { relative }: TimingParts, { offset }: Repeat): Repeat {
  const span = offset === undefined && relative ? spanOf(relative, scope) : undefined;
  const minutes = ((span && millisecondsOf(span)) ?? -1) / 60_000;
  return Number.isInteger(minutes) && minutes >= 0 ? { offset: minutes } : {};
}

/** From when to when; where only one end is known, the other follows from how long it lasts. */
function boundsOf(scope: Scope, { start, end, lasts, spanOf: read }: TimingParts): Repeat {
  const span = lasts && read(lasts, scope);
  if (start === undefined && end === undefined) {
    return span === undefined ? {} : { boundsDuration: durationOf(span) };
  }
  const far = (span && millisecondsOf(span)) ?? 0;
  const first = endOf(scope, { own: start, other: end, far: -far });
  const last = endOf(scope, { own: end, other: start, far });
  const made: Period = { ...(first && { start: first }), ...(last && { end: last }) };
  const { trace } = scope.draft;
  const [startPart, endPart] = [start ?? lasts, end ?? lasts];
  if (startPart !== undefined) trace?.note(made, "start", { part: startPart });
  if (endPart !== undefined) trace?.note(made, "end", { part: endPart });
  return Object.keys(made).length === 0 ? {} : { boundsPeriod: made };
}

interface End {
  readonly own: Part | undefined;
  readonly other: Part | undefined;
  /** Milliseconds from the other end; 0 where that is not known. */
  readonly far: number;
}

function endOf(scope: Scope, { own, other, far }: End): string | undefined {
  const written = own && dateTime(own, scope, {});
  if (typeof written === "string") return written;
  return other === undefined || far === 0 ? undefined : moved(other, scope, far);
}

/** Only a time of day can be moved by hours. */
function moved(part: Part, scope: Scope, milliseconds: number): string | undefined {
  const moment = (textOf(part)?.length ?? 0) < 10 ? undefined : momentOf(part, scope);
  return moment === undefined ? undefined : printMoment(moment + milliseconds, scope);
}

function countIn({ total }: TimingParts): Repeat {
  const count = total && countOf(total);
  return count ? { count } : {};
}

function eachOf(scope: Scope, { eachLasts }: TimingParts): Repeat {
  const span = eachLasts && spanOf(eachLasts, scope);
  if (span === undefined) return {};
  return { duration: span.value, durationUnit: span.unit as Repeat["durationUnit"] };
}

/** `0800,1400` in one text. */
function timesOf(part: Part): readonly Part[] {
  return textOf(part) === undefined ? [] : [part];
}

/** `0800`, `08:00`, or several after each other; none where one of them is no time of a day. */
function clock(part: Part, scope: Scope): readonly string[] {
  const texts = (textOf(part) ?? "").split(",").map((text) => text.trim());
  const times = texts.flatMap((text) => asClock(text) ?? []);
  if (times.length === texts.length) return times;
  const read = time(part, scope, {});
  return typeof read === "string" ? [read] : [];
}

function asClock(text: string): string | undefined {
  const { hour, minute, second = "00" } = timeShape.exec(text)?.groups ?? {};
  return hour === undefined ? undefined : `${hour}:${minute}:${second}`;
}

const timeShape = /^(?<hour>[01]\d|2[0-3]):?(?<minute>[0-5]\d)(?::?(?<second>[0-5]\d))?$/u;
