/**
 * Parses what `JSON.stringify` wrote so that `JSON.stringify` writes the same again, digit for digit.
 *
 * A number that JavaScript would print in another way, such as `1.10`, becomes a `JSON.rawJSON`
 * value; every other number is a plain one.
 *
 * @throws {SyntaxError} Its text quotes the input.
 * @see FHIR R4, 2.24.0.1: the precision of a decimal is significant.
 */
export function parseExact(text: string): unknown {
  // A reviver makes parsing ten times slower, and almost no resource needs it.
  return mayLoseDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined || source === String(value)) return value;
  return exactJson.rawJSON(source);
}

/**
 * A number with a last decimal of zero, an exponent, 16 characters or more, a millionth or less, or
 * minus zero. May find one inside of a string, which costs time and nothing else.
 */
const mayLoseDigits =
  /[:,[]-?(?:\d+\.\d*0(?=[,}\]])|\d[\d.]*[eE]|[\d.]{16}|0\.000000|(?<=-)0[,}\]])/u;

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): unknown };
