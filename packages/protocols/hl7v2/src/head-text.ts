import { markLength, wideEncoding } from "./charset.ts";

/**
 * The beginning of a message as text, a character for each byte, or for two of UTF-16, so that what
 * is written back is what was read. What stands in a header's numbers and codes is ASCII, which every
 * character set but UTF-16 writes alike. A byte order mark is not part of the text.
 */
export class HeadText {
  readonly text: string;
  readonly #payload: Uint8Array;
  readonly #wide: ReturnType<typeof wideEncoding>;
  readonly #start: number;

  constructor(payload: Uint8Array, maxBytes: number) {
    this.#payload = payload;
    this.#wide = wideEncoding(payload);
    this.#start = markLength(payload);
    const size = Math.min(payload.byteLength - this.#start, maxBytes);
    const bytes = Buffer.from(payload.buffer, payload.byteOffset + this.#start, size);
    if (this.#wide === undefined) this.text = bytes.toString("latin1");
    else this.text = this.#ordered(bytes).toString("utf16le");
  }

  /** Whether it is UTF-16. */
  get isWide(): boolean {
    return this.#wide !== undefined;
  }

  /** The bytes of a text, without a byte order mark. */
  written(text: string): Uint8Array {
    if (this.#wide === undefined) return Buffer.from(text, "latin1");
    return this.#ordered(Buffer.from(text, "utf16le"));
  }

  /** The payload with another text in place of so many of its first characters. */
  replaced(characters: number, text: string): Uint8Array {
    const behind = this.#start + characters * (this.#wide === undefined ? 1 : 2);
    const mark = this.#payload.subarray(0, this.#start);
    return Buffer.concat([mark, this.written(text), this.#payload.subarray(behind)]);
  }

  /** Swaps the bytes of each letter where the higher one comes first. */
  #ordered(bytes: Buffer): Buffer {
    if (this.#wide === "utf-16le") return bytes;
    return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
  }
}
