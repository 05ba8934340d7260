import type { Draftable } from "./draft.ts";
import type { Reading } from "./fill.ts";
import type { Part } from "./part.ts";
import type { Scope } from "./scope.ts";

/** Makes a FHIR value of a part of the message; undefined where there is none. Never throws. */
export interface Converter {
  (part: Part, scope: Scope, lookup: Lookup): unknown;
  /** Set by `recurring`. */
  readonly recurs?: true;
}

/** Whether a row applies here; `object` is what the rows before it have written. */
export type Condition = (reading: Reading, object: Readonly<Draftable>) => boolean;

/** Whether a row reads the segments in sight, or those of the groups inside its own. */
export type Reach = "here" | "below";

/** The code table of a row. */
export interface Lookup {
  /** Its name. `*` in a data type: the table of the row that uses the data type. */
  readonly table?: string;
  /** The table lists only some codes on purpose: others give no warning. */
  readonly isPartial?: boolean;
}

/**
 * One line of a map: where a value goes, where it comes from, what it becomes on the way.
 *
 * Rows are read in order. Where two write to the same place, the first that has a value wins; a
 * place that ends in `[]` is a list, and takes every value of every row.
 */
export interface Row<Key extends string = string> extends Lookup {
  /** `birthDate`, `period.start`, `name[]`; `communication[].language` makes an item for each value. */
  readonly to: Key | `${Key}[]` | `${Key}.${string}` | `${Key}[].${string}`;
  /** Added to the row's id where another row of the map goes to the same place. */
  readonly id?: string;
  /** `PID-7`, `PID-5.2`; in a data type the number of a component. Of several, the first valued. */
  readonly from?: string | number | readonly (string | number)[];
  readonly reach?: Reach;
  /** What the value becomes; text where left out. */
  readonly as?: Converter;
  /** A constant, in place of `from`. */
  readonly is?: unknown;
  /**
   * The name of a map, in place of `from`: a reference to what it built for this part of the
   * message; `*` is everything that was built.
   */
  readonly refersTo?: string;
  /** What stands beside the value in an item: `status` where the row goes to `participant[].actor`. */
  readonly with?: readonly Row[];
  readonly when?: Condition;
}

/** A row as the reader of rows wants it: all text taken apart, all that can be decided decided. */
export interface CompiledRow {
  /** Stable: map and place, such as `patient.birthDate` or `patient.telecom.work`. */
  readonly id: string;
  readonly to: Target;
  readonly when: Condition | undefined;
  /** Finds the values of the row and writes them into the object: which of the ways fits the row. */
  readonly run: RunRow;
  readonly from: readonly RowSource[];
  readonly reach: Reach;
  readonly is: unknown;
  readonly refersTo: string;
  readonly with: readonly CompiledRow[];
  readonly lookup: Lookup;
  /** The table is that of the row that uses the data type. */
  readonly inheritsTable: boolean;
}

/** @returns Whether the message gave a value; constants and references do not count. */
export type RunRow = (object: Draftable, row: CompiledRow, reading: Reading) => boolean;

/** A place that a row reads, and what becomes of what stands there. */
export interface RowSource {
  readonly place: Place;
  readonly as: Converter;
}

/** A place, and in which groups it is looked for. */
export interface PlaceInReach {
  readonly place: Place;
  readonly reach: Reach;
}

/** Where a value goes: through objects, to a key, perhaps into a list, perhaps inside its items. */
export interface Target {
  readonly owners: readonly string[];
  readonly key: string;
  readonly isList: boolean;
  readonly itemKeys: readonly string[];
}

/** A field of a segment or a component of it; or, without segment, a component of the part at hand. */
export interface Place {
  readonly segment: string;
  /** The number of the segment's name, and which of the places in such segments this is; from 0. */
  readonly segmentNumber: number;
  readonly index: number;
  readonly field: number;
  /** 0: the whole. */
  readonly component: number;
}
