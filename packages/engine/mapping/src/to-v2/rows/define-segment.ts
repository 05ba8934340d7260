import { compileRows } from "./compile-rows.ts";
import type { CompiledRow, Condition, Row } from "./row.ts";
import type { Sight } from "./sight.ts";
import type { Node } from "./node.ts";

/** How a segment is made. */
export interface SegmentMap {
  /** Begins the id of each of its rows. */
  readonly name: string;
  readonly segment: string;
  readonly rows: readonly CompiledRow[];
  readonly when: Condition | undefined;
  /** Written even where the bundle gives nothing for it. */
  readonly isAlwaysWritten: boolean;
}

/** Segments for each of several things, such as the observations of a report. */
export interface GroupMap {
  /** The name by which the rows inside see the thing. */
  readonly each: string;
  readonly from: EachFrom;
  /** What else they see: a name, and the way to a reference that is followed to its resource. */
  readonly also: Readonly<Record<string, string | readonly string[]>>;
  /** Segments that are numbered anew in each. */
  readonly restarts: readonly string[];
  readonly parts: readonly MessagePart[];
}

/** A way whose references are followed, or a function for what is no plain way. */
export type EachFrom = string | ((sight: Sight) => readonly Node[]);

export type MessagePart = SegmentMap | GroupMap;

/** Declares how a segment is made; checks its rows and takes their text apart once. */
export function defineSegment(
  name: string,
  definition: {
    readonly segment: string;
    readonly rows: readonly Row[];
    readonly when?: Condition;
    readonly isAlwaysWritten?: boolean;
  },
): SegmentMap {
  const { segment, rows, when, isAlwaysWritten = false } = definition;
  const stray = rows.find(({ to }) => !to.startsWith(`${segment}-`));
  if (stray !== undefined) throw new TypeError(`“${stray.to}” is no field of ${segment}`);
  return { name, segment, rows: compileRows(name, rows), when, isAlwaysWritten };
}

/** Declares segments that are written for each of several things. */
export function forEach(
  each: string,
  from: EachFrom,
  rest: {
    readonly also?: GroupMap["also"];
    readonly restarts?: readonly string[];
    readonly parts: readonly MessagePart[];
  },
): GroupMap {
  return { each, from, also: rest.also ?? {}, restarts: rest.restarts ?? [], parts: rest.parts };
}
