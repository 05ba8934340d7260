import { inside } from "../rows/part.ts";
import type { Converter } from "../rows/row.ts";
import type { IdentifierShape } from "./assigner.ts";
import { identifier } from "./identifier.ts";

/** EIP: the number of who ordered. Its parts are an EI each. */
export function eipPlacer(shape: IdentifierShape): Converter {
  const number = identifier(shape);
  return (part, scope, lookup) => number(inside(part, 1), scope, lookup);
}

/** EIP: the number of who filled the order. */
export function eipFiller(shape: IdentifierShape): Converter {
  const number = identifier(shape);
  return (part, scope, lookup) => number(inside(part, 2), scope, lookup);
}
