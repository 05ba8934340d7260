/** What each character is written as: up to four bytes as one number, the first byte highest. */
export type CodePage = ReadonlyMap<string, number>;

/**
 * The characters of a legacy encoding and their bytes, made from the decoder that Node brings: what
 * can be read can be written, and reads again as itself. Made on first use; the largest takes a few
 * milliseconds. Where several byte sequences stand for one character, the first one that is not an
 * extension of a vendor's counts.
 */
export function codePage(encoding: string): CodePage {
  const known = pages.get(encoding);
  if (known !== undefined) return known;
  const page = new Map<string, number>();
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for (const sequences of candidates(encoding)) {
    const texts = decoder.decode(joined(sequences)).split("\n");
    for (const [index, text] of texts.entries()) {
      const code = sequences[index];
      const isOne = text !== "" && !text.includes("\u{FFFD}") && isOneCharacter(text);
      if (isOne && code !== undefined && !page.has(text)) page.set(text, code);
    }
  }
  pages.set(encoding, page);
  return page;
}

function isOneCharacter(text: string): boolean {
  return text.length === ((text.codePointAt(0) ?? 0) > 0xff_ff ? 2 : 1);
}

/** How many bytes a code has. */
export function codeLength(code: number): number {
  if (code < 0x1_00) return 1;
  if (code < 0x1_00_00) return 2;
  return code < 0x1_00_00_00 ? 3 : 4;
}

function candidates(encoding: string): readonly (readonly number[])[] {
  const singles = range(0x80, 0xff);
  switch (encoding) {
    case "gb18030":
      return [pairs(range(0x81, 0xfe), range(0x40, 0xfe)), fourByteCodes(), [0x80]];
    case "big5":
      // Before A140 stand characters of Hong Kong that plain Big5 has not, or has elsewhere.
      return [
        pairs(range(0xa1, 0xf9), range(0x40, 0xfe)),
        pairs([...range(0x81, 0xa0), ...range(0xfa, 0xfe)], range(0x40, 0xfe)),
      ];
    case "euc-kr":
      return [singles, pairs(range(0x81, 0xfe), range(0x40, 0xfe))];
    case "shift_jis":
      // ED and EE repeat what FA to FC hold.
      return [
        singles,
        pairs([...range(0x81, 0xec), ...range(0xef, 0xfc)], range(0x40, 0xfc)),
        pairs([0xed, 0xee], range(0x40, 0xfc)),
      ];
    case "euc-jp":
      return [pairs([0x8e], range(0xa1, 0xdf)), pairs(range(0xa1, 0xfe), range(0xa1, 0xfe))];
    default:
      return [singles];
  }
}

/** The four-byte codes of GB 18030 for the characters that have no shorter one, up to U+FFFF. */
function fourByteCodes(): readonly number[] {
  const digits = range(0x30, 0x39);
  const leads = pairs(range(0x81, 0x84), digits);
  const trails = pairs(range(0x81, 0xfe), digits);
  return leads.flatMap((lead) => trails.map((trail) => lead * 0x1_00_00 + trail));
}

function pairs(leads: readonly number[], trails: readonly number[]): readonly number[] {
  return leads.flatMap((lead) => trails.map((trail) => lead * 0x1_00 + trail));
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Each sequence on a line of its own: a line feed ends whatever a decoder has begun. */
function joined(sequences: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const code of sequences) {
    for (let left = codeLength(code) - 1; left >= 0; left -= 1) {
      bytes.push(Math.floor(code / 2 ** (8 * left)) & 0xff);
    }
    bytes.push(0x0a);
  }
  return Uint8Array.from(bytes);
}

const pages = new Map<string, CodePage>();
