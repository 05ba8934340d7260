import { LineCounter, type Document, isMap, isNode, isPair, isScalar, parseDocument } from "yaml";
import type { z } from "zod";
import type { ConfigProblem } from "./config-problem.ts";
import { explainIssue } from "./explain-issue.ts";

/** A typed value, or every problem that prevents it. */
export type ReadConfig<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * Reads YAML into a typed value.
 *
 * All problems are reported at once, each at the key or value that causes it; an unknown key names
 * the nearest known one.
 *
 * @param file How problems name the file.
 */
export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>): ReadConfig<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      ...place(pos[0]),
      code: "config.notYaml",
      text: message,
      hint: "Check indentation, quotes and colons on this line.",
    }));
    return { ok: false, problems };
  }
  const read = schema.safeParse(document.toJS() ?? {});
  if (read.success) return { ok: true, value: read.data };
  const problems = read.error.issues
    .flatMap((issue) => explainIssue(schema, issue))
    .map(({ path, isKey, ...problem }) => ({
      ...place(offsetOf(document, path, isKey)),
      ...problem,
    }));
  return { ok: false, problems };
}

/** Where a path stands in the text: its key or its value, or that of the nearest parent there is. */
function offsetOf(document: Document, path: readonly PropertyKey[], isKey: boolean): number {
  for (let length = path.length; length > 0; length -= 1) {
    const found = offsetAt(document, path.slice(0, length), isKey || length < path.length);
    if (found !== undefined) return found;
  }
  return 0;
}

function offsetAt(document: Document, path: readonly PropertyKey[], isKey: boolean): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && item.key.value === last,
    );
    const node = isKey ? pair?.key : (pair?.value ?? pair?.key);
    return isNode(node) ? node.range?.[0] : undefined;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
