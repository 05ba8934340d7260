/** One text on its way into a message, without escapes, and why it stands there. */
export interface Piece {
  readonly text: string;
  /** The element it came from, `entry[0].resource.name[0].family`. */
  readonly path?: string;
  /** The code table and its row, `gender: F`, where one decided. */
  readonly row?: string;
  /** The rule in words where neither says enough. */
  readonly rule?: string;
  /** Encoded content such as a PDF, which has a limit of its own. */
  readonly isContent?: boolean;
}

/** Pieces by component number less one; inside a component they are its subcomponents. */
export interface Composite {
  readonly components: readonly (Written | undefined)[];
}

/** A repetition of a field, a component, or a subcomponent. */
export type Written = Piece | Composite;

/** What a converter makes: one value, several repetitions, or nothing. */
export type Made = Written | readonly Written[] | undefined;

export function isPiece(written: Written): written is Piece {
  return "text" in written;
}

/** What a converter made, as a list. */
export function listOf(made: Made): readonly Written[] {
  if (made === undefined) return [];
  return "length" in made ? made : [made];
}

/** All texts of a value, to tell whether two are the same. */
export function textsOf(written: Written): string {
  if (isPiece(written)) return JSON.stringify(written.text);
  return `[${written.components.map((each) => (each === undefined ? "" : textsOf(each))).join()}]`;
}
