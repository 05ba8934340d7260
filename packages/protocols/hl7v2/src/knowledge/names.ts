import type { Field, Segment } from "../segment.ts";
import { segmentDefinition, segmentFile, typeDefinition } from "./definitions.ts";
import type { Version } from "./versions.ts";

/** What a field or component is called, and its data type. */
export interface Label {
  readonly name: string;
  /** `CX`, `ST`; `varies` where another field of the segment names it, as OBX-2 does for OBX-5. */
  readonly type: string;
}

/**
 * What a segment is called. Segments that begin with Z are the site's own, whatever they hold.
 *
 * @returns Undefined for a segment that no version has.
 * @see HL7 v2.5.1, chapter 2.5.1 for Z
 */
export function segmentLabel(name: string, version: Version = "2.9"): string | undefined {
  return segmentDefinition(name, version)?.title ?? (isOwnSegment(name) ? ownSegment : undefined);
}

/** What the field of that number, from 1, is called. */
export function fieldLabel(
  segment: string,
  number: number,
  version: Version = "2.9",
): Label | undefined {
  return labelOf(segmentDefinition(segment, version)?.parts[number - 1]);
}

/** What the component of that number, from 1, is called; undefined in types that have none. */
export function componentLabel(
  dataType: string,
  number: number,
  version: Version = "2.9",
): Label | undefined {
  return labelOf(typeDefinition(dataType, version)?.parts[number - 1]);
}

/** Whether the segment is a site's own: its name begins with Z. */
export function isOwnSegment(name: string): boolean {
  return name.charCodeAt(0) === 0x5a && /^Z[A-Z0-9]{2}$/u.test(name);
}

/**
 * The field of a segment by the standard's name: `fieldNamed(pid, "Patient Identifier List")`.
 * Capitals, spaces and marks do not count, and the name of any version will do.
 *
 * @returns Undefined where no version gives a field of the segment that name.
 */
export function fieldNamed(segment: Segment, name: string): Field | undefined {
  const wanted = folded(name);
  const row = segmentFile
    .section(segment.name)
    ?.lines.findLast((line) => folded(line.split("|")[7] ?? "") === wanted);
  return row === undefined ? undefined : segment.field(Number.parseInt(row, 10));
}

function labelOf(part: Label | undefined): Label | undefined {
  return part === undefined ? undefined : { name: part.name, type: part.type };
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}

const ownSegment = "Site's own segment";
