/** A place in a message structure: for a segment, for one of several, or for a group. */
export interface StructurePlace {
  /** `PID`, or the group's name. A choice has the names of its segments with `|` between them. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly repeats: boolean;
  /** The segments that may stand here; `ANY` for whatever comes. Empty for a group. */
  readonly segments: readonly string[];
  /** What a group holds, in order. Empty for a segment. */
  readonly places: readonly StructurePlace[];
  /** Every segment that may stand at the place or anywhere below it. */
  readonly holds: ReadonlySet<string>;
}

/**
 * Reads the standard's notation of message structures: `[ ]` is optional, `{ }` repeats, `< | >` is
 * one of several; a group is `NAME: …` inside of brackets of any kind, `( )` for one that is
 * required and does not repeat.
 *
 * @see HL7 v2.5.1, chapter 2.12
 */
export function readNotation(text: string): readonly StructurePlace[] {
  const tokens = text.match(/[[\]{}()]|<[^>]*>|[A-Z][A-Z0-9_]*:?/gu) ?? [];
  return readList({ tokens, at: 0 });
}

interface Reading {
  readonly tokens: readonly string[];
  at: number;
}

function readList(reading: Reading): readonly StructurePlace[] {
  const places: StructurePlace[] = [];
  for (;;) {
    const token = reading.tokens[reading.at];
    if (token === undefined || closing.has(token)) return places;
    places.push(readPlace(reading));
  }
}

function readPlace(reading: Reading): StructurePlace {
  const token = reading.tokens[reading.at] ?? "";
  reading.at += 1;
  const close = brackets[token];
  if (close === undefined) return segmentPlace(token);
  const inside = readInside(reading);
  reading.at += 1;
  return {
    ...inside,
    isRequired: token !== "[" && inside.isRequired,
    repeats: token === "{" || inside.repeats,
  };
}

function readInside(reading: Reading): StructurePlace {
  const token = reading.tokens[reading.at] ?? "";
  if (!token.endsWith(":")) return readPlace(reading);
  reading.at += 1;
  const places = readList(reading);
  const holds = new Set(places.flatMap((place) => [...place.holds]));
  return {
    name: token.slice(0, -1),
    isRequired: true,
    repeats: false,
    segments: [],
    places,
    holds,
  };
}

function segmentPlace(token: string): StructurePlace {
  const name = token.replace(/^<|>$/gu, "");
  const segments = name.split("|");
  return {
    name,
    isRequired: true,
    repeats: false,
    segments,
    places: [],
    holds: new Set(segments),
  };
}

const brackets: Readonly<Record<string, string>> = { "[": "]", "{": "}", "(": ")" };
const closing: ReadonlySet<string> = new Set(Object.values(brackets));
