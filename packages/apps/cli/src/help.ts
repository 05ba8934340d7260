import { optionsOf } from "./arguments.ts";
import type { Command } from "./command.ts";

/** The page of `trestle --help`: every command with its summary. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "trestle: connects health applications to hospitals.",
    "",
    "Usage: trestle COMMAND [OPTIONS]",
    "",
    ...lines,
    "",
    "Every command takes --help, and --json for one object a line on standard output.",
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 found problems.",
  ].join("\n");
}

/** The page of one command. */
export function commandHelp(command: Command): string {
  const operands = command.operands.map(({ name }) => name.toUpperCase()).join(" ");
  const rows = [
    ...command.operands.map(({ name, description }) => [name.toUpperCase(), description] as const),
    ...optionsOf(command).map(
      ({ name, schema, isFlag }) =>
        [isFlag ? flag(name, schema) : `--${name} …`, describe(schema)] as const,
    ),
    ["--json", "One object a line on standard output."] as const,
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    command.summary,
    "",
    `Usage: trestle ${command.name}${operands === "" ? "" : ` ${operands}`} [OPTIONS]`,
    "",
    ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`),
    ...examplesOf(command),
  ].join("\n");
}

interface Described {
  readonly description?: string | undefined;
  safeParse(value: unknown): { success: boolean; data?: unknown };
}

function describe(schema: Described): string {
  const fallback = schema.safeParse(undefined);
  const isShown =
    fallback.success && fallback.data !== undefined && typeof fallback.data !== "boolean";
  return `${schema.description ?? ""}${isShown ? ` Default: ${String(fallback.data)}.` : ""}`;
}

/** A switch that is on by itself is shown as what turns it off. */
function flag(name: string, schema: Described): string {
  return schema.safeParse(undefined).data === true ? `--no-${name}` : `--${name}`;
}

function examplesOf(command: Command): string[] {
  if (command.examples.length === 0) return [];
  return ["", "Examples:", ...command.examples.map((example) => `  ${example}`)];
}
