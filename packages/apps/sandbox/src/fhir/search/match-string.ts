import { type Json, isObject } from "./values.ts";

/**
 * Whether a text, a name or an address begins with what is asked for; case, accents and marks do
 * not count. Of a name or address any part may.
 */
export function matchesString(value: Json, asked: string): boolean {
  const plain = plainText(asked);
  return textsOf(value).some((text) => plainText(text).startsWith(plain));
}

/**
 * Whether a name is the one that is asked for: the same, one that sounds like it, or a short form
 * (Bob for Robert).
 */
export function matchesName(value: Json, asked: string): boolean {
  return textsOf(value).some((text) => isSameName(text, asked));
}

/** Whether two names are one: the same, of one sound, or one a short form of the other. */
export function isSameName(one: string, other: string): boolean {
  const [first, second] = [plainText(one), plainText(other)];
  if (first === second) return first !== "";
  if (soundOf(first) !== "" && soundOf(first) === soundOf(second)) return true;
  return longForm(first) === longForm(second);
}

/** In lower case, without accents, marks and double blanks. */
export function plainText(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(textsOf);
  return isObject(value) ? parts.flatMap((name) => textsOf(value[name] ?? [])) : [];
}

/**
 * American Soundex: the first letter and three digits.
 *
 * @see U.S. National Archives, The Soundex Indexing System
 */
function soundOf(name: string): string {
  const letters = name.replaceAll(/[^a-z]/gu, "");
  let code = letters.charAt(0);
  let before = digits[code] ?? "";
  for (const letter of letters.slice(1)) {
    const digit = digits[letter] ?? "";
    if (digit !== "" && digit !== before) code += digit;
    // Letters that are not spoken do not part two of a kind, vowels do.
    if (letter !== "h" && letter !== "w") before = digit;
  }
  return code === "" ? "" : code.slice(0, 4).padEnd(4, "0");
}

function longForm(name: string): string {
  return shortForms[name] ?? name;
}

/** Of HumanName and Address. */
const parts = [
  "text",
  "family",
  "given",
  "line",
  "city",
  "district",
  "state",
  "postalCode",
  "country",
];

const digits: Readonly<Record<string, string>> = Object.fromEntries(
  ["bfpv", "cgjkqsxz", "dt", "l", "mn", "r"].flatMap((letters, index) =>
    Array.from(letters, (letter) => [letter, String(index + 1)]),
  ),
);

const shortForms: Readonly<Record<string, string>> = {
  bob: "robert",
  rob: "robert",
  bobby: "robert",
  bill: "william",
  will: "william",
  liam: "william",
  liz: "elizabeth",
  beth: "elizabeth",
  betty: "elizabeth",
  peggy: "margaret",
  meg: "margaret",
  maggie: "margaret",
  jim: "james",
  jimmy: "james",
  jack: "john",
  johnny: "john",
  dick: "richard",
  rick: "richard",
  mike: "michael",
  kate: "katherine",
  katie: "katherine",
  kathy: "katherine",
  tom: "thomas",
  tony: "anthony",
  dan: "daniel",
  dave: "david",
  chris: "christopher",
  joe: "joseph",
  ed: "edward",
  ted: "edward",
  sam: "samuel",
  alex: "alexander",
  sue: "susan",
  nick: "nicholas",
  matt: "matthew",
  andy: "andrew",
  ben: "benjamin",
  charlie: "charles",
  chuck: "charles",
  steve: "steven",
  greg: "gregory",
  pat: "patricia",
  jenny: "jennifer",
  jen: "jennifer",
};
