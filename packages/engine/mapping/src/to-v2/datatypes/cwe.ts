import { problems } from "../problems.ts";
import type { Node } from "../rows/node.ts";
import type { Converter, Lookup } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import { pieceOf } from "./text.ts";
import type { Piece, Written } from "../rows/written.ts";
import { codedPiece, unlisted, wordsPiece } from "./code.ts";
import { systemName } from "./code-system.ts";

/**
 * CE, CWE: the local code of the row's table with the concept's text, where it has one, and beside it
 * the standard code if its system is one that messages name, such as LOINC; else up to two codings
 * whose systems have a name at the site. A text that is not the display of its code goes to the
 * original text, which CE does not have.
 *
 * @see HL7 v2.5.1, chapter 2.A.13 (CWE)
 */
export const cwe: Converter = (node, sight, lookup) => {
  const found = codedPiece(node, sight, lookup);
  if (found !== undefined) {
    const standard = standardOf(found.coding, sight);
    return { components: [found.piece, wordsOf(node), undefined, ...standard] };
  }
  const named = wordsPiece(node, sight, lookup);
  if (named !== undefined) return { components: [named, wordsOf(node)] };
  const isRefused = lookup.table !== undefined && lookup.unlisted !== "pass";
  const codings = node.children("coding").filter((each) => each.peek("code") !== undefined);
  if (isRefused) return refused(node, codings, { sight, lookup });
  return sentConcept(node, codings, sight);
};

function refused(
  node: Node,
  codings: readonly Node[],
  { sight, lookup }: { sight: Sight; lookup: Lookup },
): Written | undefined {
  const [first] = codings;
  const shown = first?.peek("code") ?? node.peek("text");
  if (shown !== undefined) unlisted(first ?? node, sight, { code: shown, lookup });
  return undefined;
}

function sentConcept(node: Node, codings: readonly Node[], sight: Sight): Written | undefined {
  const named = codings.filter((each) => isNameable(each, sight));
  const [first, second] = named;
  const [unnamed] = codings;
  if (first === undefined) {
    if (unnamed !== undefined) sight.composing.warn(problems.unknownCodeSystem(unnamed.path));
    const words = wordsOf(node);
    return words && { components: [undefined, words] };
  }
  const triple = tripleOf(first, sight);
  const other = second === undefined ? [] : tripleOf(second, sight);
  const words = node.child("text");
  const [code, display, system] = triple;
  if (display === undefined) return { components: [code, wordsOf(node), system, ...other] };
  const isSame = words === undefined || words.text === display.text;
  const isWide = sight.composing.isModern;
  if (isSame) return { components: [code, display, system, ...other] };
  if (!isWide) return { components: [code, wordsOf(node), system, ...other] };
  const filler = [undefined, undefined, undefined];
  const alternate = other.length === 0 ? filler : other;
  return { components: [code, display, system, ...alternate, undefined, undefined, wordsOf(node)] };
}

/** The code that everyone knows, as an alternate. */
function standardOf(coding: Node, sight: Sight): readonly (Piece | undefined)[] {
  const system = coding.peek("system") ?? "";
  const isNamed = sight.composing.codes.ofSystem("code-systems", system).length > 0;
  return isNamed ? tripleOf(coding, sight) : [];
}

/** Code, text and coding system. */
function tripleOf(node: Node, sight: Sight): readonly (Piece | undefined)[] {
  const system = node.child("system");
  const name = system?.text === undefined ? undefined : systemName(system.text, sight);
  return [
    pieceOf(node.child("code")),
    pieceOf(node.child("display")),
    name === undefined || name.text === ""
      ? undefined
      : { ...name, ...(system !== undefined && { path: system.path }) },
  ];
}

function isNameable(coding: Node, sight: Sight): boolean {
  const system = coding.peek("system");
  return system === undefined || systemName(system, sight) !== undefined;
}

function wordsOf(node: Node): Piece | undefined {
  const own = pieceOf(node.child("text"));
  if (own !== undefined) return own;
  const named = node.children("coding").find((each) => each.peek("display") !== undefined);
  return pieceOf(named?.child("display")) ?? pieceOf(node.child("coding")?.child("code"));
}
