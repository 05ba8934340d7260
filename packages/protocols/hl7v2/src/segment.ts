import { cutParts, nthPart, textOfField, textOfPart } from "./parts.ts";
import type { Place } from "./place.ts";
import { type Separators, isHeader } from "./separators.ts";

/**
 * One segment, as it is when it is asked for: an edit of the message makes a new one. Its fields are
 * cut out when the first of them is asked for.
 */
export class Segment {
  readonly name: string;
  /** Which of the segments of this name it is, from 0. */
  readonly index: number;
  readonly raw: string;
  readonly separators: Separators;
  /** Where field separators stand, as far as someone asked. */
  readonly #marks: number[] = [];
  #areAllFound = false;
  #fields: (Field | undefined)[] | undefined;
  /** MSH-1 is the separator itself, so that MSH-2 stands between the first two of them. */
  readonly #isHeader: boolean;

  constructor(parts: { name: string; index: number; raw: string; separators: Separators }) {
    this.name = parts.name;
    this.index = parts.index;
    this.raw = parts.raw;
    this.separators = parts.separators;
    this.#isHeader = isHeader(parts.name);
  }

  /** `PID`, or `OBX[2]` for the third of its kind. */
  get at(): string {
    return this.index === 0 ? this.name : `${this.name}[${this.index}]`;
  }

  /** How many fields are written, whether or not something stands in them. */
  get fieldCount(): number {
    this.#findMarks(Number.POSITIVE_INFINITY);
    return this.#marks.length + (this.#isHeader ? 1 : 0);
  }

