import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFile } from "@trestle/base/files";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trestle-replace-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a reader finds one content or the other, never half of one", async () => {
  const file = join(folder, "file");
  const contents = ["a".repeat(300_000), "b".repeat(200_000)];
  await replaceFile(file, contents[0] ?? "");
  const read: string[] = [];
  for (let turn = 1; turn <= 40; turn += 1) {
    const writing = replaceFile(file, contents[turn % 2] ?? "");
    read.push(await readFile(file, "utf8"), await readFile(file, "utf8"));
    await writing;
  }
  for (const text of read) expect(contents).toContain(text);
  expect(await readdir(folder)).toEqual(["file"]);
});

test("the permissions that are asked for hold, whatever was there", async () => {
  const file = join(folder, "file");
  await writeFile(file, "open to all");
  const left = join(folder, ".file.new");
  await writeFile(left, "left behind");
  await chmod(left, 0o666);
  await replaceFile(file, new TextEncoder().encode("secret"), { mode: 0o600 });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, "utf8")).toBe("secret");
});

test("where it fails, nothing is changed or left behind", async () => {
  const file = join(folder, "taken");
  await mkdir(file);
  await expect(replaceFile(file, "text")).rejects.toThrow();
  expect(await readdir(folder)).toEqual(["taken"]);
});
