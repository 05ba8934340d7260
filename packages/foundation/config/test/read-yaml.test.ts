import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { type ConfigProblem, printProblems, readYaml } from "../src/index.ts";
import { pump } from "./schema.ts";

describe("a file without problems", () => {
  test("becomes a typed value with its defaults", () => {
    const read = readYaml("title: Blood\nlisteners: { east: { port: 2575 } }", "pump.yaml", pump);
    expect(read).toMatchObject({
      ok: true,
      value: {
        title: "Blood",
        listeners: { east: { port: 2575, waitSeconds: 5 } },
        names: ["one"],
      },
    });
  });

  test("knows where its keys and values stand", () => {
    const text = "title: Blood\nlisteners:\n  east:\n    port: 2575\nnames:\n  - a\n  - b\n";
    const read = readYaml(text, "pump.yaml", pump);
    if (!read.ok) throw new TypeError(printProblems(read.problems));
    const { placeOf } = read;
    expect(placeOf(["listeners", "east", "port"])).toEqual({ line: 4, column: 11 });
    expect(placeOf(["listeners", "east", "port"], "key")).toEqual({ line: 4, column: 5 });
    expect(placeOf(["names", 1])).toEqual({ line: 7, column: 5 });
    // What is not there stands at what is there of its parents.
    expect(placeOf(["listeners", "west", "port"])).toEqual({ line: 2, column: 1 });
  });

  test("may be empty, begin with a byte order mark, or end its lines as Windows does", () => {
    const [optional, windows] = ["", "\uFEFFtitle: Blood\r\nisOn: true\r\n"];
    expect(problemsOf(optional).map(({ code }) => code)).toEqual(["config.missingKey"]);
    expect(readYaml(windows, "pump.yaml", pump)).toMatchObject({
      value: { title: "Blood", isOn: true },
    });
  });
});

