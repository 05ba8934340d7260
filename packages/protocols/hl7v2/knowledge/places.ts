import type { Definition, Row } from "./rows.ts";

/** A module for a segment: the place of each field by its name. */
export function printPlaces({ name, title, parts }: Definition): string {
  const taken = new Set<string>();
  const lines = [...parts]
    .sort(([first], [second]) => first - second)
    .map(([number, rows]) => {
      const wanted = propertyName(rows, name);
      const property =
        wanted === "" || taken.has(wanted) ? `${wanted || "field"}${number}` : wanted;
      taken.add(property);
      return `  ${property}: "${name}-${number}",\n`;
    });
  return `/** ${name}, ${title}: the place of each field. Written by \`npm run knowledge\`. */
export const ${name} = {\n${lines.join("")}} as const;\n`;
}

/** `Patient Identifier List` is `patientIdentifierList`; a trailing `- PID` says nothing. */
function propertyName(rows: readonly Row[], segment: string): string {
  const newest = rows.at(-1)?.name ?? "";
  const words = newest
    .replace(new RegExp(`[\\s–-]+${segment}$`, "u"), "")
    .replace(/['’]/gu, "")
    .replace(/\(s\)/gu, "s")
    .split(/[^A-Za-z0-9]+/u)
    .filter((word) => word !== "");
  return words
    .map((word, index) => {
      const lower = word.toLowerCase();
      return index === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join("")
    .replace(/^(?=\d)/u, "number");
}
