import { TrestleError } from "@trestle/base";
import { ApiFailure } from "@trestle/api/contract";
import { parseArguments } from "./arguments.ts";
import { type ExitCode, UsageError } from "./command.ts";
import { commands } from "./commands/index.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { readStandardInput } from "./io/standard-input.ts";
import { type Streams, createOut } from "./out.ts";

export interface CommandLine extends Streams {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Runs one command line to its exit code. Never throws. */
export async function runCommand(
  words: readonly string[],
  { environment, signal, ...streams }: CommandLine,
): Promise<ExitCode> {
  try {
    const parsed = parseArguments(commands, words);
    if (parsed.kind === "help") {
      const page =
        parsed.command === undefined ? generalHelp(commands) : commandHelp(parsed.command);
      streams.standardOutput(`${page}\n`);
      return 0;
    }
    const out = createOut(streams, parsed.isJson);
    return await parsed.command.run(parsed.options as never, {
      out,
      signal,
      environment,
      readStandardInput,
    });
  } catch (error) {
    streams.standardError(`${explain(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof TrestleError) return `${error.message}\n  ${error.hint}`;
  if (error instanceof ApiFailure) return `${error.problem.detail}\n  ${error.problem.hint}`;
  return error instanceof Error ? error.message : String(error);
}
