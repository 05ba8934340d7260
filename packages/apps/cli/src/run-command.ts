import type { Readable } from "node:stream";
import { type Parsed, parseArguments } from "./arguments.ts";
import { type ExitCode, UsageError } from "./command.ts";
import { commands } from "./commands/index.ts";
import { cliErrors } from "./errors.ts";
import { explainFailure } from "./explain-failure.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { readStandardInput } from "./io/standard-input.ts";
import { readVersion } from "./io/version.ts";
import { type Streams, createOut } from "./out.ts";

export interface CommandLine extends Streams {
  readonly standardInput: Readable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Columns of the screen; undefined where the output is no screen. */
  readonly width: number | undefined;
}

/** Runs one command line to its exit code. Never throws. */
export async function runCommand(
  words: readonly string[],
  commandLine: CommandLine,
): Promise<ExitCode> {
  const { standardInput, environment, signal, width, ...streams } = commandLine;
  try {
    const parsed = parseArguments(commands, words);
    if (parsed.kind !== "run") {
      streams.standardOutput(`${pageOf(parsed, width)}\n`);
      return 0;
    }
    const out = createOut(streams, parsed.isJson);
    return await parsed.command.run(parsed.options as never, {
      out,
      signal,
      environment,
      readStandardInput: () => readStandardInput(standardInput, signal),
    });
  } catch (error) {
    const failure = signal.aborted ? cliErrors.interrupted({}, error) : error;
    streams.standardError(`${explainFailure(failure)}\n`);
    return failure instanceof UsageError ? 2 : 1;
  }
}

function pageOf(parsed: Exclude<Parsed, { kind: "run" }>, screenWidth: number | undefined): string {
  const width = Math.max(40, Math.min(100, screenWidth ?? 100));
  if (parsed.kind === "version") return readVersion();
  if (parsed.kind === "help") return commandHelp(parsed.command, width);
  return generalHelp(parsed.commands, width);
}
