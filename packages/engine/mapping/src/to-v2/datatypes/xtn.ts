import { composite } from "../rows/composite.ts";
import { allOf, hasOwn, isOwn, not } from "../rows/conditions.ts";
import type { Node } from "../rows/node.ts";
import { code } from "./code.ts";
import { textBecause } from "./text.ts";

const isEmail = isOwn("system", "email");
const isMobile = allOf(isOwn("use", "mobile"), not(isEmail));
const contactSystem = { as: code, table: "contact-system" } as const;

/** XTN: a number in its first component, an e-mail address in its fourth; equipment and use beside it. */
export const xtn = composite("XTN", [
  { to: 1, from: "value", when: not(isEmail) },
  { to: 2, id: "net", is: "NET", when: isEmail },
  {
    to: 2,
    id: "mobile",
    from: "system",
    as: textBecause("a mobile phone", () => "PRN"),
    when: isMobile,
  },
  { to: 2, from: "use", as: code, table: "contact-use", unlisted: "leave out" },
  {
    to: 3,
    id: "internet",
    from: "system",
    as: textBecause("an e-mail address", () => "Internet"),
    when: isEmail,
  },
  { to: 3, id: "cell", from: "use", as: code, table: "contact-use", when: isMobile },
  { to: 3, from: "system", ...contactSystem, unlisted: "leave out", when: hasOwn("system") },
  { to: 4, from: "value", when: isEmail },
]);

/** A number or address that XTN has a form for; a web page has none. */
function isContactable(node: Node): boolean {
  return node.peek("value") !== undefined && known.has(node.peek("system") ?? "phone");
}

export function isWork(node: Node): boolean {
  return isContactable(node) && node.peek("use") === "work";
}

export function isNoWork(node: Node): boolean {
  return isContactable(node) && node.peek("use") !== "work";
}

const known: ReadonlySet<string> = new Set(["phone", "fax", "pager", "email"]);
