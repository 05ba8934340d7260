import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Command, UsageError } from "./command.ts";
import { explainIssues, seeHelp } from "./explain-issues.ts";
import { findCommand, nearestOf } from "./find-command.ts";
import { camel, optionsOf } from "./options.ts";

/** A command with its options, or a request for help or the version. */
export type Parsed =
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly options: object;
      readonly isJson: boolean;
    }
  | { readonly kind: "help"; readonly command: Command }
  | { readonly kind: "list"; readonly commands: readonly Command[] }
  | { readonly kind: "version" };

/**
 * Finds the command that the words name and reads its options.
 *
 * @throws {UsageError} with what was meant, where that can be guessed.
 */
export function parseArguments(commands: readonly Command[], words: readonly string[]): Parsed {
  const [first, ...others] = words;
  if (first === "help") return parseArguments(commands, [...others, "--help"]);
  if (first === undefined || isHelp(first)) return { kind: "list", commands };
  if (first === "--version") return { kind: "version" };
  if (first.startsWith("-")) {
    const nearest = nearestOf(first, ["--help", "--version"]);
    throw new UsageError(
      `${nearest === undefined ? "The command comes first, its options behind it." : `Did you mean ${nearest}?`} See \`trestle --help\` for all commands.`,
    );
  }
  const found = findCommand(commands, words);
  if (found.kind === "noun") {
    if (words.some(isHelp)) return { kind: "list", commands: found.commands };
    throw missingVerb(found.noun, found.commands);
  }
  if (found.rest.some(isHelp)) return { kind: "help", command: found.command };
  return readOptions(found.command, found.rest);
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function missingVerb(noun: string, commands: readonly Command[]): UsageError {
  const names = commands.map(({ name }) => `\`trestle ${name}\``);
  return new UsageError(`“${noun}” alone is no command. There are ${names.join(", ")}.`);
}

function readOptions(command: Command, words: readonly string[]): Parsed {
  const { values, positionals } = readWords(command, words);
  const { json, ...named } = values;
  const given = Object.entries(named).map(([name, value]) => [camel(name), value] as const);
  const read = command.options.safeParse({
    ...Object.fromEntries(given),
    ...operandsOf(command, positionals),
  });
  if (!read.success) throw explainIssues(command, read.error);
  return { kind: "run", command, options: read.data, isJson: json === true };
}

function readWords(command: Command, words: readonly string[]) {
  const read = splitWords(command, words);
  const empty = Object.entries(read.values).find(([, value]) => value === "");
  if (empty === undefined) return read;
  throw new UsageError(`--${empty[0]} needs a value. ${seeHelp(command)}`);
}

function splitWords(command: Command, words: readonly string[]) {
  const options: NonNullable<ParseArgsConfig["options"]> = { json: { type: "boolean" } };
  for (const { name, isFlag } of optionsOf(command)) {
    options[name] = { type: isFlag ? "boolean" : "string" };
  }
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw new UsageError(`${wrongOption(error, Object.keys(options))} ${seeHelp(command)}`);
  }
}

/** Node says what is wrong, at length; the option's name is in its first quotes. */
function wrongOption(error: unknown, known: readonly string[]): string {
  const text = error instanceof Error ? error.message : String(error);
  const quoted = /'(?<option>-[^' ]*)/u.exec(text)?.groups?.["option"] ?? "";
  if (text.startsWith("Unknown option")) {
    const nearest = nearestOf(
      quoted,
      [...known, "help"].map((name) => `--${name}`),
    );
    return `There is no option ${quoted}${nearest === undefined ? "." : `; did you mean ${nearest}?`}`;
  }
  if (text.includes("does not take an argument")) return `${quoted} takes no value.`;
  if (text.includes("ambiguous")) {
    return `${quoted} has no value in front of the next option; one that begins with a dash is written ${quoted}=-VALUE.`;
  }
  return text.includes("argument missing") ? `${quoted} needs a value.` : text;
}

function operandsOf(command: Command, words: readonly string[]): Record<string, string> {
  const extra = words[command.operands.length];
  if (extra !== undefined)
    throw new UsageError(`“${extra}” is one word too many. ${seeHelp(command)}`);
  return Object.fromEntries(
    words.map((word, index): [string, string] => [command.operands[index]?.name ?? "", word]),
  );
}
