import type { SourceNode } from "hl7-dictionary";
import dictionary from "hl7-dictionary";
import { codeSystems, supplement } from "./source.ts";

/** For each structure, what it is since which version. */
export function printStructures(): string {
  const found = new Map<string, Map<string, string>>();
  for (const [version, { messages }] of Object.entries(dictionary.definitions)) {
    for (const [name, message] of Object.entries(messages)) {
      const body = message.segments.segments.map(notation).join(" ");
      // The package forgot it in a few.
      enter(found, name, [version, body.startsWith("MSH") ? body : `MSH ${body}`]);
    }
  }
  for (const [name, version, body] of supplemented()) enter(found, name, [version, body]);
  const names = [...found.keys()].sort();
  return names.map((name) => `= ${name}\n${printBodies(name, found)}`).join("");
}

/** Which structure carries an event, such as `ADT_A08 ADT_A01`: HL7 table 0354. */
export function printEvents(): string {
  const pairs = new Map<string, string>();
  const known = new Set(
    Object.values(dictionary.definitions).flatMap(({ messages }) => Object.keys(messages)),
  );
  const table = codeSystems().find(({ id }) => id === "v2-0354");
  for (const { code, display = "" } of table?.concept ?? []) {
    const [family = ""] = code.split("_");
    for (const [trigger] of display.matchAll(/\b[A-Z][A-Z0-9]{2}\b/gu)) {
      const event = `${family}_${trigger}`;
      if (event !== code && known.has(code) && !pairs.has(event)) pairs.set(event, code);
    }
  }
  return [...pairs]
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([event, structure]) => `${event} ${structure}\n`)
    .join("");
}

function enter(
  found: Map<string, Map<string, string>>,
  name: string,
  [version, body]: readonly [string, string],
): void {
  const bodies = found.get(name) ?? new Map<string, string>();
  if ([...bodies.values()].at(-1) !== body) bodies.set(version, body);
  found.set(name, bodies);
}

/** A body that another structure of the same family has in the same version is named by it. */
function printBodies(name: string, found: ReadonlyMap<string, ReadonlyMap<string, string>>) {
  const family = name.slice(0, 4);
  return [...(found.get(name) ?? [])]
    .map(([version, body]) => {
      const same = [...found].find(
        ([other, bodies]) =>
          other < name && other.startsWith(family) && bodies.get(version) === body,
      );
      return `${version} ${same === undefined ? body : `@${same[0]}`}\n`;
    })
    .join("");
}

/** The standard's own notation: `[ ]` optional, `{ }` repeating, `< | >` one of several. */
function notation({ name, min, max, children }: SourceNode): string {
  const inside = children === undefined ? choice(name) : grouped(name, children);
  const isGroup = children !== undefined;
  const repeated = max === 1 ? inside : `{${inside}}`;
  if (min === 0) return `[${repeated}]`;
  return isGroup && max === 1 ? `(${inside})` : repeated;
}

function grouped(name: string, children: readonly SourceNode[]): string {
  const [first] = children;
  const known = groupNames[name] ?? groupNames[`${name} of ${first?.name ?? ""}`];
  return `${known ?? name}: ${children.map(notation).join(" ")}`;
}

function choice(name: string): string {
  // Where any segment may stand.
  if (name === "GenericSegment") return "ANY";
  return name.includes(",") ? `<${name.split(",").join("|")}>` : name;
}

function supplemented(): readonly (readonly [string, string, string])[] {
  let structure = "";
  return supplement("structures").flatMap((line) => {
    if (line.startsWith("= ")) structure = line.slice(2);
    const [, version, body] = /^(?<version>[\d.]+) (?<body>.+)$/u.exec(line) ?? [];
    return version === undefined || body === undefined ? [] : [[structure, version, body] as const];
  });
}

/** Names that the package misspells or made up. */
const groupNames: Readonly<Record<string, string>> = {
  TIIMING: "TIMING",
  OBXNTE: "OBSERVATION",
  "GROUP of OBX": "OBSERVATION",
  "PATIENT_ID of PID": "PATIENT",
};
