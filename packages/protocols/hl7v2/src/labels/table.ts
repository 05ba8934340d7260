/** What a part is called, and its data type; `varies` where another field names the type. */
export type Row = readonly [name: string, type: string];

/** Segments by name. The first row is field 1. */
export type SegmentTable = Readonly<
  Record<string, { readonly name: string; readonly fields: readonly Row[] }>
>;

/** Data types that have components, by name. The first row is component 1. */
export type TypeTable = Readonly<Record<string, readonly Row[]>>;
