import type { Elements } from "./read-definitions.ts";

/** JSON with a line for each type, so that a change of one is a change of one line. */
export function printElements(elements: Elements): string {
  const lines = Object.entries(elements).map(
    ([type, own]) => `${JSON.stringify(type)}: ${JSON.stringify(own)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}
