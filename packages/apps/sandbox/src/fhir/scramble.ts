import { hash } from "node:crypto";

/** Four words of 32 bits. */
export type Block = readonly [number, number, number, number];

/** Mixes blocks so that what is in them does not show, and unmixes them again. */
export interface Scrambler {
  scramble(block: Block): Block;
  unscramble(block: Block): Block;
}

/**
 * A permutation of blocks that depends on a label: a Feistel network whose round function is the
 * finish of MurmurHash3. It hides nothing from who wants to know; it only makes numbers look like
 * Epic's. A cipher of the platform would cost ten times as much, and ids are made by the thousand.
 */
export function createScrambler(label: string): Scrambler {
  const keys = roundKeys(label);
  return {
    scramble([first, second, third, fourth]) {
      let [a, b, c, d] = [first, second, third, fourth];
      for (const key of keys) {
        const next = (a ^ mixed(b ^ key)) >>> 0;
        a = b;
        b = c;
        c = d;
        d = next;
      }
      return [a, b, c, d];
    },
    unscramble([first, second, third, fourth]) {
      let [a, b, c, d] = [first, second, third, fourth];
      for (let round = keys.length - 1; round >= 0; round -= 1) {
        const before = (d ^ mixed(a ^ (keys[round] ?? 0))) >>> 0;
        d = c;
        c = b;
        b = a;
        a = before;
      }
      return [a, b, c, d];
    },
  };
}

function mixed(word: number): number {
  let hashed = word;
  hashed = Math.imul(hashed ^ (hashed >>> 16), 0x85_eb_ca_6b);
  hashed = Math.imul(hashed ^ (hashed >>> 13), 0xc2_b2_ae_35);
  return hashed ^ (hashed >>> 16);
}

/** Twenty rounds, so that each word has gone through each other several times. */
function roundKeys(label: string): readonly number[] {
  const digits = [0, 1, 2].map((part) => hash("sha256", `${part} ${label}`, "hex")).join("");
  return Array.from({ length: 20 }, (_, round) =>
    Number.parseInt(digits.slice(round * 8, round * 8 + 8), 16),
  );
}

/**
 * Writes words in the characters that an id of R4 may have, six bits each, the highest first.
 *
 * @param length Characters; what the words do not fill is written as zero.
 */
export function wordsToText(words: readonly number[], length: number): string {
  for (let index = 0; index < length; index += 1) {
    const place = index * 6;
    const word = words[place >>> 5] ?? 0;
    const shift = place & 31;
    const bits =
      shift <= 26
        ? word >>> (26 - shift)
        : (word << (shift - 26)) | ((words[(place >>> 5) + 1] ?? 0) >>> (58 - shift));
    scratch[index] = characters.charCodeAt(bits & 63);
  }
  // In one piece: a text that is put together by characters takes thirty times the memory.
  return scratch.toString("latin1", 0, length);
}

const scratch = Buffer.alloc(64);

/** Reads the first block of such a text. What is no character of ids counts as zero. */
export function textToBlock(text: string): Block {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (let index = 0; index < 22; index += 1) {
    const bits = values.get(text.charAt(index)) ?? 0;
    const place = index * 6;
    const at = place >>> 5;
    const shift = place & 31;
    if (shift <= 26) words[at] = ((words[at] ?? 0) | (bits << (26 - shift))) >>> 0;
    else {
      words[at] = ((words[at] ?? 0) | (bits >>> (shift - 26))) >>> 0;
      if (at < 3) words[at + 1] = (bits << (58 - shift)) >>> 0;
    }
  }
  return words;
}

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
const values: ReadonlyMap<string, number> = new Map(
  Array.from(characters, (character, value) => [character, value]),
);
