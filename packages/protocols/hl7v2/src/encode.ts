import { isAscii } from "node:buffer";
import { codeLength, codePage } from "./code-pages.ts";

/**
 * Writes text as bytes. Nothing is replaced: what the encoding does not have is an answer.
 *
 * @param encoding A label as `Decoded.charset` has it; `utf-16` is written with the higher byte
 * first, as the standard of UTF-16 has it where there is no byte order mark.
 * @returns The bytes, or the index of the first character that the encoding does not have.
 */
export function encodeText(text: string, encoding: string): Uint8Array | number {
  switch (encoding) {
    case "utf-8":
      return wellFormed(text) ?? Buffer.from(text, "utf8");
    case "utf-16le":
      return wellFormed(text) ?? Buffer.from(text, "utf16le");
    case "utf-16":
    case "utf-16be":
      return wellFormed(text) ?? Buffer.from(text, "utf16le").swap16();
    case "iso-2022-jp":
      return encodeIso2022(text);
    default:
      return isPlain(text) ? Buffer.from(text, "latin1") : encodeByPage(text, encoding);
  }
}

/** The index of the first half of a character that has lost its other half. */
function wellFormed(text: string): number | undefined {
  if (text.isWellFormed()) return undefined;
  let index = 0;
  for (const character of text) {
    if (!character.isWellFormed()) return index;
    index += character.length;
  }
  return index;
}

function isPlain(text: string): boolean {
  return isAscii(Buffer.from(text, "utf8"));
}

function encodeByPage(text: string, encoding: string): Uint8Array | number {
  const page = codePage(encoding);
  const bytes = Buffer.allocUnsafe(longestCode * text.length);
  let length = 0;
  let index = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const isBeyond = encoding === "gb18030" && point > 0xff_ff;
    const written = point < 0x80 ? point : page.get(character);
    const code = isBeyond ? supplementary(point) : written;
    if (code === undefined) return index;
    length = bytes.writeUIntBE(code, length, codeLength(code));
    index += character.length;
  }
  return bytes.subarray(0, length);
}

/** @see GB 18030-2005: the planes above the first are written one after the other, from 90308130 */
function supplementary(point: number): number {
  const offset = point - 0x1_00_00;
  const fourth = 0x30 + (offset % 10);
  const third = 0x81 + (Math.floor(offset / 10) % 126);
  const second = 0x30 + (Math.floor(offset / 1260) % 10);
  const first = 0x90 + Math.floor(offset / 12_600);
  return first * 0x1_00_00_00 + second * 0x1_00_00 + third * 0x1_00 + fourth;
}

/**
 * ASCII, JIS X 0208 and half-width katakana, each behind the escape sequence that begins it; back in
 * ASCII at the end, as the standard asks for at the end of each segment.
 *
 * @see RFC 1468; JIS X 0201 by ESC ( I as the Encoding Standard reads it
 */
function encodeIso2022(text: string): Uint8Array | number {
  const bytes: number[] = [];
  let set = ascii;
  let index = 0;
  const enter = (next: string) => {
    if (next !== set) bytes.push(...Buffer.from(next, "latin1"));
    set = next;
  };
  for (const character of text) {
    const written = iso2022CodeOf(character);
    if (written === undefined) return index;
    enter(written.set);
    bytes.push(...written.bytes);
    index += character.length;
  }
  enter(ascii);
  return Uint8Array.from(bytes);
}

function iso2022CodeOf(
  character: string,
): { readonly set: string; readonly bytes: readonly number[] } | undefined {
  const point = character.codePointAt(0) ?? 0;
  // Escape and the shifts would be taken for a change of the set.
  if (point === 0x1b || point === 0x0e || point === 0x0f) return undefined;
  if (point < 0x80) return { set: ascii, bytes: [point] };
  const code = codePage("euc-jp").get(character);
  if (code === undefined) return undefined;
  const [lead, trail] = [code >> 8, code & 0xff];
  if (lead === 0x8e) return { set: katakana, bytes: [trail & 0x7f] };
  return { set: kanji, bytes: [lead & 0x7f, trail & 0x7f] };
}

const ascii = "\u001B(B";
const katakana = "\u001B(I";
const kanji = "\u001B$B";

/** Of GB 18030. */
const longestCode = 4;
