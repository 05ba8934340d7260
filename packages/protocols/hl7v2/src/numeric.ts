/** A number as written, with what it says about its precision. */
export interface Numeric {
  /** As written, without outer blanks: `1.10` stays `1.10`. */
  readonly text: string;
  readonly isNegative: boolean;
  /** All digits without the decimal point, at least one, no leading zeros: `110`. */
  readonly digits: string;
  /** How many of the digits stand behind the decimal point: 2. */
  readonly scale: number;
  /** The nearest number of JavaScript, for comparing and drawing; the digits are exact. */
  readonly value: number;
}

/**
 * Reads an NM: an optional sign, digits, and an optional decimal point with digits behind it. A point
 * without digits on one side is tolerated, since senders write it. Exponents, thousands separators
 * and more than 1000 characters are no number.
 *
 * @returns Undefined where the text is no number.
 * @see HL7 v2.5.1, chapter 2.A.47 (NM)
 */
export function parseNumeric(text: string): Numeric | undefined {
  const written = text.trim();
  if (written.length > longestNumber) return undefined;
  const parts = shape.exec(written)?.groups;
  if (parts === undefined) return undefined;
  const { sign, whole = "", fraction = "" } = parts;
  if (whole === "" && fraction === "") return undefined;
  return {
    text: written,
    isNegative: sign === "-",
    digits: `${whole}${fraction}`.replace(/^0+(?=\d)/u, ""),
    scale: fraction.length,
    value: Number(written),
  };
}

const shape = /^(?<sign>[+-])?(?<whole>\d*)(?:\.(?<fraction>\d*))?$/u;
const longestNumber = 1000;
