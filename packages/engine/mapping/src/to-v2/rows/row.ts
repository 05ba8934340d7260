import type { Node } from "./node.ts";
import type { Sight } from "./sight.ts";
import type { Made } from "./written.ts";

/** Makes a part of a message of a piece of the bundle. Never throws; tells the sight what is wrong. */
export type Converter = (node: Node, sight: Sight, lookup: Lookup) => Made;

/** Where a row stands: what is in sight, and inside a data type the value it is made of. */
export interface Reading {
  readonly sight: Sight;
  readonly node?: Node;
  /** The table of the row that uses the data type. */
  readonly lookup?: Lookup;
}

export type Condition = (reading: Reading) => boolean;

/** The code table of a row, read from the standard's code to the local one. */
export interface Lookup {
  /** Its name. `*` in a data type: the table of the row that uses the data type. */
  readonly table?: string;
  /**
   * A code without a row: `refuse` the message, which is what happens where nothing is said;
   * `pass` it on as it is; or `leave out` the value.
   */
  readonly unlisted?: "refuse" | "pass" | "leave out";
}

/**
 * One line of a map: which field a value goes to, where it comes from, what it becomes on the way.
 *
 * Rows are read in order. Where two write to the same place, the first that has a value wins; a
 * field that ends in `[]` repeats, and takes every value of every row.
 */
export interface Row<To extends string | number = string> extends Lookup {
  /** `PID-7`, `PID-5[]`, `SCH-11.4`; in a data type the number of a component. */
  readonly to: To;
  /** Added to the row's id where another row of the map goes to the same place. */
  readonly id?: string;
  /**
   * `Patient.name`: a resource in sight and the way to an element of it. In a data type the way
   * from the value; empty for the value itself. Of several, the first valued.
   */
  readonly from?: string | readonly string[];
  /** Which of the values there count. */
  readonly where?: (node: Node) => boolean;
  /** Of several values only the first is meant; otherwise the others give a warning. */
  readonly takes?: "first";
  /** What the value becomes; text where left out. */
  readonly as?: Converter;
  /** A constant, in place of `from`. */
  readonly is?: string;
  /** The number of the segment among its like, in place of `from`. */
  readonly counts?: true;
  readonly when?: Condition;
}

/** A row with its text taken apart once. */
export interface CompiledRow {
  /** Stable: map and place, such as `patient.PID-5` or `patient.PID-13.mobile`. */
  readonly id: string;
  readonly to: Place;
  readonly from: readonly Way[];
  readonly where: (node: Node) => boolean;
  readonly takesFirst: boolean;
  readonly as: Converter;
  readonly is: string | undefined;
  readonly counts: boolean;
  readonly when: Condition | undefined;
  readonly lookup: Lookup;
}

/** Which field, and which component of it; 0: the whole. In a data type there is only a component. */
export interface Place {
  readonly field: number;
  readonly component: number;
  readonly isList: boolean;
}

/** A name in sight, empty in a data type, and the elements on the way. */
export interface Way {
  readonly name: string;
  readonly steps: readonly string[];
}
