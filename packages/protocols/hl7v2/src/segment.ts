import { unescapeText } from "./escapes.ts";
import type { Separators } from "./separators.ts";

/** One segment. Its fields are cut out when the first of them is asked for. */
export class Segment {
  readonly name: string;
  /** Which of the segments of this name it is, from 0. */
  readonly index: number;
  readonly raw: string;
  readonly separators: Separators;
  #fields: readonly string[] | undefined;

  constructor(parts: { name: string; index: number; raw: string; separators: Separators }) {
    this.name = parts.name;
    this.index = parts.index;
    this.raw = parts.raw;
    this.separators = parts.separators;
  }

  /** `PID`, or `OBX[2]` for the third of its kind. */
  get at(): string {
    return this.index === 0 ? this.name : `${this.name}[${this.index}]`;
  }

  /** How many fields are written, whether or not something stands in them. */
  get fieldCount(): number {
    return this.#cut().length - 1;
  }

  /** The field of that number, from 1. In MSH the first field is the separator itself. */
  field(number: number): Field {
    return new Field(this, number, number < 1 ? "" : (this.#cut()[number] ?? ""));
  }

  #cut(): readonly string[] {
    if (this.#fields !== undefined) return this.#fields;
    const cut = this.raw.split(this.separators.field);
    if (isHeader(this.name)) cut.splice(1, 0, this.separators.field);
    this.#fields = cut;
    return cut;
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
    return this.component(1).text;
  }

  #cut(): readonly Repetition[] {
    if (this.raw === "") return [];
    const mark = this.segment.separators.repetition;
    if (mark === "" || isSeparatorField(this) || !this.raw.includes(mark)) {
      return [new Repetition(this, 0, this.raw)];
    }
    return this.raw.split(mark).map((raw, index) => new Repetition(this, index, raw));
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
    const mark = this.field.segment.separators.component;
    const isWhole = mark === "" || isSeparatorField(this.field);
    this.#components = isWhole ? [this.raw] : this.raw.split(mark);
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
    return this.#cut().length;
  }

  /** Without escapes; the first subcomponent where there are several. Undefined where empty or null. */
  get text(): string | undefined {
    return this.subcomponent(1).text;
  }

  subcomponent(number: number): Subcomponent {
    return new Subcomponent(this, number, this.#cut()[number - 1] ?? "");
  }

  #cut(): readonly string[] {
    const { field } = this.repetition;
    const mark = field.segment.separators.subcomponent;
    const isWhole = mark === "" || isSeparatorField(field) || !this.raw.includes(mark);
    return isWhole ? [this.raw] : this.raw.split(mark);
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
    if (this.raw === "" || this.raw === '""') return undefined;
    return unescapeText(this.raw, this.component.repetition.field.segment.separators);
  }
}

function isHeader(name: string): boolean {
  return name === "MSH" || name === "FHS" || name === "BHS";
}

/** MSH-1 and MSH-2 hold the separators, and are not to be cut by them. */
function isSeparatorField(field: Field): boolean {
  return field.number <= 2 && isHeader(field.segment.name);
}