  /** The field of that number, from 1. In MSH the first field is the separator itself. */
  field(number: number): Field {
    const known = this.#fields?.[number];
    if (known !== undefined) return known;
    const field = new Field(this, number, this.#rawField(number));
    // Whoever asks for what nobody wrote must not make this list long.
    if (number > 0 && number <= this.#marks.length) (this.#fields ??= [])[number] = field;
    return field;
  }

  /** Whether nothing is written in the field of that number. Makes no objects. */
  isEmptyAt(number: number): boolean {
    const passed = this.#isHeader ? number - 1 : number;
    if (passed < 1) return this.#rawField(number) === "";
    const marks = this.#marks;
    if (marks.length <= passed && !this.#areAllFound) this.#findMarks(passed + 1);
    const start = marks[passed - 1];
    return start === undefined || (marks[passed] ?? this.raw.length) === start + 1;
  }

  /** Reads a place in this segment without making objects. Undefined where nothing is written. */
  textAt(place: Place): string | undefined {
    const { field = 0 } = place;
    if (field > 2 || !this.#isHeader) {
      return textOfField(this.#rawField(field), place, this.separators);
    }
    return this.field(field)
      .repetitions[place.repetition ?? 0]?.component(place.component ?? 1)
      .subcomponent(place.subcomponent ?? 1).text;
  }

  #rawField(number: number): string {
    const passed = this.#isHeader ? number - 1 : number;
    if (passed < 1) return passed === 0 && number === 1 ? this.separators.field : "";
    const marks = this.#marks;
    if (marks.length <= passed && !this.#areAllFound) this.#findMarks(passed + 1);
    const start = marks[passed - 1];
    return start === undefined ? "" : this.raw.slice(start + 1, marks[passed]);
  }

  /** Finds the first separators, as many as that where there are so many. */
  #findMarks(count: number): void {
    const marks = this.#marks;
    const { raw, separators } = this;
    let next = marks.length === 0 ? -1 : (marks[marks.length - 1] ?? -1);
    while (marks.length < count && !this.#areAllFound) {
      next = raw.indexOf(separators.field, next + 1);
      if (next === -1) this.#areAllFound = true;
      else marks.push(next);
    }
  }
}

/** One field: a list of repetitions, nearly always one. */
export class Field {
  readonly segment: Segment;
  readonly number: number;
  readonly raw: string;
  #repetitions: readonly Repetition[] | undefined;

  constructor(segment: Segment, number: number, raw: string) {
    this.segment = segment;
    this.number = number;
    this.raw = raw;
  }

  get at(): string {
    return `${this.segment.at}-${this.number}`;
  }

  get isEmpty(): boolean {
    return this.raw === "";
  }

  /** The sender asks for what is there to be deleted: `""`, which differs from empty. */
  get isNull(): boolean {
    return this.raw === '""';
  }

  /** Empty where the field is. */
  get repetitions(): readonly Repetition[] {
    this.#repetitions ??= this.#cut();
    return this.#repetitions;
  }

  component(number: number): Component {
    const first = this.repetitions[0] ?? new Repetition(this, 0, "");
    return first.component(number);
  }

  /** The first component of the first repetition. */
  get text(): string | undefined {
    if (isUndivided(this)) return textOfPart(this.raw, this.segment.separators);
    return textOfField(this.raw, first, this.segment.separators);
  }

  #cut(): readonly Repetition[] {
    if (this.raw === "") return [];
    if (isUndivided(this)) return [new Repetition(this, 0, this.raw)];
    return cutParts(this.raw, this.segment.separators.repetition).map(
      (raw, index) => new Repetition(this, index, raw),
    );
  }
}

/** One repetition of a field: a list of components. */
export class Repetition {
  readonly field: Field;
  readonly index: number;
  readonly raw: string;
  #components: readonly string[] | undefined;

  constructor(field: Field, index: number, raw: string) {
    this.field = field;
    this.index = index;
    this.raw = raw;
  }

  get at(): string {
    return this.index === 0 ? this.field.at : `${this.field.at}[${this.index}]`;
  }

  get componentCount(): number {
    return this.#cut().length;
  }

  get text(): string | undefined {
    return this.component(1).text;
  }

  component(number: number): Component {
    return new Component(this, number, this.#cut()[number - 1] ?? "");
  }

  #cut(): readonly string[] {
    if (this.#components !== undefined) return this.#components;
    const { field } = this;
    const mark = isUndivided(field) ? "" : field.segment.separators.component;
    this.#components = cutParts(this.raw, mark);
    return this.#components;
  }
}

/** One component: text, or a list of subcomponents. */
export class Component {
  readonly repetition: Repetition;
  readonly number: number;
  readonly raw: string;

  constructor(repetition: Repetition, number: number, raw: string) {
    this.repetition = repetition;
    this.number = number;
    this.raw = raw;
  }

  /** `PID-3[1].4`; the first repetition is not written. */
  get at(): string {
    return `${this.repetition.at}.${this.number}`;
  }

  get subcomponentCount(): number {
    return cutParts(this.raw, this.#mark).length;
  }

  /** Without escapes; the first subcomponent where there are several. Undefined where empty or null. */
  get text(): string | undefined {
    const { separators } = this.repetition.field.segment;
    return textOfPart(nthPart(this.raw, this.#mark, 0), separators);
  }

  subcomponent(number: number): Subcomponent {
    const raw = number < 1 ? "" : nthPart(this.raw, this.#mark, number - 1);
    return new Subcomponent(this, number, raw);
  }

  get #mark(): string {
    const { field } = this.repetition;
    return isUndivided(field) ? "" : field.segment.separators.subcomponent;
  }
}

/** The smallest part of a message. */
export class Subcomponent {
  readonly component: Component;
  readonly number: number;
  readonly raw: string;

  constructor(component: Component, number: number, raw: string) {
    this.component = component;
    this.number = number;
    this.raw = raw;
  }

  get at(): string {
    return `${this.component.at}.${this.number}`;
  }

  /** Without escapes. Undefined where empty or null. */
  get text(): string | undefined {
    return textOfPart(this.raw, this.component.repetition.field.segment.separators);
  }
}

/** MSH-1 and MSH-2 hold the separators, and are not to be cut by them. */
function isUndivided({ number, segment }: Field): boolean {
  return number <= 2 && isHeader(segment.name);
}

const first: Place = {
  segment: "",
  index: 0,
  field: undefined,
  repetition: undefined,
  component: undefined,
  subcomponent: undefined,
};
