import { composite } from "../rows/composite.ts";
import { allOf, hasOwn, isOwn, not } from "../rows/conditions.ts";
import type { Node } from "../rows/node.ts";
import type { Converter } from "../rows/row.ts";
import { code } from "./code.ts";
import { ts } from "./ts.ts";

const isInOnePiece = allOf(hasOwn("text"), not(hasOwn("line")), not(hasOwn("city")));

/** XAD: an address. Lines behind the first go to the other designation. */
export const xad = composite("XAD", [
  { to: 1, from: "line", takes: "first", where: isFirst },
  { to: 1, id: "inOnePiece", from: "text", when: isInOnePiece },
  { to: 2, from: "", as: furtherLines },
  { to: 3, from: "city" },
  { to: 4, from: "state" },
  { to: 5, from: "postalCode" },
  { to: 6, from: "country" },
  {
    to: 7,
    id: "mail",
    from: "type",
    as: code,
    table: "address-type",
    when: isOwn("type", "postal"),
  },
  { to: 7, from: "use", as: code, table: "address-use", unlisted: "leave out" },
  { to: 9, from: "district" },
  { to: 13, from: "period.start", as: ts },
  { to: 14, from: "period.end", as: ts },
]);

function isFirst({ path }: Node): boolean {
  return path.endsWith("[0]");
}

function furtherLines(...[node]: Parameters<Converter>): ReturnType<Converter> {
  const [second, ...rest] = node.children("line").slice(1);
  const lines = [second, ...rest].flatMap((each) => each?.text ?? []);
  if (second === undefined || lines.length === 0) return undefined;
  return { text: lines.join(", "), path: second.path };
}
