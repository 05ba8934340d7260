import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { errorsPage } from "./house/errors-page.ts";
import { root } from "./house/files.ts";
import { referencePages } from "./house/reference.ts";

const pages = await referencePages();

test.each(pages)("$path says what the code says; npm run docs writes it", ({ path, text }) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(text);
});

test("the errors of more than one package are on the page", () => {
  const [errors] = pages;
  expect(errors?.text.match(/^## /gmu)?.length).toBeGreaterThan(1);
});

test("a new error changes the page", () => {
  const tables = new Map([["demo", { tooLarge: { failure: "permanent", hint: "Split it." } }]]);
  expect(errorsPage(tables)).toContain("| `demo.tooLarge` | permanent | Split it. |");
});
