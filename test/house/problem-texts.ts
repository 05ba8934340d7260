import { type SourceFile, filesBelow } from "./files.ts";

/** A message that the source of a check has, with what it may print as. */
export interface ProblemText {
  readonly file: string;
  /** As it stands in the source. */
  readonly text: string;
  readonly shape: RegExp;
}

/** Files whose messages other commands and the hub print, and why check does not. */
export const toldElsewhere: readonly { readonly path: string; readonly because: string }[] = [
  { path: "engine/integration/src/apply-approvals.ts", because: "a hub knows what was approved" },
  { path: "engine/integration/src/approved-site.ts", because: "a hub reads what was approved" },
  { path: "engine/integration/src/find-feed.ts", because: "a message is refused, or a case of it" },
  { path: "engine/integration/src/restart-settings.ts", because: "a running hub keeps its ports" },
  { path: "engine/integration/src/try-mapping.ts", because: "a message or a case fails" },
  { path: "engine/integration/src/io/commit-files.ts", because: "the console commits" },
  { path: "engine/integration/src/io/revision-files.ts", because: "site show reads a revision" },
  { path: "engine/integration/src/io/no-integration.ts", because: "there is no folder to check" },
  { path: "engine/code-tables/src/checks/remarks.ts", because: "trestle tables test remarks" },
  { path: "foundation/config/src/edit-yaml.ts", because: "the console edits a file" },
  { path: "foundation/config/src/io/read-yaml-file.ts", because: "single files are read" },
];

/** Every message that stands in the source of what `trestle check` checks. */
export function problemTexts(): readonly ProblemText[] {
  return sources().flatMap(({ path, text }) =>
    found(path, text).map((written) => ({ file: path, text: written, shape: shapeOf(written) })),
  );
}

/** Paths of all files that are looked through, and of those that are not. */
export function checkSources(): readonly string[] {
  return folders.flatMap((folder) => filesBelow(folder, [".ts"])).map(({ path }) => path);
}

function sources(): readonly SourceFile[] {
  const others = new Set(toldElsewhere.map(({ path }) => `packages/${path}`));
  return folders
    .flatMap((folder) => filesBelow(folder, [".ts"]))
    .filter(({ path }) => !others.has(path));
}

const folders = [
  "packages/foundation/config/src",
  "packages/engine/integration/src",
  "packages/engine/mapping/src/overlay",
  "packages/engine/mapping/src/tables",
  "packages/engine/code-tables/src/checks",
];

/** Messages that no file of a folder can cause, or not everywhere alike, and why. */
const withoutFile: readonly { readonly text: string; readonly because: string }[] = [
  {
    text: "The file nests lists and groups too deeply to be read.",
    because: "how deep that is depends on the machine; a test of the package nests without end",
  },
  {
    text: 'must be ${side === "least" ? "more" : "less"} than ${limit}',
    because: "no setting of a folder has a bound that it must not reach",
  },
];

function found(path: string, source: string): readonly string[] {
  const isSchema = /-settings\.ts$|\/settings\.ts$/u.test(path);
  const rules = isSchema ? textsOf(source, schemaRule) : [];
  const bounds = path.endsWith("/explain-issue.ts") ? textsOf(source, bound) : [];
  return [
    ...textsOf(source, problemText).filter(hasWords),
    ...rules.filter((text) => text.includes(" ")),
    ...bounds,
    ...namesIn(source),
  ].filter((each) => !withoutFile.some(({ text }) => text === each));
}

function textsOf(source: string, pattern: RegExp): readonly string[] {
  const texts = [...source.matchAll(pattern)].flatMap(({ groups }) => groups?.["text"] ?? []);
  return texts.map((text) => text.slice(1, -1));
}

/** One that is put together of others is told by them. */
function hasWords(text: string): boolean {
  return /[a-z]{3}/u.test(text.replaceAll(placeholder, ""));
}

/** Kinds of names that may be unknown have one message, which each of them has to be seen in. */
function namesIn(source: string): readonly string[] {
  const kinds = [...source.matchAll(/\bwhat: "(?<kind>\w+)"|\bunknown\("(?<other>\w+)"/gu)];
  return kinds.map(
    ({ groups }) => `There is no ${groups?.["kind"] ?? groups?.["other"]} “\${name}”`,
  );
}

/** `text: "…"`, and what makes a problem of its first argument. */
const literal = String.raw`(?<text>"(?:[^"\\\n]|\\.)*"|${"`"}(?:[^${"`"}\\]|\\.)*${"`"})`;
const problemText = new RegExp(
  String.raw`(?:\btext(?::| =)|\b(?:invalid|finding)\()\s*${literal}`,
  "gu",
);

/** What is said of sizes. */
const bound = /(?<text>"(?:must|needs) [^"]*"|`(?:must|needs) [^`]*`)/gu;

const placeholder = /\$\{(?:[^{}]|\{[^{}]*\})*\}/gu;

/** What a schema says beyond zod's own words. */
const schemaRule = new RegExp(
  String.raw`(?:\b(?:error|message):|/u,|\.date\(|\.email\(|refine\(\w+,)\s*${literal}`,
  "gu",
);

/** Whatever stands between the words that never change. A rule of a schema follows the key's name. */
function shapeOf(text: string): RegExp {
  const parts = text.split(placeholder);
  const words = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join(".+");
  if (/^[a-z]/u.test(text)) return new RegExp(`(?:^|[ ”])${words}\\.?$`, "u");
  return new RegExp(`^${words}${text.endsWith("”") ? "" : "$"}`, "u");
}
