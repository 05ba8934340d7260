import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type SettingEdit, editYaml } from "../src/index.ts";

const text = `# Which site this is.
title: "Blood"   # as the hospital says

# Who listens.
listeners:
  east: { port: 2575, hosts: [a, b] }
  # The old one.
  west:
    port: 2576
    waitSeconds: 5 # agreed in May
names:
  # first
  - one
  # second
  - two
  - three
`;

/** The lines that are other, as a diff shows them. */
function changed(edits: readonly SettingEdit[], from = text): readonly string[] {
  const edited = editYaml(from, edits);
  if (!edited.ok) return [edited.problem.code];
  const [before, after] = [from.split("\n"), edited.value.split("\n")];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}

describe("an edit changes its own lines alone", () => {
  test.each<[string, SettingEdit, readonly string[]]>([
    [
      "of a text in quotes with a comment behind it",
      { type: "set", at: ["title"], value: "Plasma" },
      ['-title: "Blood"   # as the hospital says', '+title: "Plasma" # as the hospital says'],
    ],
    [
      "of a number",
      { type: "set", at: ["listeners", "west", "waitSeconds"], value: 9 },
      ["-    waitSeconds: 5 # agreed in May", "+    waitSeconds: 9 # agreed in May"],
    ],
    [
      "of a key that is new",
      { type: "set", at: ["listeners", "west", "host"], value: "yes: no" },
      ['+    host: "yes: no"'],
    ],
    [
      "of a group with a list that is new",
      { type: "set", at: ["limits"], value: { bytes: [1, 2] } },
      ["+limits:", "+  bytes:", "+    - 1", "+    - 2"],
    ],
    [
      "of a key that goes, with the comment above it",
      { type: "remove", at: ["listeners", "west"] },
      ["-  # The old one.", "-  west:", "-    port: 2576", "-    waitSeconds: 5 # agreed in May"],
    ],
    [
      "of a key that is renamed",
      { type: "rename", at: ["listeners", "west"], to: "south" },
      ["-  west:", "+  south:"],
    ],
    [
      "of a list that loses an item and gets one",
      {
        type: "arrange",
        at: ["names"],
        items: [
          { type: "kept", was: 0 },
          { type: "kept", was: 2 },
          { type: "new", value: "four" },
        ],
      },
      ["-  # second", "-  - two", "+  - four"],
    ],
  ])("%s", (_, edit, lines) => {
    expect(changed([edit])).toEqual(lines);
  });
});

test("items that change places take their comments along", () => {
  const items = [2, 1, 0].map((was) => ({ type: "kept" as const, was }));
  const edited = editYaml(text, [{ type: "arrange", at: ["names"], items }]);
  expect(edited).toMatchObject({ ok: true });
  const value = edited.ok ? edited.value : "";
  expect(value.slice(value.indexOf("names:"))).toBe(
    "names:\n  - three\n  # second\n  - two\n  # first\n  - one\n",
  );
});

test("edits build on each other, and an empty file gets its first key", () => {
  const edits: SettingEdit[] = [
    { type: "set", at: ["people"], value: {} },
    { type: "set", at: ["people", "on-call"], value: { name: "On call" } },
  ];
  expect(editYaml("", edits)).toEqual({
    ok: true,
    value: "people:\n  on-call:\n    name: On call\n",
  });
});

test("line ends and the byte order mark stay", () => {
  const windows = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
  const edit: SettingEdit = { type: "set", at: ["names", 1], value: "zwei" };
  expect(editYaml(windows, [edit])).toEqual({
    ok: true,
    value: windows.replace("- two", "- zwei"),
  });
});

const items = [{ type: "kept", was: 1 }] as const;

test.each<{ what: string; from: string; edit: SettingEdit; code: string }>([
  {
    what: "a file that is no YAML",
    from: "a: [",
    edit: { type: "remove", at: ["a"] },
    code: "notYaml",
  },
  {
    what: "what is not there",
    from: "a: 1\n",
    edit: { type: "remove", at: ["b"] },
    code: "noSuchPlace",
  },
  {
    what: "a key that stands already",
    from: "a: 1\nb: 2\n",
    edit: { type: "rename", at: ["a"], to: "b" },
    code: "noSuchPlace",
  },
  {
    what: "an item that is not there",
    from: "a: [1]\n",
    edit: { type: "arrange", at: ["a"], items },
    code: "noSuchPlace",
  },
  {
    what: "what an alias stands for",
    from: "a: &x { b: 1 }\nc: *x\n",
    edit: { type: "set", at: ["c", "b"], value: 2 },
    code: "notEditable",
  },
  {
    what: "a part of a text",
    from: "a: text\n",
    edit: { type: "set", at: ["a", "b"], value: 2 },
    code: "notEditable",
  },
  {
    what: "what an alias still needs",
    from: "a: &x 1\nb: *x\n",
    edit: { type: "remove", at: ["a"] },
    code: "notEditable",
  },
])("$what is refused, and nothing is thrown", ({ from, edit, code }) => {
  const problem = { code: `config.${code}` };
  expect(editYaml(from, [edit])).toMatchObject({ ok: false, problem });
});

test("whatever is set, the file says it afterwards, and all else as before", () => {
  const keys = fc.constantFrom("title", "listeners", "names", "fresh");
  const edits = fc.array(fc.tuple(keys, fc.jsonValue({ maxDepth: 3 })), { maxLength: 3 });
  fc.assert(
    fc.property(edits, (pairs) => {
      const asked = pairs.map(([key, value]) => ({ type: "set" as const, at: [key], value }));
      const edited = editYaml(text, asked);
      const expected = { ...(parse(text) as object), ...Object.fromEntries(pairs) };
      // JSON knows no negative zero.
      const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
      expect(edited.ok && plain(parse(edited.value))).toEqual(plain(expected));
    }),
    { numRuns: 60 },
  );
});
