import { isDeepStrictEqual } from "node:util";
import { type Problem, type Result, fail, succeed } from "@trestle/base";
import {
  type Document,
  type ToStringOptions,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
} from "yaml";
import { mergeLines } from "./merge-lines.ts";
import type { ArrangedItem, SettingEdit, SettingPath } from "./setting-edit.ts";

/**
 * Changes a YAML text part by part. What no edit touches stays as it was written, byte for byte:
 * comments, order, quotes and line ends. Never throws for what a text or an edit may hold.
 *
 * @returns The new text, which says what the edits say and nothing else; or why it cannot be made.
 */
export function editYaml(text: string, edits: readonly SettingEdit[]): Result<string> {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const before = text.slice(mark.length).replaceAll("\r\n", "\n");
  const edited = edit(before, edits);
  if (!edited.ok) return edited;
  return succeed(`${mark}${edited.value.replaceAll("\n", lineEnd)}`);
}

function edit(before: string, edits: readonly SettingEdit[]): Result<string> {
  try {
    const document = parsed(before);
    if (document.errors.length > 0) return fail(notYaml);
    const style = styleOf(before);
    const base = document.toString(style);
    for (const one of edits) {
      if (!apply(document, one)) return fail(noSuchPlace);
    }
    return succeed(written(before, { base, after: document.toString(style) }));
  } catch (error) {
    // The library's words for what stands behind an alias, or lies too deep; they may quote the file.
    if (error instanceof Error) return fail(notEditable);
    throw error;
  }
}

/**
 * The library prints a whole file in its own manner. What it prints otherwise because of the edits is
 * laid over the text as it was written.
 */
function written(before: string, { base, after }: { base: string; after: string }): string {
  if (after === base) return before;
  const merged = mergeLines({ mine: before, base, theirs: after });
  const isTheSame = isDeepStrictEqual(valueOf(merged), valueOf(after));
  return isTheSame ? merged : after;
}

/** False where there is no such place. */
function apply(document: Document, change: SettingEdit): boolean {
  if (change.type === "rename") return rename(document, change.at, change.to);
  if (change.type === "arrange") return arrange(document, change);
  if (change.type === "remove") return document.deleteIn(change.at);
  document.setIn(change.at, change.value);
  return true;
}

function rename(document: Document, at: SettingPath, to: string): boolean {
  const parent = nodeAt(document, at.slice(0, -1));
  if (!isMap(parent) || parent.has(to)) return false;
  const key = parent.items.find(
    (pair) => isScalar(pair.key) && String(pair.key.value) === at.at(-1),
  );
  if (!isScalar(key?.key)) return false;
  key.key.value = to;
  return true;
}

function arrange(
  document: Document,
  { at, items }: Extract<SettingEdit, { readonly type: "arrange" }>,
): boolean {
  const list = nodeAt(document, at);
  if (!isSeq(list)) return false;
  const before = list.items;
  const [first] = before;
  // What stands above the first item is about that item, and goes where it goes.
  if (isNode(first) && items[0] !== undefined && !isSame(items[0], 0)) {
    first.commentBefore ??= list.commentBefore ?? null;
    list.commentBefore = null;
  }
  if (items.some((item) => item.type === "kept" && before[item.was] === undefined)) return false;
  list.items = items.map((item) =>
    item.type === "kept" ? before[item.was] : document.createNode(item.value),
  );
  return true;
}

function isSame(item: ArrangedItem, was: number): boolean {
  return item.type === "kept" && item.was === was;
}

function nodeAt(document: Document, at: SettingPath): unknown {
  return at.length === 0 ? document.contents : document.getIn(at, true);
}

function parsed(text: string): Document {
  return parseDocument(text, { prettyErrors: false, logLevel: "error" });
}

function valueOf(text: string): unknown {
  const document = parsed(text);
  return document.errors.length > 0 ? notYaml : document.toJS();
}

/** As the file does it already, so that what is new looks as what stands beside it. */
function styleOf(text: string): ToStringOptions {
  const [, first] = /^(?<indent> +)(?!-)\S/mu.exec(text) ?? [];
  return {
    lineWidth: 0,
    indent: first === undefined ? 2 : first.length,
    indentSeq: !/^(?<indent> *)[^\s#-][^\n]*:\n\k<indent>- /mu.test(text),
    flowCollectionPadding: !/\[\S/u.test(text),
  };
}

const notYaml: Problem = {
  code: "config.notYaml",
  text: "The file is no valid YAML, so parts of it cannot be changed.",
  hint: "Correct it in an editor. `trestle check` says where.",
};

const noSuchPlace: Problem = {
  code: "config.noSuchPlace",
  text: "An edit names a place that the file does not have, or a key that is there already.",
  hint: "Load the file again and make the change anew.",
};

const notEditable: Problem = {
  code: "config.notEditable",
  text: "An edit is about a part that stands elsewhere in the file, by an alias (*name), or is no group or list.",
  hint: "Change the file in an editor.",
};
