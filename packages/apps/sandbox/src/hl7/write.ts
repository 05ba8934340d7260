import { escapeText, standardSeparators } from "@trestle/hl7v2";

/** Text that stands for itself, whatever characters are in it. */
export function text(value: string): string {
  return escapeText(value, standardSeparators);
}

/** Components by their number, from 1; those left out are empty. */
export function components(parts: Readonly<Record<number, string>>): string {
  return placed(parts, "^");
}

/**
 * A segment by the numbers of its fields, from 1, as the standard counts them. In MSH the first
 * field is the separator, so give it from field 2 on.
 */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  if (name !== "MSH") return `${name}|${placed(fields, "|")}`;
  const shifted = Object.entries(fields).map(([number, value]): [number, string] => [
    Number(number) - 1,
    value,
  ]);
  return `MSH|${placed(Object.fromEntries(shifted), "|")}`;
}

/** Segments end in CR. */
export function message(segments: readonly string[]): string {
  return segments.map((written) => `${written}\r`).join("");
}

function placed(parts: Readonly<Record<number, string>>, separator: string): string {
  const last = Math.max(...Object.keys(parts).map(Number));
  return Array.from({ length: last }, (_, index) => parts[index + 1] ?? "").join(separator);
}
