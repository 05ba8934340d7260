import type { CodeRow } from "@trestle/mapping";

/** A setting's value as people read it: words as they are, all else as JSON. */
export function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** All of a row of a code table but its local code, for any cell may be what differs. */
export function rowText({ display, system, code, status, note, from, until }: CodeRow): string {
  const meaning = code === "" ? status : `${system} ${code}`;
  const mark = status === "proposed" ? "proposed" : "";
  const days = [from && `from ${from}`, until && `until ${until}`];
  return [meaning, display, mark, ...days, note].filter(Boolean).join("; ");
}
