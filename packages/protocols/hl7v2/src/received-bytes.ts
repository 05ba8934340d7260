import { markLength } from "./charset.ts";
import { encodeText } from "./encode.ts";

/** Finds which bytes a stretch of the received text came from. Asked in the order of the text. */
export class ReceivedBytes {
  readonly #bytes: Uint8Array;
  readonly #charset: string;
  readonly #text: string;
  #index = 0;
  #offset: number;

  constructor(received: { bytes: Uint8Array; charset: string; text: string }) {
    this.#bytes = received.bytes;
    this.#charset = received.charset;
    this.#text = received.text;
    this.#offset = markLength(received.bytes);
  }

  /** The bytes of `[from, to)` of the text, and a byte order mark where `from` is its beginning. */
  stretch(from: number, to: number): Uint8Array {
    const first = from === 0 ? 0 : this.#advance(from);
    return this.#bytes.subarray(first, this.#advance(to));
  }

  /** The offset of the first byte of that character. */
  #advance(index: number): number {
    this.#offset += this.#lengthOf(this.#text.slice(this.#index, index));
    this.#index = index;
    return this.#offset;
  }

  #lengthOf(text: string): number {
    if (text === "") return 0;
    if (this.#charset === "utf-8") return Buffer.byteLength(text);
    if (this.#charset.startsWith("utf-16")) return 2 * text.length;
    if (this.#bytes.byteLength - markLength(this.#bytes) === this.#text.length) return text.length;
    const written = encodeText(text, this.#charset);
    if (typeof written !== "number" && this.#isNext(written)) return written.byteLength;
    return this.#countBytes(text.length);
  }

  #isNext(written: Uint8Array): boolean {
    const next = this.#bytes.subarray(this.#offset, this.#offset + written.byteLength);
    return Buffer.compare(next, written) === 0;
  }

  /** Byte by byte, for text that its sender wrote in another way than we would. */
  #countBytes(characters: number): number {
    const decoder = new TextDecoder(this.#charset, { ignoreBOM: true });
    let count = 0;
    let at = this.#offset;
    for (; count < characters && at < this.#bytes.byteLength; at += 1) {
      count += decoder.decode(this.#bytes.subarray(at, at + 1), { stream: true }).length;
    }
    return at - this.#offset;
  }
}
