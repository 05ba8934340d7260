/**
 * A decimal whose written digits a JavaScript number would lose, such as `1.10`.
 *
 * Prints and is written as JSON exactly as it was read. Counts and compares as a number:
 * `value > 9`, `value + 1`. It is an object, so `===` and `typeof` do not: use `Number(value)`.
 *
 * @see FHIR R4, 2.24.0.1: the precision of a decimal is significant.
 */
export class ExactDecimal {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  valueOf(): number {
    return Number(this.digits);
  }

  toString(): string {
    return this.digits;
  }

  toJSON(): unknown {
    return exactJson.rawJSON(this.digits);
  }
}

/**
 * A number for an element of the type decimal that keeps these digits when it is written: `decimal("1.10")`.
 *
 * @throws {RangeError} where the text is no number of JSON. The error does not quote it.
 */
export function decimal(digits: string): number {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/u.test(digits)) {
    throw new RangeError("a decimal is written as JSON writes numbers");
  }
  return numberOf(digits);
}

/** The plain number where nothing is lost by it. FHIR's types call a decimal a number. */
export function numberOf(digits: string): number {
  // Printing a number is the dear part, and most that lose digits are told by their last zero.
  if (!isZeroBehindPoint.test(digits)) {
    const plain = Number(digits);
    if (String(plain) === digits) return plain;
  }
  return new ExactDecimal(digits) as unknown as number;
}

const isZeroBehindPoint = /\.\d*0$/u;

/** ECMAScript's JSON.rawJSON, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): unknown };
