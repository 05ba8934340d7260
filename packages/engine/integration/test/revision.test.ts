import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import * as fc from "fast-check";
import {
  type Files,
  type Folder,
  integrationIn,
  small,
  smallFolder,
  writeFiles,
} from "./folder.ts";

const folders: Folder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** What may be in a folder and configures nothing. */
const setAside: Files = {
  "README.md": "# Harbor",
  "sites/harbor/notes.md": "x",
  "messages/a.hl7": "MSH|",
  "bundles/a.json": "{}",
  ".hidden": "x",
  "data/journal.db": "x",
};

describe("outside of git the revision", () => {
  test("is a hash that two folders of the same content share", async () => {
    const [one, other] = [await revisionWith(), await revisionWith()];
    expect(one).toMatch(/^h-[0-9a-f]{12}$/u);
    expect(other).toBe(one);
  });

  test.each(Object.keys(small))("changes when %s does", async (file) => {
    const text = small[file as keyof typeof small];
    const comment = file.endsWith(".csv") ? "Z,,urn:z,z,,\n" : "# changed\n";
    expect(await revisionWith({ [file]: `${text}${comment}` })).not.toBe(await revisionWith());
  });

  test("changes when a file is added or has another name", async () => {
    const table = small["sites/harbor/tables/gender.csv"];
    const revisions = [
      await revisionWith(),
      await revisionWith({ "sites/harbor/tables/units.csv": table }),
      await revisionWith({
        "sites/harbor/tables/units.csv": table,
        "sites/harbor/tables/gender.csv": null,
      }),
    ];
    expect(new Set(revisions).size).toBe(3);
  });

  test("does not change with what configures nothing", async () => {
    expect(await revisionWith(setAside)).toBe(await revisionWith());
  });

  test("is the same exactly when the text is", async () => {
    const path = folderWith();
    const revisionOf = async (note: string) => {
      writeFiles(path, { "trestle.yaml": `# ${note}\n${small["trestle.yaml"]}` });
      return (await integrationIn(path)).revision;
    };
    const note = fc.string({ unit: fc.constantFrom("a", "b", "é", " "), maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(note, note, async (a, b) => {
        expect((await revisionOf(a)) === (await revisionOf(b))).toBe(a === b);
      }),
      { numRuns: 40 },
    );
  });
});

describe.skipIf(!hasGit())("in git the revision", () => {
  test("is the commit of the folder's last change, however often others change", async () => {
    const { path, revision, git } = repository();
    git("commit", "--allow-empty", "-m", "elsewhere");
    const commit = await revision();
    expect(git("rev-parse", "HEAD~1").slice(0, 12)).toBe(commit);
    writeFiles(path, setAside);
    expect(await revision()).toBe(commit);
    git("add", "-A");
    git("commit", "-m", "prose");
    expect(await revision()).toBe(commit);
  });

  test("is a hash while something is not committed, and the commit again once it is", async () => {
    const { path, revision, git } = repository();
    const commit = await revision();
    writeFiles(path, { "trestle.yaml": `${small["trestle.yaml"]}# changed\n` });
    const changed = await revision();
    expect(changed).toMatch(/^h-/u);
    git("commit", "-a", "-m", "changed");
    expect(await revision()).toBe(git("rev-parse", "HEAD").slice(0, 12));
    writeFiles(path, { "trestle.yaml": small["trestle.yaml"] });
    git("commit", "-a", "-m", "back");
    expect(await revision()).not.toBe(commit);
  });

  test("is a hash when a file is new, gone, or hidden from git", async () => {
    const { path, revision, git } = repository();
    writeFiles(path, { "sites/harbor/tables/units.csv": "local,system,code\n" });
    expect(await revision()).toMatch(/^h-/u);
    writeFiles(path, { ".gitignore": "units.csv\n" });
    git("add", "-A");
    git("commit", "-m", "ignore");
    expect(await revision()).toMatch(/^h-/u);
    rmSync(join(path, "sites/harbor/tables/units.csv"));
    expect(await revision()).not.toMatch(/^h-/u);
    rmSync(join(path, "sites/harbor/tables/gender.csv"));
    expect(await revision()).toMatch(/^h-/u);
  });
});

/** A folder inside of a repository, committed as it stands. */
function repository() {
  const root = folderWith(Object.fromEntries(Object.keys(small).map((file) => [file, null])));
  const path = join(root, "integration");
  writeFiles(path, small);
  const git = (...words: string[]) =>
    execFileSync(
      "git",
      ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t.example", ...words],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        env: { PATH: process.env["PATH"], HOME: root, GIT_CONFIG_NOSYSTEM: "1" },
      },
    ).trim();
  git("init");
  git("add", "-A");
  git("commit", "-m", "first");
  return { path, git, revision: async () => (await integrationIn(path)).revision };
}

function hasGit(): boolean {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function revisionWith(files: Files = {}): Promise<string> {
  return (await integrationIn(folderWith(files))).revision;
}

function folderWith(files: Files = {}): string {
  const folder = smallFolder(files);
  folders.push(folder);
  return folder.path;
}
