/**
 * The encoding that MSH-18 names.
 *
 * Of several sets the first is the one that a message begins in, and the others may be switched to.
 * For Japanese that is done by ISO 2022, which reads the first set too, so that it counts wherever
 * it stands. Names are those of table 0211 and the ones that senders write instead, whatever their
 * letter case, blanks and hyphens.
 *
 * @param declared The repetitions of MSH-18.
 * @returns A label of the Encoding Standard; undefined where the name is not known; "" where none
 * is declared.
 * @see HL7 v2.5.1, table 0211; v2.9 for later names
 */
export function encodingOf(declared: readonly string[]): string | undefined {
  const named = declared.map((name) => name.trim()).filter((name) => name !== "");
  const known = named.map(encodingNamed);
  if (known.includes("iso-2022-jp")) return "iso-2022-jp";
  return named.length === 0 ? "" : known[0];
}

/**
 * The encoding that the header of a message declares, as `encodingOf` says it; found without parsing,
 * for separators and names of sets are ASCII.
 *
 * @param message At least its first line.
 */
export function declaredEncoding(message: string): string | undefined {
  return encodingOf(declaredSets(message));
}

/** The repetitions of MSH-18. */
function declaredSets(head: string): readonly string[] {
  if (!head.startsWith("MSH")) return [];
  const mark = head.charAt(3);
  const end = endOfLine(head);
  let at = 3;
  for (let field = 2; field < 18; field += 1) {
    at = head.indexOf(mark, at + 1);
    if (at === -1 || at >= end) return [];
  }
  const behind = head.indexOf(mark, at + 1);
  const field = head.slice(at + 1, behind === -1 ? end : Math.min(behind, end));
  const repetition = head.charAt(5);
  return repetition === mark ? [field] : field.split(repetition);
}

function endOfLine(head: string): number {
  const found = head.indexOf("\r");
  const end = found === -1 ? head.length : found;
  const feed = head.lastIndexOf("\n", end) === -1 ? -1 : head.indexOf("\n");
  return feed === -1 ? end : Math.min(feed, end);
}

function encodingNamed(name: string): string | undefined {
  const key = name.toUpperCase().replaceAll(/[^A-Z0-9]/gu, "");
  return encodings.get(key.replace(/^(?:ISO(?=8859)|CSISO(?=8859)|WIN(?=125)|CP(?=\d))/u, ""));
}

/** Windows pages stand for the ISO pages that they contain, as everywhere on the web. */
const latin: Readonly<Record<string, string>> = {
  88591: "windows-1252",
  88592: "iso-8859-2",
  88593: "iso-8859-3",
  88594: "iso-8859-4",
  88595: "iso-8859-5",
  88596: "iso-8859-6",
  88597: "iso-8859-7",
  88598: "iso-8859-8",
  88599: "windows-1254",
  885910: "iso-8859-10",
  885911: "windows-874",
  885913: "iso-8859-13",
  885914: "iso-8859-14",
  885915: "iso-8859-15",
  885916: "iso-8859-16",
};

/** ISO registrations: by number the right-hand half of a page of 8859, or a set of East Asia. */
const registered: Readonly<Record<string, string>> = {
  ISOIR6: "utf-8",
  ISOIR13: "shift_jis",
  ISOIR14: "iso-2022-jp",
  ISOIR58: "gb18030",
  ISOIR87: "iso-2022-jp",
  ISOIR100: "windows-1252",
  ISOIR101: "iso-8859-2",
  ISOIR109: "iso-8859-3",
  ISOIR110: "iso-8859-4",
  ISOIR126: "iso-8859-7",
  ISOIR127: "iso-8859-6",
  ISOIR138: "iso-8859-8",
  ISOIR144: "iso-8859-5",
  ISOIR148: "windows-1254",
  ISOIR149: "euc-kr",
  ISOIR157: "iso-8859-10",
  ISOIR166: "windows-874",
  ISOIR179: "iso-8859-13",
  ISOIR192: "utf-8",
  ISOIR199: "iso-8859-14",
  ISOIR203: "iso-8859-15",
  ISOIR226: "iso-8859-16",
};

const unicode: Readonly<Record<string, string>> = {
  // ASCII is read as UTF-8, which contains it.
  ASCII: "utf-8",
  USASCII: "utf-8",
  UNICODE: "utf-8",
  UNICODEUTF8: "utf-8",
  UTF8: "utf-8",
  UNICODEUTF16: "utf-16",
  UTF16: "utf-16",
  UTF16LE: "utf-16le",
  UTF16BE: "utf-16be",
};

const eastAsian: Readonly<Record<string, string>> = {
  GB18030: "gb18030",
  GB180302000: "gb18030",
  GB2312: "gb18030",
  GBK: "gb18030",
  KSX1001: "euc-kr",
  KSC5601: "euc-kr",
  EUCKR: "euc-kr",
  BIG5: "big5",
  SHIFTJIS: "shift_jis",
  SJIS: "shift_jis",
  932: "shift_jis",
  EUCJP: "euc-jp",
  ISO2022JP: "iso-2022-jp",
};

const windows = [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].flatMap(
  (page): [string, string][] => [
    [`WINDOWS${page}`, `windows-${page}`],
    [String(page), `windows-${page}`],
  ],
);

const encodings: ReadonlyMap<string, string> = new Map([
  ...windows,
  ["WINDOWS874", "windows-874"],
  ["874", "windows-874"],
  ...Object.entries({ ...latin, ...registered, ...unicode, ...eastAsian }),
]);
