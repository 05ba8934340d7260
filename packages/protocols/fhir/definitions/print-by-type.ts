/** JSON with a line for each type, so that a change of one is a change of one line. */
export function printByType(byType: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(byType).map(
    ([type, own]) => `${JSON.stringify(type)}: ${JSON.stringify(own)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}
