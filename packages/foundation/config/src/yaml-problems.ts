import { type Document, visit } from "yaml";
import type { ConfigProblem } from "./config-problem.ts";
import type { Places } from "./places.ts";

/** Everything that keeps a text from being the YAML it was meant to be. */
export function yamlProblems(
  document: Document,
  places: Places,
): readonly Omit<ConfigProblem, "file">[] {
  const errors = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    ...places.at(pos[0]),
    ...(known[code] ?? notYaml),
  }));
  return errors.length > 0 ? once(errors) : unresolvedAliases(document, places);
}

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
