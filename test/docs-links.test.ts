import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type SourceFile, filesBelow, root } from "./house/files.ts";

const pages = filesBelow("", [".md"]);

test("every relative link leads somewhere", () => {
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.flatMap(brokenLinks)).toEqual([]);
});

test("every anchor names a heading of its page", () => {
  expect(pages.flatMap(brokenAnchors)).toEqual([]);
});

test("every file of this repository that a page names is there", () => {
  expect(pages.flatMap(missingFiles)).toEqual([]);
});

test("every test that a page names by its sentence is in the file beside it", () => {
  const named = pages.flatMap(namedTests);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ file, sentence }) => !textAt(file).includes(`"${sentence}`))).toEqual([]);
});

test("no page names a package registry's address or a path of one machine", () => {
  const forbidden = /registry\.(?:npm|yarn)|npmmirror|(?:^|[\s(`"'])\/(?:home|root|Users|work)\//u;
  expect(pages.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
});

test("every command that a page shows as npm run is one", () => {
  const manifest = filesBelow("", ["package.json"]).find(({ path }) => path === "package.json");
  const scripts = JSON.parse(manifest?.text ?? "{}") as { scripts: Record<string, string> };
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm run (?<script>[\w:-]+)/gu)].map(({ groups }) => ({
      path,
      script: groups?.["script"] ?? "",
    })),
  );
  expect(named.filter(({ script }) => !(script in scripts.scripts))).toEqual([]);
});

test("every package has a page that says what it is", () => {
  const folders = filesBelow("packages", ["/package.json"]).map(({ path }) => dirname(path));
  const tooShort = folders.filter((folder) => {
    const page = pages.find(({ path }) => path === `${folder}/README.md`);
    return page === undefined || !/^# \S/u.test(page.text) || page.text.length < 200;
  });
  expect(tooShort).toEqual([]);
});

function brokenLinks(page: SourceFile): readonly string[] {
  return linksOf(page)
    .filter(({ target }) => target !== "" && !existsSync(join(root, dirname(page.path), target)))
    .map(({ target }) => `${page.path} → ${target}`);
}

function brokenAnchors(page: SourceFile): readonly string[] {
  return linksOf(page).flatMap(({ target, anchor }) => {
    const to = target === "" ? page.path : join(dirname(page.path), target);
    const found = pages.find(({ path }) => path === to);
    if (anchor === "" || found === undefined) return [];
    return anchorsOf(found.text).includes(anchor) ? [] : [`${page.path} → ${to}#${anchor}`];
  });
}

interface Link {
  /** Empty for a link within the page. */
  readonly target: string;
  readonly anchor: string;
}

function linksOf({ text }: SourceFile): readonly Link[] {
  return [...withoutCode(text).matchAll(/\]\((?<link>[^)\s]+)\)/gu)]
    .map(({ groups }) => groups?.["link"] ?? "")
    .filter((link) => !/^[a-z]+:/u.test(link))
    .map((link) => {
      const [target = "", anchor = ""] = link.split("#");
      return { target, anchor };
    });
}

/** As the common renderers name a heading. */
function anchorsOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ (?<heading>.+)$/gmu)].map(({ groups }) =>
    (groups?.["heading"] ?? "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/gu, "-"),
  );
}

/** Paths in code spans that start with a folder of this repository; `*` and `…` stand for many. */
function missingFiles(page: SourceFile): readonly string[] {
  const named = /`(?<file>(?:packages|test|bench|proofs|docs|integrations|\.ci)\/[\w./-]+)`/gu;
  return [...page.text.matchAll(named)]
    .map(({ groups }) => groups?.["file"] ?? "")
    .filter((file) => !existsSync(join(root, file)))
    .map((file) => `${page.path} names ${file}`);
}

/** Written as `file.ts`: "the beginning of its name", "and of another". */
function namedTests({ path, text }: SourceFile) {
  const named = /`(?<file>[\w./-]+\.ts)`: (?<sentences>"[^"]+"(?:, "[^"]+")*)/gu;
  return [...text.matchAll(named)].flatMap(({ groups }) =>
    (groups?.["sentences"] ?? "")
      .slice(1, -1)
      .split('", "')
      .map((sentence) => ({ path, file: groups?.["file"] ?? "", sentence })),
  );
}

function textAt(path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
}

function withoutCode(text: string): string {
  return text
    .replaceAll(/^```[^]*?^```/gmu, "")
    .replaceAll(/`[^`\n]*`/gu, (span) => span.replaceAll(/[[\]()]/gu, ""));
}
