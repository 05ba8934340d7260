import type { GroupName } from "../structure/group-kinds.ts";

/**
 * A site's changes to the base maps, as plain values: they are read from `overlay.yaml`, checked, and
 * go to the thread that maps.
 */
export interface Overlay {
  /** Segments of the site's own, such as ZPD, and the group whose rows may read them. */
  readonly segments: Readonly<Record<string, GroupName>>;
  /** Changes by the name of the map, in order. */
  readonly maps: Readonly<Record<string, readonly RowChange[]>>;
  /** Fields that this site leaves out on purpose. */
  readonly notMapped?: readonly LeftOutField[] | undefined;
}

/** A field, `ZPV-2`, a component, `PID-3.7`, or a whole segment, `ZPV-*`, and why it is not mapped. */
export interface LeftOutField {
  readonly field: string;
  readonly reason: string;
}

/** One change to a row, which is named as the map names it: `birthDate`, `identifier.ssn`. */
export type RowChange =
  | ({ readonly change: "add"; readonly row: string } & OverlayRow)
  | ({ readonly change: "replace"; readonly row: string } & OverlayRow)
  | { readonly change: "remove"; readonly row: string };

/** What a row of an overlay says. In a `replace`, what it leaves out stays as it was. */
export interface OverlayRow {
  /** The element, such as `birthDate`, `name[]` or `contact[].name`. */
  readonly to?: string | undefined;
  /** The field, `PID-7` or `PID-5.2`. */
  readonly from?: string | undefined;
  /** Fields of which the first that has a value counts. */
  readonly firstOf?: readonly string[] | undefined;
  /** What the value becomes; a name of `converters`. */
  readonly as?: string | undefined;
  readonly table?: string | undefined;
  /** A constant, as JSON. */
  readonly is?: unknown;
  /** The address of an extension that wraps the value. */
  readonly extension?: string | undefined;
  /** Its element, such as `valueString`. */
  readonly value?: string | undefined;
  readonly when?: OverlayCondition | undefined;
}

/** When a row applies; of several keys all must hold. */
export interface OverlayCondition {
  /** Something is written in each of these fields. */
  readonly has?: readonly string[] | undefined;
  /** Nothing is written in any of these fields. */
  readonly lacks?: readonly string[] | undefined;
  /** Fields and the texts of which each has one. */
  readonly oneOf?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Fields and the value set of which each has a code. */
  readonly inSet?: Readonly<Record<string, string>> | undefined;
  readonly not?: OverlayCondition | undefined;
  readonly any?: readonly OverlayCondition[] | undefined;
}
