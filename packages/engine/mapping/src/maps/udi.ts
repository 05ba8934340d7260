import type { Reading } from "../rows/fill.ts";
import type { KeyValue } from "../rows/key.ts";
import { textIn, textOf } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** PRT-16 holds a unique device identifier; PRT-10 may, and is else a number that the house gave. */
export function udi(...[part, scope]: Parameters<Converter>): string | undefined {
  const text = textOf(part);
  const isOne = scope.part("PRT-16.1") === part || udiShape.test(text ?? "");
  return isOne ? text : undefined;
}

/**
 * A piece of a key as long as it names one device. Without a serial number a unique device
 * identifier names the model or the lot: every patient with such an implant has the same.
 */
export function unlessOfModel(
  key: (reading: Reading) => KeyValue | undefined,
  place: "PRT-10" | "PRT-16",
) {
  return (reading: Reading): KeyValue | undefined => {
    const found = key(reading);
    const text = (found?.part && textIn(found.part, 1)) ?? "";
    const isUdi = place === "PRT-16" || udiShape.test(text);
    return isUdi && !serialShape.test(text) ? undefined : found;
  };
}

/**
 * How the identifiers of each agency that issues them begin, written to be read by people.
 *
 * @see FDA, UDI formats by accredited issuing agency: GS1, HIBCC, ICCBBA
 */
const udiShape = /^(?:\(01\)\d{14}|\+[A-Z][A-Z\d]{5}|=\/[A-Z]\d{4}|=\)[A-Z\d])/u;

/** The same of those with a serial number: (21), in HIBCC /S, /$+ and /$$+, in ICCBBA =, */
const serialShape = /^(?:\(01\)\d{14}.*\(21\).|\+[A-Z][A-Z\d]{5}.*\/(?:S|\${1,2}\+).|=[/)].*=,.)/u;
