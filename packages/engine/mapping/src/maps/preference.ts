import type { Part } from "../rows/part.ts";
import { textIn } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";

/** Where APR says which times, resources and places would suit. */
export const preferencePlaces = ["APR-1", "APR-2", "APR-3"];

/** SCV: a wish as `PREFSTART: 0900`; all wishes of the segment in one text. */
export const preference: Converter = (part, scope) => {
  const [segment] = scope.segments("APR");
  const wishes = [1, 2, 3].flatMap((number) => segment?.field(number).repetitions ?? []);
  const first = wishes.find((wish) => wish.raw !== "");
  if (first === undefined || first.at !== part.at) return undefined;
  return wishes.flatMap((wish) => inWords(wish) ?? []).join("; ") || undefined;
};

function inWords(wish: Part): string | undefined {
  const [name, value] = [textIn(wish, 1), textIn(wish, 2)];
  if (name === undefined || value === undefined) return name ?? value;
  return `${name}: ${value}`;
}
