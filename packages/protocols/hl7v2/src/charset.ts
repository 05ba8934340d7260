import { isAscii } from "node:buffer";
import { type Problem, type Result, fail, succeed } from "@trestle/base";
import { declaredEncoding } from "./charset-names.ts";
import { type MessageLimits, defaultLimits, raising } from "./limits.ts";

/** Text, and under which character set its bytes were read. */
export interface Decoded {
  readonly text: string;
  /** A label of the Encoding Standard, such as `utf-8`, `windows-1252` or `utf-16le`. */
  readonly charset: string;
  readonly warnings: readonly Problem[];
}

/**
 * Reads the bytes of a message in the character set that MSH-18 names, UTF-8 where it names none.
 * Bytes that are no UTF-8 although none was named are read as windows-1252, with a warning, since
 * that is what such senders use. Bytes that do not fit the set that was named are read as if none
 * had been, with a warning; nothing is ever replaced in silence. UTF-16 is known by its byte order
 * mark, or by how its first letters are written. A byte order mark is not part of the text.
 *
 * @see HL7 v2.5.1, table 0211
 */
export function decodeMessage(
  bytes: Uint8Array,
  limits: Partial<Pick<MessageLimits, "maxBytes" | "settingPlace">> = {},
): Result<Decoded> {
  const { maxBytes = defaultLimits.maxBytes } = limits;
  if (bytes.byteLength > maxBytes) return fail(tooLarge(maxBytes, limits));
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return decodeWide(wide, bytes.subarray(markLength(bytes)));
  const body = bytes.subarray(markLength(bytes));
  // Every set that is known here reads ASCII as ASCII; that of ISO 2022 where no escape stands.
  const ascii = isAscii(body) ? latin1(body) : undefined;
  const encoding = declaredEncoding(ascii ?? latin1(body.subarray(0, longestHeader)));
  if (encoding === undefined) return fail(unknownCharset);
  const isPlain = ascii !== undefined && !(encoding === "iso-2022-jp" && ascii.includes("\u001B"));
  if (encoding === "") return succeed(isPlain ? plain(ascii) : decodeUndeclared(body));
  if (!encoding.startsWith("utf-16")) {
    const text = isPlain ? ascii : strictly(encoding, body);
    if (text !== undefined) return succeed({ text, charset: encoding, warnings: [] });
  }
  return succeed({ ...decodeUndeclared(body), warnings: [wrongCharset] });
}

/** How many bytes of a byte order mark stand in front of the text. */
export function markLength(bytes: Uint8Array): number {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 3;
  return (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe) ? 2 : 0;
}

/** UTF-16 by its mark, or by the M of MSH: in other sets no letter has a zero byte beside it. */
export function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === letterM)) return "utf-16be";
  if ((first === 0xff && second === 0xfe) || (first === letterM && second === 0)) return "utf-16le";
  return undefined;
}

function decodeWide(encoding: string, body: Uint8Array): Result<Decoded> {
  const text = strictly(encoding, body);
  if (text === undefined) return fail(brokenUtf16);
  const declared = declaredEncoding(text) ?? "other";
  const isMeant = declared === "" || declared.startsWith("utf");
  return succeed({ text, charset: encoding, warnings: isMeant ? [] : [wrongCharset] });
}

function plain(text: string): Decoded {
  return { text, charset: "utf-8", warnings: [] };
}

function decodeUndeclared(body: Uint8Array): Decoded {
  const text = strictly("utf-8", body);
  if (text !== undefined) return plain(text);
  const guessed = new TextDecoder("windows-1252").decode(body);
  return { text: guessed, charset: "windows-1252", warnings: [guessedCharset] };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function strictly(label: string, body: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Many times what a header takes. */
const longestHeader = 2048;

const letterM = 0x4d;

const guessedCharset: Problem = {
  code: "hl7v2.guessedCharset",
  text: "MSH-18 names no character set and the bytes are not UTF-8; read as windows-1252.",
  hint: "Ask the sender's owner to name the character set in MSH-18.",
  at: "MSH-18",
};

const wrongCharset: Problem = {
  code: "hl7v2.wrongCharset",
  text: "The bytes do not fit the character set that MSH-18 names; read as if it named none.",
  hint: "Ask the sender's owner which character set the interface really uses.",
  at: "MSH-18",
};

const brokenUtf16: Problem = {
  code: "hl7v2.brokenUtf16",
  text: "The message begins as UTF-16 and holds bytes that are none.",
  hint: "Usually bytes were lost on the way. Ask the sender to send the message again.",
};

const unknownCharset: Problem = {
  code: "hl7v2.unknownCharset",
  text: "MSH-18 names a character set that is not known here.",
  hint: "Use ASCII, 8859/1 to 8859/16, UNICODE UTF-8 or UNICODE UTF-16; the README lists all names.",
  at: "MSH-18",
};

function tooLarge(most: number, limits: Pick<MessageLimits, "settingPlace">): Problem {
  return {
    code: "hl7v2.tooLarge",
    text: `The message has more than ${most} bytes.`,
    hint: `${raising("maxBytes", limits)}, or ask the sender to split the message.`,
  };
}
