import { distance } from "fastest-levenshtein";

/**
 * How alike two texts are, from 0 to 1: letters that differ, or words that both have, whichever says
 * more. Case and punctuation do not count; other digits make other things, so `A1C` and `A2C` are far
 * apart. Symmetric; 1 for texts that differ in nothing that counts.
 */
export function likeness(one: Spelled, other: Spelled): number {
  if (one.letters === "" || other.letters === "") return 0;
  if (one.letters === other.letters) return 1;
  const alike = Math.max(byLetters(one.letters, other.letters), byWords(one.words, other.words));
  return one.digits === other.digits ? alike : alike * otherDigits;
}

/** A text, prepared for many comparisons. */
export interface Spelled {
  /** Without blanks and punctuation, in lower case. */
  readonly letters: string;
  readonly digits: string;
  readonly words: ReadonlySet<string>;
}

export function spelled(text: string): Spelled {
  const words =
    text
      .toLowerCase()
      .normalize("NFKD")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.join("");
  return { letters, digits: letters.replaceAll(/\P{N}/gu, ""), words: new Set(words) };
}

function byLetters(one: string, other: string): number {
  const [short, long] = [one.length, other.length].toSorted((a, b) => a - b) as [number, number];
  // What is this much longer differs by more than could be of use; the search is spared.
  return short / long < leastOfUse ? 0 : 1 - distance(one, other) / long;
}

/** Words in both, of all words of the two. @see Dice, 1945: the coefficient of two sets */
function byWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}

const leastOfUse = 0.6;
const otherDigits = 0.6;
