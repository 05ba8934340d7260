import type { Row } from "./labels/table.ts";
import { segments, types } from "./labels/tables.ts";

/** What a field or component is called, and its data type. */
export interface Label {
  readonly name: string;
  /** `CX`, `ST`; `varies` where another field of the segment names it, as OBX-2 does for OBX-5. */
  readonly type: string;
}

/**
 * What a segment is called. Segments that begin with Z are the site's own, whatever they hold.
 *
 * @returns Undefined for a segment that is in no table here.
 * @see HL7 v2.5.1, chapter 2.5.1 for Z
 */
export function segmentLabel(name: string): string | undefined {
  return segments.get(name)?.name ?? (/^Z[A-Z0-9]{2}$/u.test(name) ? ownSegment : undefined);
}

/** What the field of that number, from 1, is called. */
export function fieldLabel(segment: string, number: number): Label | undefined {
  return labelOf(segments.get(segment)?.fields[number - 1]);
}

/** What the component of that number, from 1, is called; undefined in types that have none. */
export function componentLabel(dataType: string, number: number): Label | undefined {
  return labelOf(types.get(dataType)?.[number - 1]);
}

function labelOf(row: Row | undefined): Label | undefined {
  return row === undefined ? undefined : { name: row[0], type: row[1] };
}

const ownSegment = "Site's own segment";
