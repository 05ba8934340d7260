import { type Elements, inside, listed } from "./elements.ts";

/**
 * The words of a text as search compares them: small letters without accents, apostrophes or
 * punctuation. `O'Brien-Núñez` gives `obrien` and `nunez`. At most 16 words, each once.
 */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþı]/gu, (letter) => spelled[letter] ?? letter)
    .replaceAll(/[\p{M}'’ʼ`´]/gu, "");
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu))].slice(0, maxWords);
}

/**
 * The words of a patient's family and given names, former ones included, as a patient's row holds
 * them: a blank before each, so that ` gar` finds a beginning.
 */
export function namesOf(patient: Elements): string {
  const words = wordsOf(listed(patient["name"]).flatMap(partsOf).join(" "));
  return words.map((word) => ` ${word}`).join("");
}

function partsOf(name: unknown): readonly string[] {
  const { family, given, text } = inside(name);
  const told = [family, ...listed(given)].filter((part) => typeof part === "string");
  return told.length === 0 && typeof text === "string" ? [text] : told;
}

const maxWords = 16;

/** Letters that Unicode does not take apart into a letter and a mark. */
const spelled: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};
