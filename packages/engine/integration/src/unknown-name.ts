import { nearestName } from "@trestle/config";
import { distance } from "fastest-levenshtein";
import type { CrossProblem } from "./parts.ts";

/** A name that nothing defines, with what was probably meant. */
export function unknownName(given: {
  readonly at: Pick<CrossProblem, "file" | "path">;
  /** What it should name, such as `listener`. */
  readonly what: string;
  readonly name: string;
  readonly known: Iterable<string>;
  /** Where such names are defined. */
  readonly of: string;
}): CrossProblem[] {
  const { at, what, name, of } = given;
  const known = [...given.known];
  if (known.includes(name)) return [];
  return [
    {
      ...at,
      code: `integration.unknown${what.charAt(0).toUpperCase()}${what.slice(1)}`,
      text: `There is no ${what} “${name}”.`,
      hint: hintFor(name, known, of),
    },
  ];
}

/** What was probably meant. */
export function hintFor(name: string, known: readonly string[], of: string): string {
  if (known.length === 0) return `There is none yet. Add one to ${of}.`;
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `Did you mean “${nearest}”? It is in ${of}.`;
  const first = known.toSorted((a, b) => distance(a, name) - distance(b, name)).slice(0, mostShown);
  const more = known.length > first.length ? " and others" : "";
  return `In ${of} there is ${first.join(", ")}${more}.`;
}

const mostShown = 5;
