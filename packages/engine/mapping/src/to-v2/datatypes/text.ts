import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import type { Piece } from "../rows/written.ts";

/** ST, ID, NM: a text, number or boolean as it is. Numbers keep their written digits. */
export const text: Converter = (node) => pieceOf(node);

/** A boolean as Y or N. */
export const yesNo: Converter = (node) => {
  const found = node.text;
  if (found !== "true" && found !== "false") return undefined;
  return { text: found === "true" ? "Y" : "N", path: node.path };
};

/** A text with a rule in words beside it. */
export function textBecause(rule: string, make: (text: string) => string): Converter {
  return (node) => {
    const found = node.text;
    return found === undefined ? undefined : { text: make(found), path: node.path, rule };
  };
}

/** The text of an element that may be missing. */
export function pieceOf(node: Node | undefined): Piece | undefined {
  const found = node?.text;
  return node === undefined || found === undefined ? undefined : { text: found, path: node.path };
}
