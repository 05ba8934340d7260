import type { z } from "zod";
import type { Command, Operand } from "./command.ts";
import { type Option, isOptional, optionsOf, wordsOf } from "./options.ts";
import { definitions, wrap } from "./wrap.ts";

/** The page of `trestle --help`, or of a noun: the commands with their summaries. */
export function generalHelp(commands: readonly Command[], width = defaultWidth): string {
  return [
    ...wrap("trestle: connects health applications to hospitals.", width),
    "",
    "Usage: trestle COMMAND [OPTIONS]",
    "",
    ...definitions(
      commands.map(({ name, summary }) => [name, summary] as const),
      width,
    ),
    "",
    ...wrap("`trestle COMMAND --help` shows its options and examples.", width),
    ...wrap("Every command takes --json: one object a line on standard output.", width),
    ...wrap("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 found problems.", width),
  ].join("\n");
}

/** The page of one command. */
export function commandHelp(command: Command, width = defaultWidth): string {
  const rows = [
    ...command.operands.map(
      (operand) => [operand.name.toUpperCase(), word(command, operand)] as const,
    ),
    ...optionsOf(command).map((option) => [written(option), describe(option.schema)] as const),
    ["--json", `One object a line, ${command.json}`] as const,
  ];
  return [
    ...wrap(command.summary, width),
    ...(command.exits1 === undefined ? [] : wrap(`Exit code 1 ${command.exits1}.`, width)),
    ...(command.exits3 === undefined ? [] : wrap(`Exit code 3 ${command.exits3}.`, width)),
    "",
    ...wrap(`Usage: ${usage(command)}`, width),
    "",
    ...definitions(rows, width),
    ...examplesOf(command),
  ].join("\n");
}

function usage(command: Command): string {
  const operands = command.operands.map(({ name }) =>
    isOptional(command, name) ? `[${name.toUpperCase()}]` : name.toUpperCase(),
  );
  const required = optionsOf(command).filter(({ isRequired }) => isRequired);
  return ["trestle", command.name, ...operands, ...required.map(written), "[OPTIONS]"].join(" ");
}

/** A switch that is on by itself is shown as what turns it off. */
function written({ name, schema, isFlag, value }: Option): string {
  if (!isFlag) return `--${name} ${value}`;
  return schema.safeParse(undefined).data === true ? `--no-${name}` : `--${name}`;
}

function describe(schema: z.ZodType): string {
  const { success, data } = schema.safeParse(undefined);
  const isShown = success && (typeof data === "string" || typeof data === "number");
  const words = wordsOf(schema);
  return [
    schema.description ?? "",
    ...(words.length === 0 ? [] : [`One of ${words.join(", ")}.`]),
    ...(isShown ? [`[default: ${data}]`] : []),
  ].join(" ");
}

/** An operand is described as one, and checked as an option. */
function word(command: Command, { name, description }: Operand): string {
  const schema = (command.options.shape as Record<string, z.ZodType>)[name];
  return schema === undefined ? description : describe(schema.describe(description));
}

function examplesOf(command: Command): string[] {
  if (command.examples.length === 0) return [];
  return ["", "Examples:", ...command.examples.map((example) => `  ${example}`)];
}

const defaultWidth = 100;
