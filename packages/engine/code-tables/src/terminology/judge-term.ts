import { distance } from "fastest-levenshtein";
import type { CodeToMap, Evidence } from "../suggest/suggest.ts";
import { type Spelled, spelled } from "../suggest/likeness.ts";
import type { Term } from "./term.ts";

/**
 * How much a name of a terminology speaks for being what a local code means: how many of the wanted
 * words it has, and how little else it says. Local codes are often short names, so that they are
 * looked for too; what a terminology calls otherwise counts a little less than its name.
 *
 * @param source As a reason names it, such as `LOINC 2.78`.
 */
export function judgeTerm(
  { local, display = "" }: CodeToMap,
  { name, also }: Term,
  source: string,
): Evidence | undefined {
  const names = [spelled(name), spelled(also)] as const;
  const likeness = Math.max(
    ...[display, local].map((text) => likenessOf(sayingWords(text), names)),
  );
  if (likeness < leastAlike) return undefined;
  return { weight: likeness * ofTerm, source, reason: `“${name}” is a name in ${source}.` };
}

/** The words of a text that say something; `or` stands in the name of every second test. */
export function sayingWords(text: string): readonly string[] {
  return [...spelled(text).words].filter((word) => !sayNothing.has(word));
}

function likenessOf(wanted: readonly string[], [name, also]: readonly [Spelled, Spelled]): number {
  if (wanted.length === 0) return 0;
  let found = 0;
  for (const word of wanted) {
    if (hasWord(name, word)) found += 1;
    else if (hasWord(also, word)) found += ofOtherName;
  }
  const share = found / wanted.length;
  const extra = Math.max(0, name.words.size - wanted.length);
  return share * (1 - (extra / (extra + 8)) * ofExtra);
}

/** Senders shorten words, so that the beginning of a word stands for it; and they misspell long ones. */
function hasWord({ words }: Spelled, wanted: string): boolean {
  if (words.has(wanted)) return true;
  if (wanted.length < 3) return false;
  for (const word of words) {
    if (word.startsWith(wanted)) return true;
    if (wanted.length > 6 && distance(word, wanted) === 1) return true;
  }
  return false;
}

const sayNothing: ReadonlySet<string> = new Set(
  "and by for from in of on or the to with".split(" "),
);
const leastAlike = 0.5;
const ofTerm = 0.8;
const ofOtherName = 0.8;
/** A name says much that a local name leaves out: specimen, method, unit. */
const ofExtra = 0.35;