describe("problems", () => {
  test("are reported all at once, in the order of the file, each with place and hint", () => {
    const text = [
      "titel: Blood", // 1: unknown, so that title is missing
      "listeners:",
      "  east:",
      "    port: 70000", // 4: out of range
      "    waitSecond: 3", // 5: unknown
      "  West:", // 6: cannot be a name
      "    port: 2576",
      "names: hello", // 8: wrong type
      "level: wran", // 9: no possible value
      "isOn: yes please", // 10: wrong type
      "isOn: true", // 11: for the second time
    ].join("\n");
    expect(printProblems(problemsOf(text))).toBe(
      [
        "pump.yaml:1:1  “title” is missing.",
        "  Add “title: …”, a text. What it pumps.",
        "pump.yaml:1:1  There is no key “titel” here.",
        "  Did you mean “title”?",
        "pump.yaml:4:11  “listeners.east.port” must be at most 65535.",
        "  TCP port.",
        "pump.yaml:5:5  There is no key “waitSecond” here.",
        "  Did you mean “waitSeconds”?",
        "pump.yaml:6:3  “West” cannot be a name here.",
        "  A name has small letters only.",
        "pump.yaml:8:8  “names” must be a list, not a text.",
        "  Who listens.",
        "pump.yaml:9:8  “level” is none of the possible values.",
        "  Did you mean “warn”? Write one of debug, info, warn.",
        "pump.yaml:11:1  This key stands here for the second time.",
        "  Remove one of them; only one could count.",
      ].join("\n"),
    );
  });

  test.each<{ what: string; text: string; at: string; says: string; hint: string }>([
    {
      what: "a key that resembles no known one",
      text: "title: a\nzebra: 1",
      at: "2:1 config.unknownKey",
      says: "There is no key “zebra” here.",
      hint: "Known here: title, listeners, names, level, isOn, password, maxBytes, target.",
    },
    {
      what: "a fraction for a whole number",
      text: "title: a\nmaxBytes: 2048.5",
      at: "2:11 config.invalidValue",
      says: "“maxBytes” must be a whole number, not a fraction.",
      hint: "Largest message, in bytes.",
    },
    {
      what: "a text for a number",
      text: 'title: a\nmaxBytes: "2048"',
      at: "2:11 config.invalidValue",
      says: "“maxBytes” must be a number, not a text.",
      hint: "Largest message, in bytes.",
    },
    {
      what: "a number below the least",
      text: "title: a\nmaxBytes: 1",
      at: "2:11 config.invalidValue",
      says: "“maxBytes” must be at least 1024.",
      hint: "Largest message, in bytes.",
    },
    {
      what: "a number at an excluded bound",
      text: "title: a\nlisteners: { east: { port: 1, waitSeconds: 0 } }",
      at: "2:44 config.invalidValue",
      says: "“listeners.east.waitSeconds” must be more than 0.",
      hint: "How long it waits.",
    },
    {
      what: "a list with too few items",
      text: "title: a\nnames: []",
      at: "2:8 config.invalidValue",
      says: "“names” needs at least 1 item.",
      hint: "Who listens.",
    },
    {
      what: "a list with too many items",
      text: "title: a\nnames: [a, b, c, d]",
      at: "2:8 config.invalidValue",
      says: "“names” needs at most 3 items.",
      hint: "Who listens.",
    },
    {
      what: "an item of the wrong type",
      text: "title: a\nnames:\n  - a\n  - 7",
      at: "4:5 config.invalidValue",
      says: "“names[1]” must be a text, not a number.",
      hint: "Correct the value.",
    },
    {
      what: "an empty text",
      text: 'title: ""',
      at: "1:8 config.invalidValue",
      says: "“title” must not be empty.",
      hint: "What it pumps.",
    },
    {
      what: "a key without a value",
      text: "title:\nisOn: true",
      at: "1:7 config.invalidValue",
      says: "“title” has no value.",
      hint: "What it pumps. It takes a text.",
    },
    {
      what: "a group without its keys",
      text: "title: a\nlisteners:",
      at: "2:11 config.invalidValue",
      says: "“listeners” has no value.",
      hint: "Write its keys below it, indented, or remove the line.",
    },
    {
      what: "a whole file that is a list",
      text: "- title: a",
      at: "1:1 config.invalidValue",
      says: "The file must be a group of keys, not a list.",
      hint: "Correct the value.",
    },
    {
      what: "a variant of an unknown type",
      text: "title: a\ntarget: { type: wob }",
      at: "2:17 config.invalidValue",
      says: "“target.type” is none of the possible values.",
      hint: "Did you mean “web”? Write one of file, web.",
    },
    {
      what: "a variant without a type",
      text: "title: a\ntarget: { url: x }",
      at: "2:1 config.missingKey",
      says: "“target.type” is missing.",
      hint: "Add “type: …”, one of file, web.",
    },
    {
      what: "a key of another variant",
      text: "title: a\ntarget: { type: file, path: x, trys: 3 }",
      at: "2:32 config.unknownKey",
      says: "There is no key “trys” here.",
      hint: "Did you mean “tries”?",
    },
    {
      what: "a rule between keys",
      text: 'title: "off"\nisOn: true',
      at: "2:7 config.invalidValue",
      says: "“isOn” cannot be true where the title says off.",
      hint: "Whether it runs.",
    },
    {
      what: "a secret where its reference belongs",
      text: "title: a\npassword: open sesame",
      at: "2:11 config.invalidValue",
      says: "“password” must be env:NAME or file:PATH.",
      hint: "Where the secret is: env:NAME or file:PATH. Never the secret itself.",
    },
  ])("name $what", ({ text, at, says, hint }) => {
    expect(problemsOf(text).map(shown)).toEqual([`${at} ${says} ${hint}`]);
  });

  test.each([
    { what: "a quote that is not closed", text: 'title: "a', at: "1:10" },
    { what: "a bracket that is not closed", text: "title: a\nnames: [a, b\n", at: "2:8" },
    { what: "a tab that indents", text: "title: a\nlisteners:\n\teast: 1", at: "3:1" },
    { what: "a key where a value should be", text: "title: a: b", at: "1:8" },
    { what: "a second document", text: "title: a\n---\ntitle: b", at: "2:1" },
    { what: "a star that was meant as a text", text: "title: a\nnames: [*]", at: "2:9" },
    { what: "an alias of nothing", text: "title: *a", at: "1:8" },
    { what: "an unknown tag", text: "title: !a b", at: "1:8" },
    { what: "an unknown escape", text: String.raw`title: "a\qb"`, at: "1:10" },
    { what: "a value that begins with an at sign", text: "title: @a", at: "1:8" },
    { what: "an item that is not indented as the others", text: "names:\n  - a\n - b", at: "3:1" },
  ])("say that $what is not YAML", ({ text, at }) => {
    const problems = problemsOf(text);
    expect(problems[0]).toMatchObject({ file: "pump.yaml", code: "config.notYaml" });
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toContain(at);
    for (const { text: says, hint } of problems) {
      expect(says).toMatch(/^[A-Z].*\.$/u);
      expect(hint).toMatch(/^[A-Z].*\.$/u);
    }
  });

  test("name a file that repeats itself without bounds, or nests without end", () => {
    const laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let index = 1; index < 9; index += 1) {
      const aliases = Array.from({ length: 10 }, () => `*a${index - 1}`).join(", ");
      laughs.push(`a${index}: &a${index} [${aliases}]`);
    }
    expect(problemsOf(laughs.join("\n")).map(({ code }) => code)).toEqual([
      "config.tooManyAliases",
    ]);
    const nested = `names: ${"[".repeat(100_000)}`;
    expect(problemsOf(nested)[0]?.code).toMatch(/^config\.(?:tooDeep|notYaml)$/u);
  });
});

