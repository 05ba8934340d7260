/** A piece of a line: text that stands at a place of the message, or what parts such texts. */
export interface WirePiece {
  readonly text: string;
  /** Characters before it in its line, after the name. */
  readonly start: number;
  /** `PID-3[1].4`, or `PID-8` where nothing is divided; undefined for a separator, and in lines that are no segment. */
  readonly at: string | undefined;
}

/** One line: a segment with its pieces in order. */
export interface WireLine {
  /** Counted from 0. */
  readonly number: number;
  /** `PID`, or `OBX[2]` for the third of its kind; undefined where the line is no segment. */
  readonly at: string | undefined;
  /** The segment's name. */
  readonly name: string;
  readonly pieces: readonly WirePiece[];
}

/**
 * Cuts wire text into its smallest places, so that each can be pointed at. Pieces together are the
 * line after its name. Fields and components count from 1, segments of a kind and repetitions from
 * 0, and a 0 is not written.
 *
 * @param wire Segments parted by line feeds; with masked text the same, since separators stay.
 * @see HL7 v2.5.1, chapter 2.5
 */
export function cutWire(wire: string): readonly WireLine[] {
  const lines = wire.split("\n");
  const marks = marksOf(lines.find((line) => /^(?:MSH|FHS|BHS)/u.test(line)) ?? "");
  const counts = new Map<string, number>();
  return lines.map((line, number) => {
    const { at, name, pieces } = cutLine(line, { marks, counts });
    return { number, at, name, pieces: placed(pieces) };
  });
}

type Cut = Omit<WirePiece, "start">;

interface CutLine {
  readonly at: string | undefined;
  readonly name: string;
  readonly pieces: readonly Cut[];
}

interface Marks {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly subcomponent: string;
}

interface Cutting {
  readonly marks: Marks;
  /** Lines of each name so far. */
  readonly counts: Map<string, number>;
}

function marksOf(header: string): Marks {
  return {
    field: header.charAt(3) || "|",
    component: header.charAt(4) || "^",
    repetition: header.charAt(5) || "~",
    subcomponent: header.charAt(7) || "&",
  };
}

function cutLine(line: string, { marks, counts }: Cutting): CutLine {
  const name = line.slice(0, 3);
  const isSegment = /^[A-Z][A-Z0-9]{2}$/u.test(name) && ["", marks.field].includes(line.charAt(3));
  if (!isSegment) return { at: undefined, name: "", pieces: [{ text: line, at: undefined }] };
  const index = counts.get(name) ?? 0;
  counts.set(name, index + 1);
  const at = index === 0 ? name : `${name}[${index}]`;
  const isHeader = name === "MSH" || name === "FHS" || name === "BHS";
  const [, ...fields] = line.split(marks.field);
  const pieces = fields.flatMap((field, position) => {
    // In a header the first separator is itself the first field.
    const number = position + (isHeader ? 2 : 1);
    const place = `${at}-${number}`;
    const isMarks = isHeader && number === 2;
    return [
      { text: marks.field, at: undefined },
      ...(isMarks ? [{ text: field, at: place }] : cutField(field, place, marks)),
    ];
  });
  return { at, name, pieces };
}

function cutField(field: string, at: string, marks: Marks): readonly Cut[] {
  return parted(field, marks.repetition, (repetition, index) => {
    const place = index === 0 ? at : `${at}[${index}]`;
    if (!repetition.includes(marks.component)) return [{ text: repetition, at: place }];
    return parted(repetition, marks.component, (component, number) => {
      const inner = `${place}.${number + 1}`;
      if (!component.includes(marks.subcomponent)) return [{ text: component, at: inner }];
      return parted(component, marks.subcomponent, (text, position) => [
        { text, at: `${inner}.${position + 1}` },
      ]);
    });
  });
}

/** The pieces of each part, with the mark between them. */
function parted(
  text: string,
  mark: string,
  cut: (part: string, index: number) => readonly Cut[],
): readonly Cut[] {
  return text
    .split(mark)
    .flatMap((part, index) => [
      ...(index === 0 ? [] : [{ text: mark, at: undefined }]),
      ...cut(part, index),
    ]);
}

function placed(pieces: readonly Cut[]): readonly WirePiece[] {
  let start = 0;
  return pieces.map(({ text, at }) => {
    const piece = { text, at, start };
    start += text.length;
    return piece;
  });
}
