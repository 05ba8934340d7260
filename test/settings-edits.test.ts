import { editYaml } from "@trestle/config";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { editsBetween } from "../packages/apps/console/src/pages/settings/edits.ts";

// What a form of the console sends, and what the hub makes of it in a file.

function applied(before: object, after: object): unknown {
  const edited = editYaml(stringify(before), editsBetween(before, after));
  return edited.ok ? parse(edited.value) : edited.problem;
}

const scalar = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.boolean(),
  fc.constantFrom("a", "b c", "#"),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("k", "l", "m", "n"), tie("value"), { maxKeys: 4 }),
  ),
}));
const file = fc
  .dictionary(fc.constantFrom("title", "feeds", "fhir"), value)
  .map((one) => ({ ...one }));

test("whatever a person does in a form, the file says it afterwards", () => {
  fc.assert(
    fc.property(file, file, (before, after) => {
      expect(applied(before, after)).toEqual(after);
    }),
    { numRuns: 200 },
  );
});

test.each([
  {
    what: "an item that is edited and one that moves",
    before: { feeds: [{ to: "a", at: 1 }, { to: "b" }] },
    after: { feeds: [{ to: "b" }, { to: "a", at: 2 }] },
    edits: [
      { type: "set", at: ["feeds", 0, "at"], value: 2 },
      {
        type: "arrange",
        at: ["feeds"],
        items: [
          { type: "kept", was: 1 },
          { type: "kept", was: 0 },
        ],
      },
    ],
  },
  {
    what: "an entry that gets another name",
    before: { listeners: { east: { port: 1 } } },
    after: { listeners: { west: { port: 1 } } },
    edits: [{ type: "rename", at: ["listeners", "east"], to: "west" }],
  },
  {
    what: "a setting that is cleared",
    before: { title: "a", label: "b" },
    after: { title: "a", label: undefined },
    edits: [{ type: "remove", at: ["label"] }],
  },
  {
    what: "an item that is cleared",
    before: { channels: ["a"] },
    after: { channels: [undefined] },
    edits: [{ type: "set", at: ["channels", 0], value: null }],
  },
])("$what is an edit of its own", ({ before, after, edits }) => {
  expect(editsBetween(before, after)).toEqual(edits);
});
