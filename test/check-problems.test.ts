import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { printProblems } from "@trestle/config";
import { knownQuirks } from "@trestle/hub/quirks";
import { loadCases, loadIntegration } from "@trestle/integration";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkSources, problemTexts, toldElsewhere } from "./house/problem-texts.ts";

// What `trestle check` says of a folder: each message with the file that causes it, under problems/.

/** A folder that has no problem but those that its files cause. */
interface ProblemCase {
  readonly name: string;
  /** Laid over base.yaml. */
  readonly files: Readonly<Record<string, string>>;
  /** Of the files, where it is not UTF-8. */
  readonly encoding?: "latin1" | "utf8";
  /** Links in their place, by what they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  /** How much of a file is read; 16 MiB where left out. */
  readonly maxFileBytes?: number;
  /** All that is printed, to the letter. */
  readonly says: string;
}

const folder = join(import.meta.dirname, "problems");
const read = (name: string): unknown => parse(readFileSync(join(folder, name), "utf8"));
const base = read("base.yaml") as Readonly<Record<string, string>>;
const topics = readdirSync(folder)
  .filter((name) => name !== "base.yaml")
  .map((name) => ({
    topic: name.replace(".yaml", ""),
    cases: read(name) as readonly ProblemCase[],
  }));
const quirks = await knownQuirks();
/** By which days are old or to come. */
const clock = { now: () => Date.parse("2026-03-01T12:00:00Z"), after: () => () => undefined };

test("the folder under all of them has no problem", async () => {
  expect(await saidOf({ name: "", files: {}, says: "" })).toBe("");
});

describe.each(topics)("of $topic check says", ({ cases }) => {
  test.each(cases)("$name", async (one) => {
    expect(await saidOf(one)).toBe(one.says);
  });
});

test("each message that check can print is in a case", () => {
  const said = topics.flatMap(({ cases }) => cases.flatMap(({ says }) => linesOf(says)));
  const missing = problemTexts().filter(({ shape }) => !said.some((line) => shape.test(line)));
  expect(missing.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

test("a message without a case would be missed", () => {
  const texts = problemTexts();
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.some(({ shape }) => shape.test("There is no key “listners” here."))).toBe(true);
  expect(texts.some(({ shape }) => shape.test("The moon is full."))).toBe(false);
  // Whoever moves one of these files has to say anew that check does not print what is in it.
  const sources = new Set(checkSources());
  expect(toldElsewhere.filter(({ path }) => !sources.has(`packages/${path}`))).toEqual([]);
});

/** What check prints of the folder of a case. */
async function saidOf({ files, links = {}, encoding = "utf8", maxFileBytes }: ProblemCase) {
  const directory = mkdtempSync(join(tmpdir(), "trestle-problems-"));
  try {
    for (const [path, text] of Object.entries({ ...base, ...files })) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text, encoding);
    }
    for (const [path, target] of Object.entries(links)) {
      rmSync(join(directory, path));
      symlinkSync(target, join(directory, path));
    }
    const loaded = await loadIntegration(directory, {
      quirks,
      clock,
      ...(maxFileBytes !== undefined && { maxFileBytes }),
    });
    if (!loaded.ok) return `${printProblems(loaded.problems)}\n`;
    const { problems } = await loadCases(loaded.integration);
    const found = [...loaded.notices, ...problems];
    return found.length === 0 ? "" : `${printProblems(found)}\n`;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Messages and hints alone, without their places. */
function linesOf(says: string): readonly string[] {
  return says.split("\n").map((line) => line.replace(/^(?: {2}|[^:]+:\d+:\d+ {2})/u, ""));
}
