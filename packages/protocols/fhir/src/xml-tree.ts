import { type Result, fail, succeed } from "@trestle/base";

/** An element of XML. Text between elements is not kept, since FHIR has none outside of markup. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The element as it was written. */
  readonly source: string;
}

/**
 * Takes XML apart into elements. A document type is refused: it can make a small text a large one.
 *
 * @param maxDepth Elements inside of each other.
 */
export function parseTree(text: string, maxDepth = 100): Result<XmlElement> {
  const root = open({ name: "", attributes: {}, start: 0 });
  const path: Open[] = [root];
  let position = text.indexOf("<");
  while (position >= 0) {
    const end = skipped(text, position) ?? taken(text, position, path);
    if (end === undefined) return problem(position);
    if (path.length > maxDepth)
      return problem(position, `More than ${maxDepth} elements are in each other.`);
    position = text.indexOf("<", end);
  }
  const [first, ...more] = root.children;
  if (path.length > 1) return problem(text.length, "An element is not closed.");
  if (first === undefined || more.length > 0) {
    return problem(text.length, "There is not one element around all others.");
  }
  return succeed(first);
}

/** Behind a comment, an instruction or a piece of text; undefined where there is none, or it has no end. */
function skipped(text: string, position: number): number | undefined {
  for (const [begin, end] of passedOver) {
    if (!text.startsWith(begin, position)) continue;
    const found = text.indexOf(end, position + begin.length);
    return found < 0 ? undefined : found + end.length;
  }
  return undefined;
}

/** Behind a tag, which opens or closes an element; undefined where it is none, or not in its place. */
function taken(text: string, position: number, path: Open[]): number | undefined {
  tag.lastIndex = position;
  const found = tag.exec(text);
  const { close: closing, name = "", attributes = "", empty } = found?.groups ?? {};
  if (found === null) return undefined;
  const end = tag.lastIndex;
  const local = localName(name);
  if (closing === "/") {
    if (path.length < 2 || path.at(-1)?.name !== local) return undefined;
    close(path, text, end);
    return end;
  }
  path.push(open({ name: local, attributes: attributesOf(attributes), start: position }));
  if (empty === "/") close(path, text, end);
  return end;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  readonly children: XmlElement[];
}

function open(begun: Omit<Open, "children">): Open {
  return { ...begun, children: [] };
}

function close(path: Open[], text: string, end: number): void {
  const closed = path.pop();
  if (closed === undefined) return;
  const { name, attributes, children, start } = closed;
  path.at(-1)?.children.push({ name, attributes, children, source: text.slice(start, end) });
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(attribute)].map(({ groups }) => [
      groups?.["name"] ?? "",
      plain(groups?.["double"] ?? groups?.["single"] ?? ""),
    ]),
  );
}

function plain(text: string): string {
  return text.replaceAll(entity, (found, name: string) => {
    if (name.startsWith("#x")) return characterOf(Number.parseInt(name.slice(2), 16), found);
    if (name.startsWith("#")) return characterOf(Number(name.slice(1)), found);
    return entities[name] ?? found;
  });
}

function characterOf(code: number, found: string): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function problem(
  position: number,
  text = "A tag is not closed, or is not where it belongs.",
): Result<never> {
  return fail({
    code: "fhir.noXml",
    text,
    hint: "Send a resource as well-formed XML without a document type.",
    at: `character ${position + 1}`,
  });
}

const passedOver = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
] as const;

/** From the place on that is looked at; no tag has another one inside. */
const tag =
  /<(?<close>\/?)(?<name>[^\s<>/!?"']+)(?<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*?)(?<empty>\/?)>/uy;
const attribute = /(?<name>[^\s=]+)\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/gu;
const entity = /&(#x[\da-fA-F]+|#\d+|\w+);/gu;
const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};
