/** Fields of the segments of a name, by number; read from the text, apart from the hub's own parser. */
export function segmentsOf(text: string, name: string): readonly (readonly string[])[] {
  return text
    .split("\r")
    .filter((line) => line.startsWith(`${name}|`))
    .map((line) => (name === "MSH" ? ["MSH", "|", ...line.split("|").slice(1)] : line.split("|")));
}

/** The first component of a field of the first such segment; empty where there is none. */
export function first(text: string, segment: string, field: number): string {
  return segmentsOf(text, segment)[0]?.[field]?.split("^")[0] ?? "";
}

/** `ORU^R01`. */
export function typeOf(text: string): string {
  return segmentsOf(text, "MSH")[0]?.[9]?.split("^").slice(0, 2).join("^") ?? "";
}

/** Whether an observation of the message has this local code. */
export function observes(text: string, local: string): boolean {
  return segmentsOf(text, "OBX").some((fields) => fields[3]?.split("^")[0] === local);
}
