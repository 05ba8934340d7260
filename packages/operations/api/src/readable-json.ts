/**
 * Lays JSON out for people to read: two spaces a level, every number digit for digit as it was.
 *
 * @throws {SyntaxError} Its text quotes the input.
 * @see FHIR R4, 2.24.0.1: the precision of a decimal is significant.
 */
export function readableJson(text: string): string {
  return JSON.stringify(JSON.parse(text, keepDigits), undefined, 2);
}

function keepDigits(_name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" && source !== undefined ? exactJson.rawJSON(source) : value;
}

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): unknown };
