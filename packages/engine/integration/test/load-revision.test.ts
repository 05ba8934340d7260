import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadRevision } from "../src/index.ts";
import { type Folder, integrationIn, smallFolder, writeFiles } from "./folder.ts";

let folder: Folder;
beforeEach(() => {
  folder = smallFolder({ "transforms/mark.ts": transform(1), "README.md": "One" });
  git("init", "--quiet");
  commit("one");
});
afterEach(() => folder.remove());

describe("a revision of a repository", () => {
  test("is loaded as it was committed, under the name by which a hub knows it", async () => {
    const before = await integrationIn(folder.path);
    writeFiles(folder.path, {
      "transforms/mark.ts": transform(2),
      "sites/harbor/tables/gender.csv": null,
    });
    commit("two");
    git("tag", "second");
    writeFiles(folder.path, { "README.md": "Two" });
    commit("prose alone");
    const one = await loaded("HEAD~2");
    expect(one.integration.revision).toBe(before.revision);
    expect([...(one.integration.sites.get("harbor")?.tables.keys() ?? [])]).toEqual(["gender"]);
    expect(one.integration.transforms.get("mark")?.after?.toString()).toContain("1");
    const [tagged, head] = [await loaded("second"), await loaded("HEAD")];
    expect(head.integration.revision).toBe(tagged.integration.revision);
    expect(tagged.integration.transforms.get("mark")?.after?.toString()).toContain("2");
    const places = [one, tagged, head].map(({ integration }) => integration.directory);
    await Promise.all([one.close(), tagged.close(), head.close()]);
    expect(places.filter((place) => existsSync(place))).toEqual([]);
  });

  test("may import what is installed around its folder", async () => {
    writeFiles(folder.path, {
      "node_modules/marks/package.json":
        '{ "name": "marks", "type": "module", "exports": "./m.js" }',
      "node_modules/marks/m.js": "export const id = 'seven';\n",
      ".gitignore": "node_modules\n",
      "transforms/mark.ts": `import { id } from "marks";\n${transform(1).replace('"1"', "id")}`,
    });
    commit("with a package");
    const { integration, close } = await loaded("HEAD");
    expect([...integration.transforms.keys()]).toEqual(["mark"]);
    await close();
  });

  test("is read whole, the same content twice as well; but no link, and nothing too large", async () => {
    const table = "local,display,system,code,status,note\n";
    writeFiles(folder.path, {
      "sites/harbor/tables/units.csv": table,
      "sites/harbor/tables/race.csv": table,
      "sites/harbor/overlay.yaml": "",
      "sites/harbor/tables/large.csv": `${table}${"x".repeat(5000)}\n`,
    });
    symlinkSync("units.csv", join(folder.path, "sites/harbor/tables/link.csv"));
    commit("of every kind");
    const read = await loadRevision(folder.path, { revision: "HEAD", maxFileBytes: 5000 });
    const problems = read.ok ? [] : read.problems;
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ["sites/harbor/tables/large.csv", "integration.fileTooLarge"],
      ["sites/harbor/tables/link.csv", "integration.notReadable"],
    ]);
    git("rm", "--quiet", "sites/harbor/tables/large.csv", "sites/harbor/tables/link.csv");
    commit("without those");
    const { integration, close } = await loaded("HEAD");
    const textOf = (file: string) =>
      readFileSync(join(integration.directory, "sites/harbor", file), "utf8");
    expect(["tables/units.csv", "tables/race.csv", "overlay.yaml"].map(textOf)).toEqual([
      table,
      table,
      "",
    ]);
    await close();
  });

  test("has its problems with their places", async () => {
    writeFiles(folder.path, { "sites/harbor/site.yaml": "title: Harbor\n" });
    commit("broken");
    const read = await loadRevision(folder.path, { revision: "HEAD" });
    expect(read.ok ? [] : read.problems.map(({ file }) => file)).toContain(
      "sites/harbor/site.yaml",
    );
  });

  test.each(["h-000000000000", "no-such-branch", "--help"])("that is none: %s", async (name) => {
    const read = await loadRevision(folder.path, { revision: name });
    expect(read.ok ? [] : read.problems.map(({ code }) => code)).toEqual([
      "integration.unknownRevision",
    ]);
  });
});

async function loaded(revision: string) {
  const read = await loadRevision(folder.path, { revision });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read;
}

function transform(number: number): string {
  return `export const transform = { after: (bundle) => ({ ...bundle, id: "${number}" }) };\n`;
}

function git(...words: string[]): void {
  const author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
  execFileSync("git", ["-C", folder.path, ...author, ...words]);
}

function commit(message: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
}
