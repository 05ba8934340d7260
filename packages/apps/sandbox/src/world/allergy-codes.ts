/** What an allergen is called in other code systems, as system and code. */
export function allergenCodes(code: string): readonly (readonly [system: string, code: string])[] {
  return codes[code] ?? [];
}

/** SNOMED CT of a reaction; undefined where the hospital has only its name. */
export function reactionCode(name: string): string | undefined {
  return reactions[name];
}

const rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
const snomed = "http://snomed.info/sct";
const unii = "http://fdasis.nlm.nih.gov";

const codes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "1234": [
    [rxNorm, "70618"],
    [snomed, "764146007"],
    [unii, "Q42T66VG0C"],
  ],
  "1251": [
    [rxNorm, "10180"],
    [snomed, "387406002"],
    [unii, "JE42381TNV"],
  ],
  "2210": [
    [snomed, "762952008"],
    [unii, "QE1QX6B99R"],
  ],
  "2214": [[snomed, "735029006"]],
  "3301": [
    [snomed, "1003755004"],
    [unii, "2LQ0UUW8IN"],
  ],
};

const reactions: Readonly<Record<string, string>> = {
  Hives: "247472004",
  Rash: "271807003",
  Nausea: "422587007",
  Itching: "418363000",
};
