/** A FHIR decimal: a number, or a `JSON.rawJSON` value where a number would lose written digits. */
export type Decimal = number;

/**
 * Reads a number so that `JSON.stringify` writes it digit for digit as received: `1.10` stays
 * `1.10`. What JSON does not allow (`+5`, `.5`, `5.`, `007`) is written in the nearest allowed form.
 *
 * @returns Undefined where the text is no number.
 * @see FHIR R4, 2.24.0.1: the precision of a decimal is significant.
 */
export function decimal(text: string): Decimal | undefined {
  const parts = /^(?<sign>[+-]?)0*(?<whole>\d*)(?:\.(?<rest>\d*))?$/u.exec(text.trim())?.groups;
  if (parts === undefined || !/\d/u.test(text)) return undefined;
  const { sign = "", whole = "", rest = "" } = parts;
  const written = `${sign === "-" ? "-" : ""}${whole || "0"}${rest === "" ? "" : `.${rest}`}`;
  const value = Number(written);
  return String(value) === written ? value : exactJson.rawJSON(written);
}

/** ECMAScript's JSON.parse source text access, which the language library does not describe yet. */
const exactJson = JSON as unknown as { rawJSON(text: string): Decimal };
