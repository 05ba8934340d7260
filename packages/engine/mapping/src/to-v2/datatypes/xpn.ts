import { problems } from "../problems.ts";
import { composite } from "../rows/composite.ts";
import { allOf, hasOwn, not } from "../rows/conditions.ts";
import type { Node } from "../rows/node.ts";
import type { Converter, Row } from "../rows/row.ts";
import type { Sight } from "../rows/sight.ts";
import type { Piece } from "../rows/written.ts";
import { code } from "./code.ts";
import { ts } from "./ts.ts";

const isInOnePiece = allOf(hasOwn("text"), not(hasOwn("family")), not(hasOwn("given")));

/** XPN: the name of a person. */
export const xpn = composite("XPN", [...nameRows({ family: 1, type: 7, period: 12 })]);

/** The name in an XCN, whose first component is a number. */
export const xcnName = composite("XCN", [...nameRows({ family: 2, type: 10, period: 19 })]);

/** Family name, given names, suffix, prefix and degree stand in this order in both types. */
function nameRows(first: { family: number; type: number; period: number }): readonly Row<number>[] {
  const { family, type, period } = first;
  return [
    { to: family, from: "family" },
    { to: family, id: "inOnePiece", from: "text", as: whole, when: isInOnePiece },
    { to: family + 1, from: "given", takes: "first", where: isFirst },
    { to: family + 2, from: "", as: joined("given", 1) },
    { to: family + 3, from: "suffix", takes: "first", where: isFirst },
    { to: family + 4, from: "", as: joined("prefix", 0) },
    { to: family + 5, from: "", as: joined("suffix", 1) },
    { to: type, from: "use", as: code, table: "name-use", unlisted: "leave out" },
    { to: period, from: "period.start", as: ts },
    { to: period + 1, from: "period.end", as: ts },
  ];
}

/** A name that nobody took apart. */
export function whole(node: Node, { composing }: Sight): Piece | undefined {
  const text = node.text;
  if (text === undefined) return undefined;
  composing.warn(problems.nameNotSplit(node.path));
  return { text, path: node.path, rule: "a name in one piece" };
}

/** The first of a list; the others have places of their own. */
function isFirst({ path }: Node): boolean {
  return path.endsWith("[0]");
}

/** Parts of a name from the one of that index on, with blanks between them. */
function joined(name: string, from: number): Converter {
  return (node) => {
    const [first, ...rest] = node.children(name).slice(from);
    const words = [first, ...rest].flatMap((each) => each?.text ?? []);
    if (first === undefined || words.length === 0) return undefined;
    return { text: words.join(" "), path: first.path, ...(words.length > 1 && { rule: "joined" }) };
  };
}
