import { numberOf } from "./exact-decimal.ts";

/**
 * Finds the numbers of a JSON text as they are written, one after the other, for who walks through
 * what was parsed of it. Looks at nothing else of the text, so that its size hardly counts.
 */
export class WrittenNumbers {
  readonly #text: string;
  /** Behind the number that was found last. */
  #position = 0;
  #mayListDecimals: boolean | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether numbers of a list, which stand behind no name, may be decimals: one type of R4 has such. */
  get mayListDecimals(): boolean {
    this.#mayListDecimals ??= this.#text.includes("MolecularSequence");
    return this.#mayListDecimals;
  }

  /**
   * The next number that is a member of this name, keeping its digits where `value` loses some.
   *
   * Undefined where none follows, or one of another value: names that are written with escapes, or
   * twice in one object, are not found in their order.
   */
  next(name: string, value: number): number | undefined {
    for (let at = this.#member(name); at !== NOWHERE; at = this.#member(name)) {
      const code = this.#text.charCodeAt(at);
      if (isDigit(code) || code === MINUS) return this.#read(at, value);
    }
    return undefined;
  }

  /** Where the value of the next member of this name begins. */
  #member(name: string): number {
    const text = this.#text;
    for (;;) {
      const at = text.indexOf(`${name}"`, this.#position);
      if (at === -1) return NOWHERE;
      const colon = behindBlanks(text, at + name.length + 1);
      this.#position = colon;
      if (text.charCodeAt(colon) === COLON && text.charCodeAt(at - 1) === QUOTE) {
        return behindBlanks(text, colon + 1);
      }
    }
  }

  #read(start: number, value: number): number | undefined {
    const text = this.#text;
    const isNegative = text.charCodeAt(start) === MINUS;
    let end = isNegative ? start + 1 : start;
    let digits = 0;
    let scale = 0;
    let code = text.charCodeAt(end);
    for (; isDigit(code) || code === POINT; code = text.charCodeAt((end += 1))) {
      digits = code === POINT ? digits : digits * 10 + code - ZERO;
      scale = code === POINT ? 1 : scale * 10;
    }
    // Up to fifteen digits, both sides of the division are exact, and so is what it gives.
    if (end - start > 15 || isExponent(code)) return this.#exact(start, end, value);
    const size = scale === 0 ? digits : digits / scale;
    if ((isNegative ? -size : size) !== value) return undefined;
    this.#position = end;
    const losesZero = scale !== 0 && text.charCodeAt(end - 1) === ZERO;
    // Smaller ones are printed with an exponent; of a zero there is more than one way to write it.
    const isPlain = !losesZero && (size >= 1e-6 || end - start === 1);
    return isPlain ? value : this.#exact(start, end, value);
  }

  #exact(start: number, from: number, value: number): number | undefined {
    let end = from;
    while (isOfExponent(this.#text.charCodeAt(end))) end += 1;
    this.#position = end;
    const digits = this.#text.slice(start, end);
    return Number(digits) === value ? numberOf(digits) : undefined;
  }
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= BLANK) at += 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function isExponent(code: number): boolean {
  return code === 0x65 || code === 0x45;
}

function isOfExponent(code: number): boolean {
  return isDigit(code) || isExponent(code) || code === MINUS || code === PLUS;
}

const NOWHERE = -1;
const BLANK = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
