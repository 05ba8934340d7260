import { type Document, type YAMLError, parseDocument, visit } from "yaml";
import type { ConfigProblem } from "./config-problem.ts";
import type { Places } from "./places.ts";

/** Everything that keeps a text from being the YAML it was meant to be. */
export function yamlProblems(
  document: Document,
  { text, places }: { readonly text: string; readonly places: Places },
): readonly Omit<ConfigProblem, "file">[] {
  const found = [...document.errors, ...document.warnings];
  const open = found.some(isOfBracket) ? openBrackets(text) : [];
  // The parser tells where it had enough, which may be lines below.
  const others = open.length === 0 ? found : found.filter((error) => !isOfBracket(error));
  const errors = [
    ...open.map((at) => ({ ...places.at(at), ...openBracket })),
    ...others.map(({ code, pos }) => ({ ...places.at(pos[0]), ...(known[code] ?? notYaml) })),
  ];
  return errors.length > 0 ? once(errors) : unresolvedAliases(document, places);
}

function isOfBracket({ message }: Pick<YAMLError, "message">): boolean {
  return /^Flow (?:sequence|map) /u.test(message);
}

/** Where lists and groups in brackets begin that do not end with one; of many the first few. */
function openBrackets(text: string): readonly number[] {
  const open: number[] = [];
  visit(parseDocument(text, { prettyErrors: false, logLevel: "silent", keepSourceTokens: true }), {
    Collection(_, { srcToken }) {
      if (srcToken?.type !== "flow-collection") return;
      const isClosed = srcToken.end.some(({ source }) => source === "]" || source === "}");
      if (!isClosed) open.push(srcToken.offset);
    },
  });
  return open.slice(0, mostBrackets);
}

const mostBrackets = 20;

/** One bracket that is not closed is an error of each list that it is in. */
function once<Found extends object>(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function unresolvedAliases(document: Document, places: Places): Omit<ConfigProblem, "file">[] {
  const problems: Omit<ConfigProblem, "file">[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined) {
        problems.push({ ...places.at(alias.range?.[0] ?? 0), ...unknownAlias });
      }
    },
  });
  return problems;
}

/** The parser's own words may quote the file, and with it a secret in the wrong place. */
const notYaml = {
  code: "config.notYaml",
  text: "This is not valid YAML from here on.",
  hint: "Check the indentation, quotes and colons of this line and the one above it.",
};

const openBracket = {
  code: "config.notYaml",
  text: "The bracket that begins here is not closed.",
  hint: "Close it behind its last item. Where it goes over several lines, indent them further than its key.",
};

const unknownAlias = {
  code: "config.notYaml",
  text: "A value that begins with * stands for another one, and there is none of that name.",
  hint: 'Put it in quotes where a star is meant, as in "*".',
};

/** The mistakes that people make most, in better words than the parser's. */
const known: Readonly<Record<string, { code: string; text: string; hint: string }>> = {
  DUPLICATE_KEY: {
    code: "config.duplicateKey",
    text: "This key stands here for the second time.",
    hint: "Remove one of them; only one could count.",
  },
  TAB_AS_INDENT: {
    code: "config.notYaml",
    text: "A tab indents this line.",
    hint: "Indent with blanks, two for each level.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: "config.notYaml",
    text: "A key stands where the value of another key should.",
    hint: "Begin a new line for it, or put a value that holds a colon in quotes.",
  },
  BAD_INDENT: {
    code: "config.notYaml",
    text: "This line is not indented as its neighbours are.",
    hint: "Begin the keys of a group, and the items of a list, in the same column.",
  },
  MISSING_CHAR: {
    code: "config.notYaml",
    text: "A quote, bracket, comma or colon is missing here, or a blank behind one.",
    hint: "Close what was opened, and put a blank behind each colon.",
  },
  BAD_DQ_ESCAPE: {
    code: "config.notYaml",
    text: "A backslash in double quotes begins an escape, and this one is not known.",
    hint: "Use single quotes, in which a backslash is a backslash.",
  },
  BAD_SCALAR_START: {
    code: "config.notYaml",
    text: "A value cannot begin with this character.",
    hint: "Put the value in quotes.",
  },
  MULTIPLE_DOCS: {
    code: "config.notYaml",
    text: "A second document begins here.",
    hint: "Remove the line ---; a file holds one document.",
  },
  TAG_RESOLVE_FAILED: {
    code: "config.notYaml",
    text: "A value that begins with ! names a type, and this one is not known.",
    hint: "Put it in quotes where a text is meant.",
  },
};
