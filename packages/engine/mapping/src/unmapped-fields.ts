import { type Phi, phi, reveal } from "@trestle/base";
import {
  type Component,
  type Field,
  type Hl7Message,
  type MessageLimits,
  type Repetition,
  type Segment,
  fieldLabel,
  parseMessage,
} from "@trestle/hl7v2";
import { declaredNotMapped } from "./io/declarations.ts";
import type { Explained, Mapper, SiteToMap } from "./mapping.ts";
import { type NotMapped, isDeclared } from "./not-mapped.ts";
import { printBundle } from "./print-bundle.ts";

/** Something in a message that reached no value of the result, and should have. */
export interface UnmappedField {
  /** Where it stands in this message: `OBX[2]-13`, `PID-3[1].7`. */
  readonly at: string;
  /** The same for every message: `OBX-13`, `PID-3.7`. */
  readonly place: string;
  /** What the field is called, where that is known. */
  readonly name: string | undefined;
  /** As it was written. */
  readonly raw: Phi<string>;
}

/**
 * Every field of a message that is written, reached no value of the result, and is not declared as
 * not mapped; a component for itself where others of its field did.
 *
 * A part of the message reached the result when the explanation names it as a source, or when the
 * result would be another without it; for that it is mapped anew once for each part in doubt, which
 * takes a few hundred times as long as mapping. Where several components say the same, such as the
 * authority and the type of a number, each counts that would do so alone. So does what stands in the
 * same component of another field with the same first component, such as the name of somebody who
 * is named twice, and a whole segment that repeats an earlier one. Where a code decides what becomes
 * of the rest without being written itself, or was found in a code table, its words and the name of
 * its system have done what they can. An id alone is no value. What a warning names is lost with a
 * word. The HL7 null is not looked at: it asks that something be deleted, and says nothing.
 */
export function unmappedFields(
  message: Hl7Message,
  { declared = declaredNotMapped(), ...how }: HowMapped,
): readonly UnmappedField[] {
  const seen = new Seen(message, how);
  const looked = message.segments.flatMap((segment, line) =>
    fieldsOf(segment).flatMap((field) =>
      field.repetitions.map((repetition) => look(repetition, line, seen)),
    ),
  );
  const said = new Set(looked.flatMap(saidIn));
  const lost = looked.flatMap((each) => lostIn(each, said));
  const places = new Set(lost.map(({ at }) => at));
  const repeats = repeatsIn(message);
  return lost
    .filter(({ at }) => !isSaidBefore(at, repeats, places))
    .filter((each) => !isDeclared(declared, { ...each, message, lost: places }));
}

/** Segments that say what one before them says, but for their number: `AL1[1]` of `AL1`. */
function repeatsIn({ segments }: Hl7Message): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  return new Map(
    segments.flatMap((segment): [string, string][] => {
      const content = segment.raw.replace(/^(?<name>...)\|\d*\|/u, "$<name>||");
      const before = first.get(content);
      if (before === undefined) first.set(content, segment.at);
      return before === undefined ? [] : [[segment.at, before]];
    }),
  );
}

/** The same was said of the same thing before, and reached the result. */
function isSaidBefore(
  at: string,
  repeats: ReadonlyMap<string, string>,
  lost: ReadonlySet<string>,
): boolean {
  const end = at.indexOf("-");
  const before = repeats.get(at.slice(0, end));
  return before !== undefined && !lost.has(before + at.slice(end));
}

/** What a message is mapped with, and what is not missed; the product's own lines where left out. */
export interface HowMapped {
  readonly mapper: Mapper;
  readonly site: SiteToMap;
  readonly declared?: readonly NotMapped[];
  /** Those that the message was parsed under; the parser's where left out. */
  readonly limits?: MessageLimits | undefined;
}

/** The separators of MSH are no content. */
function fieldsOf(segment: Segment): readonly Field[] {
  const first = segment.name === "MSH" ? 3 : 1;
  const numbers = Array.from({ length: Math.max(0, segment.fieldCount - first + 1) });
  return numbers
    .map((_each, index) => segment.field(first + index))
    .filter(({ isEmpty, isNull }) => !isEmpty && !isNull);
}

/** A repetition and what of it reached the result. */
interface Looked {
  readonly repetition: Repetition;
  readonly written: readonly Component[];
  readonly lost: readonly Component[];
}

