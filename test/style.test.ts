import { basename } from "node:path";
import { expect, test } from "vitest";
import { type SourceFile, filesBelow } from "./house/files.ts";
import { scan } from "./house/scan.ts";

// What the style guide asks for and the linter cannot see.

const sources = [...filesBelow("packages", [".ts", ".tsx"]), ...filesBelow("test", [".ts"])];

test("no index passes everything on", () => {
  expect(matching(/\bexport\s*\*/u, codeOf)).toEqual([]);
});

test("no type rule is silenced", () => {
  expect(matching(/@ts-(?:ignore|nocheck|expect-error)/u, textOf)).toEqual([]);
});

test("a lint rule is silenced only with its reason beside it", () => {
  expect(matching(/(?:oxlint|eslint)-disable(?![^\n]* -- \S)/u, textOf)).toEqual([]);
});

test("no work is left for later in a comment", () => {
  expect(matching(/\b(?:TODO|FIXME|XXX|HACK)\b/u, textOf)).toEqual([]);
});

test("no file is named for nothing in particular", () => {
  const vague = /(?:^|-)(?:utils?|helpers?|common|managers?|misc)(?:[-.]|$)/u;
  expect(sources.map(({ path }) => path).filter((path) => vague.test(basename(path)))).toEqual([]);
});

test("time and randomness come in from the edge", () => {
  const drawn = /\b(?:Date\.now|Math\.random)\s*\(|\bnew Date\(\)/u;
  const pure = sources.filter(
    ({ path }) => path.includes("/src/") && !edges.some((edge) => path.includes(edge)),
  );
  expect(pure.filter((file) => drawn.test(codeOf(file))).map(({ path }) => path)).toEqual([]);
});

test("no test sleeps", () => {
  const tests = sources.filter(({ path }) => path.includes("/test/") && path !== self);
  // Asking again every few milliseconds, until something is so, is no sleep.
  const waits = /\bsetTimeout\s*\(\s*(?:resolve|done)\s*,\s*(?<delayMs>\w*)/gu;
  const sleeps = tests.filter((file) =>
    [...codeOf(file).matchAll(waits)].some(({ groups }) => !(Number(groups?.["delayMs"]) <= 25)),
  );
  expect(sleeps.map(({ path }) => path)).toEqual([]);
});

function matching(pattern: RegExp, part: (file: SourceFile) => string): readonly string[] {
  return sources
    .filter((file) => file.path !== self && pattern.test(part(file)))
    .map(({ path }) => path);
}

function codeOf({ text }: SourceFile): string {
  return scan(text).code;
}

function textOf({ text }: SourceFile): string {
  return text;
}

const self = "test/style.test.ts";

/** Where the real clock and chance enter: thin edges, programs, and the browser. */
const edges = ["/src/io/", "/base/src/clock.ts", "/cli/src/", "/console/src/", "/hub/src/"];
