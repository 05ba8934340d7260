import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsPage } from "./house/errors-page.ts";
import { root } from "./house/files.ts";
import { referencePages } from "./house/reference.ts";

test.each(referencePages)(
  "$path says what the code says; npm run docs writes it",
  async ({ path, make }) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(await make());
  },
);

test.each(referencePages)("$path has more than one section", async ({ make }) => {
  expect((await make()).match(/^## /gmu)?.length).toBeGreaterThan(1);
});

test("a new error changes the page", () => {
  const tables = new Map([["demo", { tooLarge: { failure: "permanent", hint: "Split it." } }]]);
  expect(errorsPage(tables)).toContain("| `demo.tooLarge` | permanent | Split it. |");
});
