import { isAscii } from "node:buffer";
import { type Problem, type Result, fail, succeed } from "@trestle/base";

/** Text, and under which character set its bytes were read. */
export interface Decoded {
  readonly text: string;
  readonly charset: string;
  readonly warnings: readonly Problem[];
}

/**
 * Reads the bytes of a message in the character set that MSH-18 names, UTF-8 where it names none.
 * Bytes that are no UTF-8 although none was named are read as windows-1252, with a warning, since
 * that is what such senders use. Bytes that do not fit the set that was named are read as if none
 * had been, with a warning; nothing is ever replaced in silence. Of several sets the first counts.
 *
 * @see HL7 v2.5.1, table 0211
 */
export function decodeMessage(bytes: Uint8Array): Result<Decoded> {
  // Every set of table 0211 that is known here reads ASCII as ASCII.
  const ascii = isAscii(bytes) ? latin1(bytes) : undefined;
  const declared = declaredCharset(ascii ?? latin1(bytes.subarray(0, longestHeader)));
  if (declared === "" && ascii !== undefined) return succeed(plain(ascii));
  if (declared === "") return succeed(decodeUndeclared(bytes));
  const label = labels[declared.toUpperCase()];
  if (label === undefined) return fail(unknownCharset);
  const text = ascii ?? strictly(label, bytes);
  if (text !== undefined) return succeed({ text, charset: label, warnings: [] });
  return succeed({ ...decodeUndeclared(bytes), warnings: [wrongCharset] });
}

function plain(text: string): Decoded {
  return { text, charset: "utf-8", warnings: [] };
}

function decodeUndeclared(bytes: Uint8Array): Decoded {
  const text = strictly("utf-8", bytes);
  if (text !== undefined) return plain(text);
  const guessed = new TextDecoder("windows-1252").decode(bytes);
  return { text: guessed, charset: "windows-1252", warnings: [guessedCharset] };
}

/** The first repetition of MSH-18, found without decoding: separators and names of sets are ASCII. */
function declaredCharset(head: string): string {
  const line = head.slice(0, endOfLine(head));
  const header = line.startsWith(byteOrderMark) ? line.slice(byteOrderMark.length) : line;
  if (!header.startsWith("MSH")) return "";
  const field = header.split(header.charAt(3))[17] ?? "";
  const repetition = header.charAt(5);
  const [first = ""] = repetition === header.charAt(3) ? [field] : field.split(repetition);
  return first.trim();
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function endOfLine(head: string): number {
  const found = head.search(/[\r\n]/u);
  return found === -1 ? head.length : found;
}

function strictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Many times what a header takes. */
const longestHeader = 2048;

/** That of UTF-8, read byte by byte. */
const byteOrderMark = "\u00EF\u00BB\u00BF";

/** HL7 table 0211 to the encoding standard's labels. ASCII is read as UTF-8, which contains it. */
const labels: Readonly<Record<string, string>> = {
  ASCII: "utf-8",
  "ISO IR6": "utf-8",
  UNICODE: "utf-8",
  "UNICODE UTF-8": "utf-8",
  "UTF-8": "utf-8",
  UTF8: "utf-8",
  "8859/1": "windows-1252",
  "8859/2": "iso-8859-2",
  "8859/3": "iso-8859-3",
  "8859/4": "iso-8859-4",
  "8859/5": "iso-8859-5",
  "8859/6": "iso-8859-6",
  "8859/7": "iso-8859-7",
  "8859/8": "iso-8859-8",
  "8859/9": "windows-1254",
  "8859/15": "iso-8859-15",
  "GB 18030-2000": "gb18030",
  "KS X 1001": "euc-kr",
  "BIG-5": "big5",
  "ISO-8859-1": "windows-1252",
  "WINDOWS-1252": "windows-1252",
};

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

const unknownCharset: Problem = {
  code: "hl7v2.unknownCharset",
  text: "MSH-18 names a character set that is not known here.",
  hint: "Use ASCII, 8859/1 to 8859/9, 8859/15 or UNICODE UTF-8.",
  at: "MSH-18",
};
