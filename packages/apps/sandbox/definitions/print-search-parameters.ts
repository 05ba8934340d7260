import type { SearchParameters } from "./read-search-parameters.ts";

/** JSON with a line for each type, so that a change of one is a change of one line. */
export function printSearchParameters(parameters: SearchParameters): string {
  const lines = Object.entries(parameters).map(
    ([type, own]) => `${JSON.stringify(type)}: ${JSON.stringify(own)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}
