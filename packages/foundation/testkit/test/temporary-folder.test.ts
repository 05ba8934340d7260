import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../src/index.ts";

test("a temporary folder is new, empty, and gone with its contents", () => {
  const folder = temporaryFolder();
  expect(readdirSync(folder.path)).toEqual([]);
  writeFileSync(join(folder.path, "file"), "text");
  folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  folder.remove();
});

test("a folder that nobody removed is gone when the process ends", () => {
  const index = new URL("../src/index.ts", import.meta.url).href;
  const program = `import { temporaryFolder } from ${JSON.stringify(index)};
    process.stdout.write(temporaryFolder().path);`;
  const path = execFileSync(process.execPath, ["--input-type=module", "-e", program]).toString();
  expect(path).toContain("trestle-test-");
  expect(existsSync(path)).toBe(false);
});
