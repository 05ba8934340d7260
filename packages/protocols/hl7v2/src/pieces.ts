/** A stretch `[from, to)` of the received text, or text that was written since. */
export type Piece = string | { readonly from: number; readonly to: number };

export function lengthOf(piece: Piece): number {
  return typeof piece === "string" ? piece.length : piece.to - piece.from;
}

/** The pieces with `[from, to)` of the text they make replaced. */
export function splice(
  pieces: readonly Piece[],
  { from, to, text }: { readonly from: number; readonly to: number; readonly text: string },
): readonly Piece[] {
  const before = cut(pieces, 0, from);
  const behind = cut(pieces, to, Number.POSITIVE_INFINITY);
  return [...before, text, ...behind].filter((piece) => lengthOf(piece) > 0);
}

/** The pieces of `[from, to)` of the text. */
function cut(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const kept: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    const first = Math.max(from - at, 0);
    const last = Math.min(to - at, length);
    if (first < last) kept.push(part(piece, first, last));
    at += length;
  }
  return kept;
}

function part(piece: Piece, first: number, last: number): Piece {
  if (typeof piece === "string") return piece.slice(first, last);
  return { from: piece.from + first, to: piece.from + last };
}

/** Takes pieces from the beginning on, so many characters at a time. */
export class PieceCutter {
  readonly #pieces: readonly Piece[];
  #index = 0;
  /** Characters of the piece at the index that were taken. */
  #taken = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  take(characters: number): readonly Piece[] {
    const found: Piece[] = [];
    let missing = characters;
    while (missing > 0) {
      const piece = this.#pieces[this.#index];
      if (piece === undefined) break;
      const last = Math.min(this.#taken + missing, lengthOf(piece));
      missing -= last - this.#taken;
      found.push(part(piece, this.#taken, last));
      const isAll = last === lengthOf(piece);
      this.#index += isAll ? 1 : 0;
      this.#taken = isAll ? 0 : last;
    }
    return found;
  }
}
