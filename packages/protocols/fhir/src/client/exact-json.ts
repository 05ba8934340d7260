import { numberOf } from "./exact-decimal.ts";

/**
 * Parses FHIR JSON so that `JSON.stringify` writes every decimal again digit for digit.
 *
 * A number that would lose digits becomes an `ExactDecimal`; every other stays plain.
 *
 * @throws {SyntaxError} Its text quotes the input: never let it out.
 */
export function parseExact(text: string): unknown {
  if (text.includes(listsDecimals)) return JSON.parse(text, keepDigits);
  // A reviver would make parsing six times slower. Numbers that lose digits become marked strings
  // before the one parse, and are found again by a walk; most answers have none and skip both.
  const marked = text.replace(losesDigits, `":"${MARK}$1"`);
  if (marked === text) return JSON.parse(text);
  if (text.includes(MARK)) return JSON.parse(text, keepDigits);
  const parsed: unknown = JSON.parse(marked);
  restore(parsed);
  return parsed;
}

function restore(node: unknown): void {
  if (Array.isArray(node)) {
    for (const each of node as readonly unknown[]) if (isNode(each)) restore(each);
  } else if (isNode(node)) {
    for (const name in node) {
      const value = node[name];
      if (typeof value === "string") {
        if (value.charCodeAt(0) === MARK_CODE) node[name] = numberOf(value.slice(1));
      } else if (isNode(value)) restore(value);
    }
  }
}

function keepDigits(_name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" && source !== undefined ? numberOf(source) : value;
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A sign that no text has, and that needs no escape, which would make parsing slower. */
const MARK = "\u007F";
const MARK_CODE = 0x7f;

/**
 * A member's number with a last decimal of zero, an exponent, 16 characters or more, a millionth or
 * less, or minus zero. A quote behind a letter or digit ends a name or a string, and with a colon after
 * it a name: one that begins a string stands behind a sign, one inside of it behind a backslash.
 */
const losesDigits =
  /(?<=\w)":[ \t\r\n]*(-?(?:\d+\.\d*0(?!\d)|\d[\d.]*[eE][-+]?\d+|\d[\d.]{15,}|0\.0{6}\d*)|-0(?![.\d]))(?![\d.eE])/gu;

/** The only type of R4 with lists of decimals, whose numbers stand behind no name. */
const listsDecimals = "MolecularSequence";
