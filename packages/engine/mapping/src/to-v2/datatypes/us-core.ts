import { isExtension } from "../rows/conditions.ts";
import type { Converter } from "../rows/row.ts";
import type { Written } from "../rows/written.ts";
import { coding } from "./code.ts";
import { pieceOf } from "./text.ts";

/**
 * Race or ethnicity of US Core: one repetition for each category, by the row's table; without any,
 * the text.
 *
 * @see US Core 6.1.0, race and ethnicity extensions
 */
export const category: Converter = (node, sight, lookup) => {
  const parts = node.children("extension");
  const text = parts.find(isExtension("text"))?.child("valueString");
  const codings = parts
    .filter((part) => part.peek("url") !== "text")
    .flatMap((part) => part.children("valueCoding"));
  node.child("url")?.use();
  for (const part of parts) part.child("url")?.use();
  const made = codings.flatMap((each): readonly Written[] => {
    const local = coding(each, sight, lookup);
    if (local === undefined || !("text" in local)) return [];
    const words = codings.length === 1 ? text : undefined;
    return [{ components: [local, pieceOf(words) ?? pieceOf(each.child("display"))] }];
  });
  if (made.length > 0) text?.use();
  return made.length > 0 || text === undefined ? made : wordsOf(text, sight, lookup);
};

/** `Not Hispanic` may be a local code itself; other words stand behind an empty code. */
const wordsOf: Converter = (text, { composing }, { table = "" }) => {
  const row = composing.codes.findWords(table, text.glance ?? "");
  const words = pieceOf(text);
  if (row === undefined) return words && { components: [undefined, words] };
  return {
    components: [{ text: row.local, path: text.path, row: `${table}: ${row.local}` }, words],
  };
};
