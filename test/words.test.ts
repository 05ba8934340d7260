import { describe, expect, test } from "vitest";
import { filesBelow } from "./house/files.ts";

describe("the word Epic", () => {
  test("appears in code only in the two rooms that know it", () => {
    const code = [
      ...filesBelow("packages", [".ts", ".tsx", ".css", ".html", ".svg", "package.json"]),
      ...filesBelow("bench", [".ts"]),
      ...filesBelow("proofs", [".ts"]),
    ].filter(({ path }) => !rooms.some((room) => path.startsWith(room)));
    expect(code.length).toBeGreaterThan(50);
    expect(code.flatMap(({ path, text }) => mentions(path, text))).toEqual([]);
  });

  test.each([
    { text: "class EpicClient {}", isMention: true },
    { text: "const fromEpic = 1;", isMention: true },
    { text: "EPIC_CODES", isMention: true },
    { text: '"@trestle/epic"', isMention: true },
    { text: "an epicentre, topics, depicted", isMention: false },
  ])("is found in $text: $isMention", ({ text, isMention }) => {
    expect(mentions("a.ts", text).length > 0).toBe(isMention);
  });
});

function mentions(path: string, text: string): readonly string[] {
  return text
    .split("\n")
    .flatMap((line, index) => (word.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : []));
}

/** As a word, or as a part of an identifier in any of its cases. */
const word = /(?<![A-Za-z])[Ee]pic(?![a-z])|(?<=[a-z])Epic(?![a-z])|(?<![A-Z])EPIC(?![A-Z])/u;

/** The two rooms, and where the hub names the dialects that it composes: see ADR 0016. */
const rooms = [
  "packages/apps/sandbox/",
  "packages/protocols/epic/",
  "packages/apps/hub/src/dialects.ts",
  "packages/apps/hub/package.json",
];
