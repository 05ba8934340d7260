import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readYamlFile } from "../src/index.ts";
import { pump } from "./schema.ts";

const folder = mkdtempSync(join(tmpdir(), "trestle-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a file is read, and its problems name it as the caller shows it", async () => {
  const path = join(folder, "pump.yaml");
  writeFileSync(path, "title: Blood\nisOn: 7\n");
  expect(await readYamlFile(path, pump, "pump.yaml")).toMatchObject({
    problems: [{ file: "pump.yaml", line: 2, column: 7, code: "config.invalidValue" }],
  });
  writeFileSync(path, "title: Blood\n");
  expect(await readYamlFile(path, pump)).toMatchObject({ ok: true, value: { title: "Blood" } });
});

test.each([
  { what: "that is not there", path: join(folder, "none.yaml") },
  { what: "that is a folder", path: folder },
])("a file $what is a problem, not an exception", async ({ path }) => {
  expect(await readYamlFile(path, pump)).toEqual({
    ok: false,
    problems: [
      {
        file: path,
        line: 1,
        column: 1,
        code: "config.noFile",
        text: "The file cannot be read.",
        hint: "Check that it exists, and that this user may read it.",
      },
    ],
  });
});
