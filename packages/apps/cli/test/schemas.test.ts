import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type IntegrationFolder, integrationFolder } from "./support/integration-folder.ts";
import { rowsOf, trestle } from "./support/run-trestle.ts";
import { undocumented } from "./support/undocumented.ts";

let folder: IntegrationFolder;
beforeEach(() => {
  folder = integrationFolder();
});
afterEach(() => folder.remove());

test("schemas: written where editors find them, then named by each file; check passes", async () => {
  const first = await trestle(["schemas"], { folder: folder.path });
  expect(first.output).toMatch(/^\.trestle\/schemas\/site\.json$/mu);
  expect(first).toMatchObject({ code: 0, errors: expect.stringContaining("4 files without") });
  const second = await trestle(["schemas", folder.path, "--add-lines", "--json"]);
  const rows = rowsOf(second);
  expect(rows).toContainEqual({ file: "sites/harbor/site.yaml" });
  expect(undocumented("schemas", rows)).toEqual([]);
  expect(second).toMatchObject({ code: 0, errors: "" });
  const [line = ""] = readFileSync(join(folder.path, "sites/harbor/site.yaml"), "utf8").split("\n");
  const [, named = ""] = line.split("# yaml-language-server: $schema=");
  const schema: unknown = JSON.parse(
    readFileSync(join(folder.path, "sites/harbor", named), "utf8"),
  );
  expect(schema).toMatchObject({ title: "sites/NAME/site.yaml" });
  expect(await trestle(["check", folder.path])).toMatchObject({ code: 0 });
});

test("schemas: a folder that is no integration is left as it is", async () => {
  const ended = await trestle(["schemas", join(folder.path, "channels")]);
  expect(ended).toMatchObject({ code: 2, output: "" });
  expect(ended.errors).toContain("The folder has no trestle.yaml");
});