function look(repetition: Repetition, line: number, seen: Seen): Looked {
  const written = componentsOf(repetition).filter(({ raw }) => raw.trim() !== "" && raw !== '""');
  const doubtful = written.filter((component) => !seen.has(component, line));
  const lost = doubtful.length < 2 ? doubtful : seen.withoutEffect(doubtful, line);
  return { repetition, written, lost };
}

function saidIn({ written, lost }: Looked): readonly string[] {
  return written.filter((component) => !lost.includes(component)).flatMap(sayingOf);
}

/** What a component says, of whom or what: by number or code, and by name. */
function sayingOf({ repetition, number, raw }: Component): readonly string[] {
  if (repetition.componentCount < 2) return [];
  return [1, 2].flatMap((by) => {
    const who = repetition.component(by).raw;
    return who === "" ? [] : [JSON.stringify([by, who, number, raw])];
  });
}

/** The whole where nothing of it was used, else the components that were not. */
function lostIn(
  { repetition, written, lost: all }: Looked,
  said: ReadonlySet<string>,
): readonly UnmappedField[] {
  const lost = all.filter((component) => !sayingOf(component).some((saying) => said.has(saying)));
  if (lost.length === 0) return [];
  const { field } = repetition;
  const place = `${field.segment.name}-${field.number}`;
  const name = fieldLabel(field.segment.name, field.number)?.name;
  if (lost.length === written.length)
    return [{ at: repetition.at, place, name, raw: phi(repetition.raw) }];
  return lost.map(({ at, number, raw }) => ({
    at,
    place: `${place}.${number}`,
    name,
    raw: phi(raw),
  }));
}

function componentsOf(repetition: Repetition): readonly Component[] {
  const numbers = Array.from({ length: repetition.componentCount });
  return numbers.map((_each, index) => repetition.component(index + 1));
}

/** What of a message was seen in its result. */
class Seen {
  readonly #message: Hl7Message;
  readonly #mapper: Mapper;
  readonly #site: SiteToMap;
  readonly #limits: MessageLimits | undefined;
  readonly #sources: ReadonlySet<string>;
  /** Places and what of them a row of a code table was found by, such as `PID-3 TH`. */
  readonly #lookedUp: ReadonlySet<string>;
  readonly #result: string;
  /** Where warnings say that something was wrong. */
  readonly #warned: ReadonlySet<string>;
  /** Those of them where all that stands there was left out. */
  readonly #refused: ReadonlySet<string>;
  /** Segments of which warnings say that nothing becomes of them. */
  readonly #leftOut: ReadonlySet<string>;