describe("whatever a file holds", () => {
  test("it is read or refused with problems whose places are in the file", () => {
    fc.assert(
      fc.property(yamlLike, (text) => {
        const lines = text.split("\n");
        for (const { line, column, hint, text: says } of problemsOf(text)) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
          expect(says).not.toBe("");
          expect(hint).not.toBe("");
        }
      }),
      { numRuns: 500 },
    );
  });

  test("no problem quotes a value, for it might be a secret in the wrong place", () => {
    const canary = "hunter2";
    const fragment = fc.oneof(
      fc.constantFrom("title", "names", "level", "isOn", "maxBytes", "password", "target"),
      fc.constantFrom(": ", "\n", "\n  ", "- ", "[", "]", "{", "}", '"', "'", "*", "&", "!"),
      fc.constantFrom("|", ">", "%", "@", "`", "\\", "\t", ",", "---", "#", " "),
    );
    const around = fc.array(fragment, { maxLength: 12 });
    fc.assert(
      fc.property(
        around,
        around,
        fc.constantFrom(": ", ': "', ": '", ": |", ": \\"),
        (a, b, is) => {
          const text = `${a.join("")}\npassword${is}${canary}${b.join("")}`;
          const problems = problemsOf(text).filter(({ code }) => code !== "config.unknownKey");
          expect(printProblems(problems)).not.toContain(canary);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const yamlLike = fc
  .array(
    fc.oneof(
      fc.constantFrom("title", "listeners", "east", "port", "names", "level", "target", "type"),
      fc.constantFrom(": ", ":", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", ", ", "\t"),
      fc.constantFrom('"', "'", "*a", "&a ", "!t ", "|", "#", "7", "0.5", "true", "null", "~"),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join("").replaceAll("\r", ""));

function problemsOf(text: string): readonly ConfigProblem[] {
  const read = readYaml(text, "pump.yaml", pump);
  return read.ok ? [] : read.problems;
}

function shown({ line, column, code, text, hint }: ConfigProblem): string {
  return `${line}:${column} ${code} ${text} ${hint}`;
}
