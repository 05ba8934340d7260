import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commitFiles, repositoryPrefix, whyNoCommit } from "../src/index.ts";
import { type Folder, small, smallFolder } from "./folder.ts";

let folder: Folder;
beforeEach(() => {
  folder = smallFolder();
  git("init", "-q");
  git("add", ".");
  git(...asSomebody, "commit", "-qm", "Begin");
});
afterEach(() => folder.remove());

const asSomebody = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
const table = "sites/harbor/tables/gender.csv";
const before = small[table];
const after = `${before}X,,urn:x,x,,\n`;
const fresh = "sites/harbor/tables/units.csv";
const change = {
  files: [
    { path: table, before, after },
    { path: fresh, before: undefined, after: "local,system,code\n" },
  ],
  author: { name: "Kim <Operator>", email: "p1@trestle.invalid" },
  message: "Map X\n\nAt harbor.",
};

function git(...words: readonly string[]): string {
  return execFileSync("git", words, { cwd: folder.path, encoding: "utf8", stdio: "pipe" }).trim();
}

function text(path: string): string {
  return readFileSync(join(folder.path, path), "utf8");
}

test("files are committed in the name of who decided, and nothing else that is staged", async () => {
  writeFileSync(join(folder.path, "README.md"), "# Another's work");
  git("add", "README.md");
  const answer = await commitFiles(folder.path, change);
  expect(answer).toEqual({ ok: true, value: git("rev-parse", "HEAD") });
  expect(git("log", "-1", "--format=%an|%ae|%B")).toBe(
    "Kim Operator|p1@trestle.invalid|Map X\n\nAt harbor.",
  );
  expect(git("show", "--name-only", "--format=").split("\n")).toEqual([table, fresh]);
  expect(git("status", "--porcelain")).toBe("A  README.md");
  expect(text(table)).toBe(after);
});

test.each([
  ["changed", () => writeFileSync(join(folder.path, table), `${before}Z,,urn:z,z,,\n`)],
  ["new and not committed", () => writeFileSync(join(folder.path, fresh), "local,system,code\n")],
  ["ignored", () => writeIgnored()],
])("a file that is %s is left to who did that", async (_, prepare) => {
  prepare();
  const [head, status] = [git("rev-parse", "HEAD"), git("status", "--porcelain")];
  expect(await commitFiles(folder.path, change)).toMatchObject({
    problem: { code: "integration.notClean" },
  });
  expect([git("rev-parse", "HEAD"), git("status", "--porcelain")]).toEqual([head, status]);
});

function writeIgnored(): void {
  writeFileSync(join(folder.path, ".git/info/exclude"), "units.csv\n");
  writeFileSync(join(folder.path, fresh), "local,system,code\n");
}

test("where a hook refuses, all is as it was", async () => {
  mkdirSync(join(folder.path, ".git/hooks"), { recursive: true });
  const hook = join(folder.path, ".git/hooks/pre-commit");
  writeFileSync(hook, "#!/bin/sh\nexit 1\n");
  chmodSync(hook, 0o755);
  expect(await commitFiles(folder.path, change)).toMatchObject({
    problem: { code: "integration.notCommitted" },
  });
  expect(git("status", "--porcelain")).toBe("");
  expect(text(table)).toBe(before);
  expect(existsSync(join(folder.path, fresh))).toBe(false);
});

test("a folder tells where in a repository it lies, and that it is in none", async () => {
  expect(await repositoryPrefix(folder.path)).toBe("");
  expect(await repositoryPrefix(join(folder.path, "sites"))).toBe("sites/");
  const outside = smallFolder();
  expect(await repositoryPrefix(outside.path)).toBeUndefined();
  expect(await whyNoCommit(outside.path, [table])).toMatchObject({
    code: "integration.noRepository",
  });
  outside.remove();
});
