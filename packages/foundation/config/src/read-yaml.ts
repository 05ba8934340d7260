import { type Document, parseDocument } from "yaml";
import type { z } from "zod";
import type { ConfigProblem } from "./config-problem.ts";
import { explainIssues } from "./explain-issue.ts";
import { type PlaceOf, Places } from "./places.ts";
import { yamlProblems } from "./yaml-problems.ts";

/** A typed value and where its parts stand, or every problem that prevents it. */
export type ReadConfig<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** The value without what the schema adds to it. */
      readonly written: unknown;
      readonly placeOf: PlaceOf;
    }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * Reads YAML 1.2 into a typed value.
 *
 * All problems are reported at once, in the order of the file, each at the key or value that causes
 * it. A missing key stands at its parent; an unknown key or word names the nearest known one.
 * Values of the file are never quoted in a problem, for one might be a secret in the wrong place.
 * An empty file is an empty group of keys. A text under `$schema` at the top names the file's schema
 * to editors, and is not looked at. Never throws for what a file may hold.
 *
 * @param file How problems name the file.
 */
export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>): ReadConfig<T> {
  const said = saidBy(text, file);
  if (!said.ok) return said;
  const { written, places, syntax } = said;
  const read = schema.safeParse(written);
  const issues = explainIssues(schema, written, read.error?.issues ?? []).map(
    ({ path, part, ...problem }) => ({ file, ...places.of(path, part), path, ...problem }),
  );
  const problems = inOrder([...syntax, ...issues]);
  if (problems.length > 0 || !read.success) return { ok: false, problems };
  const placeOf: PlaceOf = (path, part) => places.of(path, part);
  return { ok: true, value: read.data, written, placeOf };
}

/**
 * What a YAML text says, whatever a schema makes of it; undefined where it is not good YAML.
 *
 * @see readYaml
 */
export function writtenIn(text: string): unknown {
  const said = saidBy(text, "");
  return said.ok && said.syntax.length === 0 ? said.written : undefined;
}

type Said =
  | {
      readonly ok: true;
      readonly written: unknown;
      readonly places: Places;
      /** Of keys that stand twice, which leave the rest readable. */
      readonly syntax: readonly ConfigProblem[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

function saidBy(text: string, file: string): Said {
  // Some editors begin a file with a byte order mark; nobody counts it as a column.
  const seen = text.replace(/^\uFEFF/u, "");
  const places = new Places(seen);
  const found = parsed(seen);
  if (!found.ok) return { ok: false, problems: [{ file, ...found.problem }] };
  const { document } = found;
  places.document = document;
  const syntax = yamlProblems(document, { text: seen, places }).map((problem) => ({
    file,
    ...problem,
  }));
  // Anything but a key that stands twice might hide what was meant.
  if (syntax.some(({ code }) => code !== "config.duplicateKey")) {
    return { ok: false, problems: inOrder(syntax) };
  }
  const data = valueOf(document, file);
  if (!data.ok) return { ok: false, problems: [data.problem] };
  return { ok: true, written: data.value, places, syntax };
}

type Parsed =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problem: Omit<ConfigProblem, "file"> };

function parsed(text: string): Parsed {
  try {
    const options = { prettyErrors: false, logLevel: "error" } as const;
    return { ok: true, document: parseDocument(text, options) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problem: { line: 1, column: 1, ...tooDeep } };
  }
}

type Value =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: ConfigProblem };

/** A few lines of aliases of aliases can stand for gigabytes; the parser counts and refuses. */
function valueOf(document: Document, file: string): Value {
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    return { ok: true, value: withoutSchemaKey(value ?? {}) };
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    const what = error instanceof RangeError ? tooDeep : tooManyAliases;
    return { ok: false, problem: { file, line: 1, column: 1, ...what } };
  }
}

function withoutSchemaKey(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$schema" in value)) return value;
  const { $schema, ...rest } = value;
  return typeof $schema === "string" ? rest : value;
}

function inOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

const maxAliasCount = 100;

const tooDeep = {
  code: "config.tooDeep",
  text: "The file nests lists and groups too deeply to be read.",
  hint: "Configuration needs a few levels; look for brackets that are not closed.",
};

const tooManyAliases = {
  code: "config.tooManyAliases",
  text: "The file repeats itself by too many aliases.",
  hint: "Write the values out in place of *name.",
};