  constructor(message: Hl7Message, { mapper, site, limits }: Omit<HowMapped, "declared">) {
    this.#message = message;
    this.#mapper = mapper;
    this.#site = site;
    this.#limits = limits;
    const explained = mapper.explain(message, site);
    this.#sources = sourcesIn(explained);
    this.#lookedUp = lookedUpIn(explained);
    this.#result = withoutIds(explained);
    this.#warned = new Set(explained.warnings.flatMap(({ at }) => at ?? []));
    const refusals = explained.warnings.filter(({ code }) => refusing.has(code));
    this.#refused = new Set(refusals.flatMap(({ at }) => at ?? []));
    this.#leftOut = new Set(
      explained.warnings.flatMap(({ code, at }) => (wholeSegments.has(code) ? (at ?? []) : [])),
    );
  }

  has(component: Component, line: number): boolean {
    const { at, number, repetition, raw } = component;
    if (this.#leftOut.has(repetition.field.segment.at)) return true;
    if (this.#sources.has(at) || this.#lookedUp.has(keyOf(repetition.at, raw))) return true;
    if (this.#warned.has(at) || this.#refused.has(repetition.at)) return true;
    if (this.#warned.has(repetition.at) && (number === 1 || isQuantity(repetition))) return true;
    const isAll = this.#sources.has(repetition.at) && saysAll(component);
    return isAll || this.#isMissed(component, line) || this.#isExplained(component, line);
  }

  /** The words or the system of a code that decided, and was not written itself. */
  #isExplained({ number, repetition }: Component, line: number): boolean {
    if (number < 2 || number > 3 || !isCoded(repetition)) return false;
    const code = repetition.component(1);
    if (code.raw === "" || this.#sources.has(code.at)) return false;
    const isFound = this.#lookedUp.has(keyOf(repetition.at, code.raw));
    return isFound || this.#isMissed(code, line);
  }

  /** Of components of one repetition those that would say nothing if they stood there alone. */
  withoutEffect(doubtful: readonly Component[], line: number): readonly Component[] {
    const bare = this.#resultWithout(doubtful, line);
    if (bare === this.#result) return doubtful;
    return doubtful.filter((component) => {
      const others = doubtful.filter((each) => each !== component);
      return this.#resultWithout(others, line) === bare;
    });
  }

  #isMissed(component: Component, line: number): boolean {
    return this.#resultWithout([component], line) !== this.#result;
  }

  /** Undefined where the rest is no message. */
  #resultWithout(components: readonly Component[], line: number): string | undefined {
    const lines = this.#message.segments.map(({ raw }) => raw);
    const parsed = parseMessage(
      `${lines.with(line, without(components)).join("\r")}\r`,
      this.#limits,
    );
    return parsed.ok ? withoutIds(this.#mapper.map(parsed.value, this.#site)) : undefined;
  }
}

/** Warnings that the whole of a field was left out. */
const refusing: ReadonlySet<string> = new Set(["mapping.badContent", "mapping.withdrawn"]);

/** A quantity is read as a whole: what is wrong with its unit is wrong with its number. */
function isQuantity({ field }: Repetition): boolean {
  return fieldLabel(field.segment.name, field.number)?.type === "CQ";
}

/** Warnings that name a segment and mean all of it. */
const wholeSegments: ReadonlySet<string> = new Set(["mapping.mergeNotMapped", "mapping.noCharge"]);

function isCoded({ field }: Repetition): boolean {
  const type = fieldLabel(field.segment.name, field.number)?.type ?? "";
  return ["CE", "CF", "CNE", "CWE"].includes(type);
}

/** Nothing but separators stands beside it. */
function saysAll({ repetition, raw }: Component): boolean {
  const { component: separator } = repetition.field.segment.separators;
  return repetition.raw.replaceAll(separator, "") === raw;
}

/** The segment of a repetition with these of its components left empty. */
function without(components: readonly Component[]): string {
  const [first] = components;
  if (first === undefined) throw new TypeError("no component is left out");
  const { field, index, raw } = first.repetition;
  const { segment } = field;
  const { separators } = segment;
  const numbers = new Set(components.map(({ number }) => number));
  const left = raw
    .split(separators.component)
    .map((each, at) => (numbers.has(at + 1) ? "" : each))
    .join(separators.component);
  const all = field.repetitions.map((each) => (each.index === index ? left : each.raw));
  const at = segment.name === "MSH" ? field.number - 1 : field.number;
  const fields = segment.raw.split(separators.field).with(at, all.join(separators.repetition));
  return fields.join(separators.field);
}

/** A component is seen where it, or a piece of it, is the source of more than an id. */
function sourcesIn({ sources }: Explained): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path, field } of sources) {
    if (field === undefined || /(?:\.id|\.fullUrl|\.reference)$/u.test(path)) continue;
    found.add(field);
    found.add(field.replace(/(?<component>-\d+(?:\[\d+\])?\.\d+)\.\d+$/u, "$<component>"));
  }
  return found;
}

/** A row of several parts, `identifiers: TH^MR`, was found by each of them. */
function lookedUpIn({ sources }: Explained): ReadonlySet<string> {
  const found = sources.flatMap(({ field, row }) => {
    if (field === undefined || row === undefined) return [];
    return row
      .slice(row.indexOf(": ") + 2)
      .split("^")
      .map((part) => keyOf(field, part));
  });
  return new Set(found);
}

/** Code tables do not tell capitals apart. */
function keyOf(at: string, code: string): string {
  return `${at} ${code.toLowerCase()}`;
}

/** A result as text, its ids numbered as they come, since they are made of what was sent. */
function withoutIds({ bundle }: Pick<Explained, "bundle">): string {
  const numbers = new Map<string, number>();
  return printBundle(reveal(bundle)).replaceAll(
    /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu,
    (id) => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return String(number);
    },
  );
}
