/** JSON as the formatter of this repository leaves it. */
export function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(listOfTexts, inOneLine);
}

/** A list of texts stands in one line where it fits. */
function inOneLine(list: string, offset: number, whole: string): string {
  const before = whole.slice(whole.lastIndexOf("\n", offset) + 1, offset);
  const line = `[${list
    .slice(1, -1)
    .trim()
    .replaceAll(/,\n\s*/gu, ", ")}]`;
  return before.length + line.length <= printWidth ? line : list;
}

/** Each item is in a line of its own, as `JSON.stringify` writes them. */
const listOfTexts = /\[\n(?:\s*"(?:[^"\\\n]|\\.)*",?\n)+\s*\]/gu;
const printWidth = 99;
