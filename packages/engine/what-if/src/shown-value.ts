import { isReadable, standingBelow, standingIn } from "@trestle/fhir/readable-elements";

/**
 * A value as everybody may see it: codes, systems and states that are short and plain as they are,
 * of anything else what it is, such as `text of 12 characters`.
 *
 * @param keys The keys from the resource to the value, without indexes.
 */
export function shownValue(
  value: unknown,
  { resourceType, keys }: { resourceType: string; keys: readonly string[] },
): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return kindOf(value);
  const standing = keys.reduce(standingBelow, standingIn(resourceType));
  return isReadable(standing) && isPlain(value) ? value : maskOf(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an empty list";
  // A number that keeps its digits is an object without a prototype.
  const isNumber = typeof value === "number" || isExact(value);
  return isNumber ? "a number" : "nothing inside";
}

function isExact(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null;
}

function maskOf(text: string): string {
  if (/^\d{4}-\d\d-\d\dT/u.test(text)) return "a date and time";
  if (/^\d{4}(?:-\d\d){0,2}$/u.test(text)) return "a date";
  return `text of ${text.length} ${text.length === 1 ? "character" : "characters"}`;
}

/** A code, or the address of a system. Anything else might be a name in the wrong place. */
function isPlain(text: string): boolean {
  return /^[\w ./^&+-]{1,24}$/u.test(text) || /^(?:https?:\/\/|urn:)[\w./:#-]{1,112}$/u.test(text);
}
