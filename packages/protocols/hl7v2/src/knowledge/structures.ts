import { readKnowledgeFile } from "../io/knowledge-file.ts";
import type { Hl7Message } from "../message.ts";
import { SectionFile } from "./sections.ts";
import { type StructurePlace, readNotation } from "./structure-notation.ts";
import { type Version, isBefore, versionFor } from "./versions.ts";

/** What segments a message of one type has, in which order and in which groups. */
export interface Structure {
  /** `ADT_A01`. */
  readonly name: string;
  readonly version: Version;
  readonly places: readonly StructurePlace[];
}

/**
 * The structure of a message: by its event in MSH-9.1 and MSH-9.2, else by MSH-9.3, in the version
 * of MSH-12.
 *
 * @returns Undefined where the standard has no structure for it.
 * @see HL7 v2.5.1, chapter 2.17.3, table 0354
 */
export function structureOf(message: Hl7Message): Structure | undefined {
  const type = message.header.field(9);
  const family = type.component(1).text ?? "";
  const trigger = type.component(2).text ?? "";
  const named = type.component(3).text ?? "";
  const { version } = versionFor(message.version);
  const event = trigger === "" ? family : `${family}_${trigger}`;
  return (
    structure(event, version) ??
    structure(named, version) ??
    (family === "ACK" ? structure("ACK", version) : undefined)
  );
}

/**
 * The structure of that name, or of an event such as `ADT_A08`. Where a version does not have it,
 * or no more, as 2.7 has no ORM_O01, it is as the nearest version has it.
 */
export function structure(name: string, version: Version): Structure | undefined {
  if (!/^[A-Z][A-Z0-9]{2}(?:_[A-Z0-9]{2,3})?$/u.test(name)) return undefined;
  const key = `${version} ${name}`;
  const known = structures.get(key);
  if (known !== undefined) return known;
  const found = findStructure(name, version);
  if (found !== undefined) structures.set(key, found);
  return found;
}

function findStructure(name: string, version: Version): Structure | undefined {
  const shared = sharedBy(name);
  const body =
    bodyOf(name, version) ?? bodyOf(shared, version) ?? nearestOf(name) ?? nearestOf(shared);
  if (body === undefined) return undefined;
  if (body.startsWith("@")) {
    const same = structure(body.slice(1), version);
    return same === undefined ? undefined : { ...same, name };
  }
  return { name, version, places: readNotation(body) };
}

/** The structure that table 0354 names for an event; the name itself where it names none. */
function sharedBy(event: string): string {
  events ??= new Map(
    readKnowledgeFile("events")
      .split("\n")
      .map((line) => {
        const [from = "", to = ""] = line.split(" ");
        return [from, to];
      }),
  );
  return events.get(event) ?? event;
}

/** As the newest version up to this one has it. */
function bodyOf(name: string, version: Version): string | undefined {
  const line = file
    .section(name)
    ?.lines.findLast((candidate) => !isBefore(version, sinceOf(candidate)));
  return line === undefined ? undefined : line.slice(line.indexOf(" ") + 1);
}

/** As the first version that has it does. */
function nearestOf(name: string): string | undefined {
  const line = file.section(name)?.lines[0];
  return line === undefined ? undefined : line.slice(line.indexOf(" ") + 1);
}

function sinceOf(line: string): string {
  return line.slice(0, line.indexOf(" "));
}

const file = new SectionFile("structures");
const structures = new Map<string, Structure>();
let events: ReadonlyMap<string, string> | undefined;
