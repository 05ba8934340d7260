import { SectionFile } from "./sections.ts";
import { type Version, isBefore } from "./versions.ts";

/** A segment, or a data type, as one version has it. */
export interface Definition {
  readonly name: string;
  /** What the standard calls it: `Patient Identification`. */
  readonly title: string;
  /** Its fields or components; the first is number 1. */
  readonly parts: readonly PartDefinition[];
}

/** A field or a component. */
export interface PartDefinition {
  readonly number: number;
  /** What the standard calls it: `Patient Identifier List`. */
  readonly name: string;
  /** `CX`, `ST`; `varies` where another field names it, as OBX-2 does for OBX-5. */
  readonly type: string;
  readonly usage: Usage;
  /** How often it may stand there; Infinity without a bound. */
  readonly maxRepetitions: number;
  /** The longest that the standard foresees, in characters. */
  readonly maxLength?: number;
  /** The code table, in four digits. */
  readonly table?: string;
  /** The version that brought it, where that is newer than the one that was asked for. */
  readonly laterThan?: Version;
}

/** `former`: withdrawn, or kept for older versions. */
export type Usage = "required" | "optional" | "conditional" | "former";

/**
 * The segment with all its fields. What a version does not have yet, or no more, is given as the
 * nearest version has it, so that every segment and field that the standard ever named has a name.
 *
 * @returns Undefined where no version has a segment of that name.
 */
export function segmentDefinition(name: string, version: Version): Definition | undefined {
  return segments.definition(name, version);
}

/** The data type with its components: none where it has no parts, as ST and NM. */
export function typeDefinition(name: string, version: Version): Definition | undefined {
  return types.definition(name, version);
}

/** The names of the segments of all versions. */
export function segmentNames(): readonly string[] {
  return [...segmentFile.names()];
}

/** The names of the data types of all versions. */
export function typeNames(): readonly string[] {
  return [...typeFile.names()];
}

class Definitions {
  readonly #file: SectionFile;
  readonly #found = new Map<string, Definition | undefined>();

  constructor(file: SectionFile) {
    this.#file = file;
  }

  definition(name: string, version: Version): Definition | undefined {
    const key = `${version} ${name}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = this.#read(name, version);
    // A name that is in no version comes from a message, and could be any.
    if (found !== undefined) this.#found.set(key, found);
    return found;
  }

  #read(name: string, version: Version): Definition | undefined {
    const section = this.#file.section(name);
    if (section === undefined) return undefined;
    const parts: PartDefinition[] = [];
    for (const line of section.lines) {
      const row = line.split("|");
      const number = Number(row[0]);
      const since = row[1] ?? "";
      const isLater = isBefore(version, since);
      // Rows are in the order of the versions: the last that is not later counts, else the first.
      if (isLater && parts[number - 1] !== undefined) continue;
      parts[number - 1] = partOf(row, isLater ? (since as Version) : undefined);
    }
    return { name, title: section.heading, parts };
  }
}

function partOf(row: readonly string[], laterThan: Version | undefined): PartDefinition {
  const [number = "", , type = "", usage = "", repeats = "", length = "", table = ""] = row;
  return {
    number: Number(number),
    name: row[7] ?? "",
    type,
    usage: usages[usage] ?? "optional",
    maxRepetitions: repeats === "*" ? Infinity : Number(repeats === "" ? 1 : repeats),
    ...(length === "" ? {} : { maxLength: Number(length) }),
    ...(table === "" ? {} : { table }),
    ...(laterThan === undefined ? {} : { laterThan }),
  };
}

const usages: Readonly<Record<string, Usage>> = {
  R: "required",
  O: "optional",
  C: "conditional",
  B: "former",
};

/** Each row is `number|since|type|usage|repetitions|length|table|name`. */
export const segmentFile = new SectionFile("segments");

const segments = new Definitions(segmentFile);
const typeFile = new SectionFile("types");
const types = new Definitions(typeFile);
