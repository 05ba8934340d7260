import { numberOf } from "./exact-decimal.ts";
import { WrittenNumbers } from "./written-numbers.ts";

/**
 * Parses FHIR JSON so that `JSON.stringify` writes every decimal again digit for digit.
 *
 * A number that would lose digits becomes an `ExactDecimal`; every other stays plain.
 *
 * @throws {SyntaxError} Its text quotes the input: never let it out.
 */
export function parseExact(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) return parsed;
  // A reviver is told the digits of every number, but makes parsing six times slower.
  return restored(parsed, new WrittenNumbers(text)) ? parsed : JSON.parse(text, keepDigits);
}

/** Gives numbers their digits; false where the text does not tell them by names in their order. */
function restored(node: object, written: WrittenNumbers): boolean {
  return Array.isArray(node)
    ? restoredItems(node, written)
    : restoredMembers(node as Record<string, unknown>, written);
}

function restoredItems(items: readonly unknown[], written: WrittenNumbers): boolean {
  // By index: every list of every answer comes here, and an iterator takes its time.
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (typeof item === "object") {
      if (item !== null && !restored(item, written)) return false;
    } else if (typeof item === "number" && written.mayListDecimals) return false;
  }
  return true;
}

function restoredMembers(members: Record<string, unknown>, written: WrittenNumbers): boolean {
  for (const name in members) {
    const value = members[name];
    if (typeof value === "object") {
      if (value !== null && (isIndex(name) || !restored(value, written))) return false;
    } else if (typeof value === "number") {
      const exact = isIndex(name) ? undefined : written.next(name, value);
      if (exact === undefined) return false;
      if (exact !== value) members[name] = exact;
    }
  }
  return true;
}

/** Such a name stands before all others of its object, wherever it was written. */
function isIndex(name: string): boolean {
  const code = name.charCodeAt(0);
  return code >= ZERO && code <= NINE;
}

function keepDigits(_name: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" && source !== undefined ? numberOf(source) : value;
}

const ZERO = 0x30;
const NINE = 0x39;
