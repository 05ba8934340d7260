import { type ParseArgsConfig, parseArgs } from "node:util";
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { type Command, UsageError } from "./command.ts";

/** A command with its options, or a request for help. */
export type Parsed =
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly options: object;
      readonly isJson: boolean;
    }
  | { readonly kind: "help"; readonly command: Command | undefined };

/**
 * Finds the command that the words name and reads its options.
 *
 * @throws {UsageError} with what was meant, where that can be guessed.
 */
export function parseArguments(commands: readonly Command[], words: readonly string[]): Parsed {
  const command = findCommand(commands, words);
  if (command === undefined) {
    const isHelp = words.length === 0 || words.includes("--help") || words[0] === "help";
    if (isHelp) return { kind: "help", command: undefined };
    throw new UsageError(
      `There is no command “${words.join(" ")}”. ${nearestCommand(commands, words)}`,
    );
  }
  const rest = words.slice(command.name.split(" ").length);
  if (rest.includes("--help") || rest.includes("-h")) return { kind: "help", command };
  const { values, positionals } = readWords(command, rest);
  const { json, ...named } = values;
  const read = command.options.safeParse({
    ...camelCased(named),
    ...operandsOf(command, positionals),
  });
  if (!read.success) throw new UsageError(explain(command, read.error));
  return { kind: "run", command, options: read.data, isJson: json === true };
}

/** Names of a command's options as they are typed, with their schema. */
export function optionsOf(
  command: Command,
): { name: string; schema: z.ZodType; isFlag: boolean }[] {
  const operands = new Set(command.operands.map(({ name }) => name));
  return Object.entries(command.options.shape as Record<string, z.ZodType>)
    .filter(([key]) => !operands.has(key))
    .map(([key, schema]) => ({ name: kebab(key), schema, isFlag: isFlag(schema) }));
}

function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  const starting = commands.filter(({ name }) =>
    name.split(" ").every((part, index) => words[index] === part),
  );
  return starting.toSorted((a, b) => b.name.length - a.name.length)[0];
}

function readWords(command: Command, words: readonly string[]) {
  const options: ParseArgsConfig["options"] = { json: { type: "boolean" } };
  for (const { name, isFlag: flag } of optionsOf(command)) {
    options[name] = { type: flag ? "boolean" : "string" };
  }
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    const unknown = /Unknown option '(?<name>[^']+)'/u.exec(String(error))?.groups?.["name"];
    if (unknown === undefined) throw new UsageError(`${reasonOf(error)} ${helpFor(command)}`);
    const nearest = nearestOf(
      unknown,
      Object.keys(options).map((name) => `--${name}`),
    );
    throw new UsageError(
      `There is no option ${unknown}; did you mean ${nearest}? ${helpFor(command)}`,
    );
  }
}

function operandsOf(command: Command, words: readonly string[]): Record<string, string> {
  const extra = words[command.operands.length];
  if (extra !== undefined)
    throw new UsageError(`“${extra}” is one word too many. ${helpFor(command)}`);
  return Object.fromEntries(
    words.map((word, index): [string, string] => [command.operands[index]?.name ?? "", word]),
  );
}

function explain(command: Command, error: z.ZodError): string {
  const operands = new Set(command.operands.map(({ name }) => name));
  const lines = error.issues.map(({ path, message }) => {
    const key = String(path[0] ?? "");
    const name = operands.has(key) ? key.toUpperCase() : `--${kebab(key)}`;
    return `${name}: ${message}`;
  });
  return `${lines.join("\n")}\n${helpFor(command)}`;
}

function helpFor(command: Command): string {
  return `See \`trestle ${command.name} --help\`.`;
}

function nearestCommand(commands: readonly Command[], words: readonly string[]): string {
  const nearest = nearestOf(
    words.slice(0, 2).join(" "),
    commands.map(({ name }) => name),
  );
  return `Did you mean \`trestle ${nearest}\`? \`trestle --help\` lists them all.`;
}

function nearestOf(word: string, known: readonly string[]): string {
  const ranked = known.toSorted((a, b) => distance(word, a) - distance(word, b));
  return ranked[0] ?? "";
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function camelCased(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name.replaceAll(/-(?<letter>\w)/gu, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

function isFlag(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return isFlag(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodBoolean;
}
