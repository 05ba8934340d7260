/** Breaks a text between words; a word that is longer than the width stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Names with their texts beside them; below them where the screen is too narrow for both. */
export function definitions(
  rows: readonly (readonly [name: string, text: string])[],
  width: number,
): string[] {
  const longest = Math.max(...rows.map(([name]) => name.length));
  const indent = longest + 4;
  if (width - indent < minTextWidth) {
    return rows.flatMap(([name, text]) => [
      `  ${name}`,
      ...wrap(text, width - 6).map((line) => `      ${line}`),
    ]);
  }
  return rows.flatMap(([name, text]) =>
    wrap(text, width - indent).map(
      (line, index) => `  ${(index === 0 ? name : "").padEnd(longest)}  ${line}`,
    ),
  );
}

const minTextWidth = 28;
