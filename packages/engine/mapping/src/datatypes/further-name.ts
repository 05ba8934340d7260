import type { HumanName } from "@trestle/fhir";
import type { Condition, Converter } from "../rows/row.ts";

/**
 * Whether a field names a person in words that no name of the person has yet, for a row that adds
 * it. What only leaves out something of a known name, such as the middle name, says nothing new.
 */
export function furtherName(name: Converter): Condition {
  return ({ part, scope }, person) => {
    const known = (person as { name?: readonly HumanName[] }).name;
    if (known === undefined || part === undefined) return true;
    const told = name(part, scope, {}) as HumanName | undefined;
    return told === undefined || !known.some((each) => saysAll(each, told));
  };
}

function saysAll(known: HumanName, told: HumanName): boolean {
  return Object.entries(told).every(([element, value]) =>
    isWithin(value, known[element as keyof HumanName]),
  );
}

/** Words of a list count in any order; anything else has to be the same. */
function isWithin(told: unknown, known: unknown): boolean {
  if (Array.isArray(told) && Array.isArray(known)) {
    const words = new Set(known.map((each) => JSON.stringify(each)));
    return told.every((each) => words.has(JSON.stringify(each)));
  }
  return JSON.stringify(told) === JSON.stringify(known);
}
