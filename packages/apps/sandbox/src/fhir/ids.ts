import { offeredTypes } from "./capability/resource-types.ts";
import {
  type Block,
  type Scrambler,
  createScrambler,
  textToBlock,
  wordsToText,
} from "./scramble.ts";

/** What an id stands for. All of it is in the id, so that nothing has to be remembered. */
export interface RecordKey {
  readonly type: string;
  /** The patient's record number; 0 for staff, places and the like. Below 2^32. */
  readonly owner: number;
  /** Tells apart what is numbered apart within a type. Below 256. */
  readonly kind: number;
  /** The record's own number, such as a contact serial number. Below 2^32. */
  readonly item: number;
  /** A part of that record, such as a component of a result. Below 65,536. */
  readonly part: number;
}

/**
 * How long an id is and what it begins and ends with. `stored` stands for a record of its own,
 * `composite` for a part of one, `held` for what waits in the holding tank, `dstu2` for the
 * interface of DSTU2.
 */
export type IdForm = "stored" | "stored-long" | "composite" | "composite-long" | "held" | "dstu2";

/** Makes and reads the ids of one site. */
export interface Ids {
  print(form: IdForm, key: RecordKey): string;
  /** Undefined for what is no id of this site. */
  read(id: string): RecordKey | undefined;
}

/**
 * Ids in Epic's form. They are scrambled by the site's number: two sites have other ids for the same
 * record, and nobody can tell from an id what it stands for. They are no secrets.
 *
 * @param site Such as `0.1`, customer and environment.
 */
export function createIds(site: string): Ids {
  const current = createScrambler(site);
  const old = createScrambler(`${site} DSTU2`);
  const scramblerOf = (form: IdForm) => (form === "dstu2" ? old : current);
  const print = (form: IdForm, key: RecordKey) => {
    const { begin, end, length } = shapes[form];
    const within = length - begin.length - end.length;
    return `${begin}${wordsToText(wordsOf(packed(key), scramblerOf(form), within), within)}${end}`;
  };
  return {
    print,
    read(id) {
      const form = formOf(id);
      if (form === undefined) return undefined;
      const key = unpacked(scramblerOf(form).unscramble(textToBlock(id.slice(1))));
      return key !== undefined && print(form, key) === id ? key : undefined;
    },
  };
}

/** As many words as the characters take; those behind the first block follow from it. */
function wordsOf(block: Block, scrambler: Scrambler, characters: number): readonly number[] {
  const first = scrambler.scramble(block);
  if (characters <= 22) return first;
  const second = scrambler.scramble(first);
  return characters <= 43
    ? [...first, ...second]
    : [...first, ...second, ...scrambler.scramble(second)];
}

/** The last word stays zero: what was not made here does not come out so. */
function packed({ type, owner, kind, item, part }: RecordKey): Block {
  const number = typeNumbers.get(type) ?? 0;
  return [owner, item, ((number << 24) | (kind << 16) | part) >>> 0, 0];
}

function unpacked([owner, item, rest, check]: Block): RecordKey | undefined {
  const type = offeredTypes[(rest >>> 24) - 1]?.type;
  if (type === undefined || check !== 0) return undefined;
  return { type, owner, kind: (rest >>> 16) & 0xff, item, part: rest & 0xff_ff };
}

function formOf(id: string): IdForm | undefined {
  return forms.find((form) => {
    const { begin, end, length } = shapes[form];
    return id.length === length && id.startsWith(begin) && id.endsWith(end);
  });
}

/** Lengths as captured: 24, 45 or 64 characters; in the holding tank about 62. */
const shapes: Readonly<Record<IdForm, { begin: string; end: string; length: number }>> = {
  stored: { begin: "e", end: "3", length: 24 },
  "stored-long": { begin: "e", end: "3", length: 45 },
  composite: { begin: "f", end: "4", length: 45 },
  "composite-long": { begin: "f", end: "4", length: 64 },
  held: { begin: "O", end: "", length: 62 },
  dstu2: { begin: "T", end: "B", length: 45 },
};

const forms: readonly IdForm[] = [
  "stored",
  "stored-long",
  "composite",
  "composite-long",
  "held",
  "dstu2",
];

/** From 1, in the order of the list of types. */
const typeNumbers: ReadonlyMap<string, number> = new Map(
  offeredTypes.map(({ type }, index) => [type, index + 1]),
);
